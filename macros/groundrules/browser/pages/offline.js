// Keeps the pages that were visited for a phone without signal. The worker stands at the site's root.

if (navigator.serviceWorker && /^https?:$/.test(location.protocol)) {
  const worker = new URL("../offline-worker.js", document.currentScript.src);
  const more = [...document.querySelectorAll("[data-library]")]
    .flatMap(({ dataset: { library, reader, fingerprint, exports } }) => [library, reader, fingerprint, exports])
    .filter(Boolean)
    .map((one) => new URL(one, location.href).href);
  window.addEventListener("load", async () => {
    try {
      await navigator.serviceWorker.register(worker);
      const { active } = await navigator.serviceWorker.ready;
      const loaded = performance.getEntriesByType("resource").map((one) => one.name);
      active.postMessage([location.href.split("#")[0], ...loaded, ...more]);
    } catch {
      // Without it the site works as long as there is a network.
    }
  });
}
