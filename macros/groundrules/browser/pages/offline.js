// Keeps the pages that were visited for a phone without signal. The worker stands at the site's root.

if (navigator.serviceWorker && /^https?:$/.test(location.protocol)) {
  const worker = new URL("../offline-worker.js", document.currentScript.src);
  // The scripts that a page names and has not loaded yet.
  const later = [...document.querySelectorAll("[data-library]")]
    .flatMap(({ dataset }) => Object.values(dataset).join(" ").split(" "))
    .filter((one) => /\.js\?v=\w+$/.test(one))
    .map((one) => new URL(one, location.href).href);
  const tell = ({ active }) => {
    const loaded = performance.getEntriesByType("resource").map((one) => one.name);
    active.postMessage([location.href.split("#")[0], ...loaded, ...later]);
  };
  window.addEventListener("load", async () => {
    try {
      const registration = await navigator.serviceWorker.register(worker);
      window.addEventListener("online", () => registration.update().catch(() => {}));
      navigator.serviceWorker.addEventListener("controllerchange", () => navigator.serviceWorker.ready.then(tell));
      tell(await navigator.serviceWorker.ready);
    } catch {
      // Without it the site works as long as there is a network.
    }
  });
}
