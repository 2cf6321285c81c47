// Network first, always; what was visited answers when there is no network. VERSION is put in by the build:
// when the site's scripts change, the pages kept with the old ones move over and are renewed as they are visited.

const NAME = "groundrules-VERSION";
const NO_NETWORK =
  '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
  "<title>No network</title><h1>No network</h1>" +
  "<p>This page was not visited on this device before, so it is not kept. Try again when you have signal.</p></html>";

// What somebody searched for stands behind the question mark of an address, and is nobody's business.
const keep = async (url, answer) => {
  if (answer.ok && answer.type === "basic") await (await caches.open(NAME)).put(url.split(/[?#]/)[0], answer);
};

const moveOver = async () => {
  const here = await caches.open(NAME);
  for (const name of await caches.keys()) {
    if (name === NAME || !name.startsWith("groundrules-")) continue;
    const old = await caches.open(name);
    for (const request of await old.keys()) {
      if (!(await here.match(request))) await here.put(request, await old.match(request));
    }
    await caches.delete(name);
  }
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(moveOver().then(() => self.clients.claim())));

// A page that was opened before this worker ran tells what it is made of.
self.addEventListener("message", (event) => {
  const own = event.data.filter((url) => new URL(url).origin === location.origin);
  event.waitUntil(Promise.allSettled([...new Set(own)].map(async (url) => keep(url, await fetch(url)))));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  event.respondWith(
    (async () => {
      let answer;
      try {
        answer = await fetch(request, request.mode === "navigate" ? { cache: "no-cache" } : {});
      } catch {
        const kept = await caches.match(request, { ignoreSearch: true });
        if (kept) return kept;
        if (request.mode !== "navigate") return Response.error();
        return new Response(NO_NETWORK, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
      }
      event.waitUntil(keep(request.url, answer.clone()).catch(() => {}));
      return answer;
    })(),
  );
});
