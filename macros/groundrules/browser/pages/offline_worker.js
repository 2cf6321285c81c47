// Network first; what was visited answers when there is no network. FILES is put in by the build: the address of a list
// of all files of this site, which changes with them. What is not on it is no page of this site, or is one no more.

const ROOT = new URL(".", location).pathname;
const NAME = `groundrules:${ROOT}#`;
const LIST = new URL("FILES", location).href;
const escaped = (words) => words.replace(/[&<]/g, (sign) => `&#${sign.charCodeAt()};`);
const NO_NETWORK =
  `<!doctype html><html lang="${LANGUAGE}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${escaped(phrase("noNetwork"))}</title><h1>${escaped(phrase("noNetwork"))}</h1>` +
  `<p>${escaped(phrase("notVisited"))}</p></html>`;
const VERSION = /^\?v=(\w+)$/;

const own = () => caches.open(NAME);
// A page is one page, however its host writes the address.
const plain = (path) => {
  let words = path.split("?")[0];
  try {
    words = decodeURIComponent(words);
  } catch {
    // A path that is no text stays as it is.
  }
  return words.replace(/(^|\/)index\.html$/, "$1").replace(/\.html$|\/$/, "");
};

let listed = null;
const readList = async () => {
  const here = await own();
  let list = await here.match(LIST);
  if (!list) {
    list = await fetch(LIST, { cache: "no-cache" });
    if (!list.ok) throw new Error("The list of files did not come.");
    await here.put(LIST, list.clone());
  }
  return new Set((await list.json()).map(plain));
};
const files = () => {
  listed ||= readList().catch((error) => {
    listed = null;
    throw error;
  });
  return listed;
};
// "assets/*" on the list is for what else is in that folder: some hosts have files there that the build cannot name.
const isListed = (path, known) => known.has(path) || known.has(path.replace(/\/.*/, "/*"));
const isOurs = (url, known) => {
  const { origin, pathname } = new URL(url);
  const path = pathname.slice(ROOT.length);
  return origin === location.origin && pathname.startsWith(ROOT) && isListed(plain(path), known);
};

// What somebody searched for stands behind the question mark of an address, and is nobody's business. Only the version
// of a script or style counts: a page has its own as long as it is kept.
const keyOf = (url) => (VERSION.test(new URL(url).search) ? url.split("#")[0] : url.split(/[?#]/)[0]);

const keep = async (url, answer) => {
  if (!answer.ok || answer.redirected || answer.type !== "basic" || !isOurs(url, await files())) return;
  const [, version] = VERSION.exec(new URL(url).search) || [];
  // A host sends the newest, whatever version it was asked for.
  if (version && !(await answer.clone().text()).includes(version)) return;
  await (await own()).put(keyOf(url), answer);
};
const drop = async (url) => {
  const here = await own();
  const path = (one) => plain(new URL(one).pathname);
  for (const request of await here.keys()) if (path(request.url) === path(url)) await here.delete(request);
};

// Caches once had names that do not tell the site. Of what they hold, each site takes its own.
const takeOver = async (known) => {
  const here = await own();
  for (const name of await caches.keys()) {
    if (!name.startsWith("groundrules-")) continue;
    const old = await caches.open(name);
    for (const request of await old.keys()) {
      if (!isOurs(request.url, known)) continue;
      if (!(await here.match(request))) await here.put(request, await old.match(request));
      await old.delete(request);
    }
    if (!(await old.keys()).length) await caches.delete(name);
  }
};

// Data is renewed, since it may tell of pages that are gone.
const renew = async (here, request) => {
  const answer = await fetch(request.url, { cache: "no-cache" }).catch(() => null);
  if (answer && answer.ok) await here.put(request, answer);
  else await here.delete(request);
};
const clean = async (known) => {
  const here = await own();
  const pages = [];
  const made = [];
  for (const request of await here.keys()) {
    const { pathname, search } = new URL(request.url);
    if (request.url === LIST) continue;
    if (/\.(js|css)$/.test(pathname)) {
      if (search || !known.has(plain(pathname.slice(ROOT.length)))) made.push(request);
    } else if (search || !isOurs(request.url, known)) await here.delete(request);
    else if (pathname.endsWith(".json")) await renew(here, request);
    else {
      const answer = await here.match(request);
      if (/html/.test(answer.headers.get("Content-Type"))) pages.push(await answer.text());
    }
  }
  // Earlier scripts and styles stay with the pages that name them.
  for (const request of made) {
    const name = `${request.url.split("/").pop()}"`;
    if (!pages.some((page) => page.includes(name))) await here.delete(request);
  }
};

const begin = async () => {
  const known = await files();
  await takeOver(known);
  await clean(known);
  await self.clients.claim();
};
self.addEventListener("install", (event) => event.waitUntil(files().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(begin()));

// A page that was opened before this worker ran tells what it is made of.
const told = new Set();
self.addEventListener("message", (event) => {
  const fresh = event.data.filter((url) => !told.has(url) && new URL(url).origin === location.origin);
  fresh.forEach((url) => told.add(url));
  event.waitUntil(Promise.allSettled(fresh.map(async (url) => keep(url, await fetch(url)))));
});

const answerTo = async (event) => {
  const { request } = event;
  const kept = async () => (await own()).match(keyOf(request.url));
  if (VERSION.test(new URL(request.url).search)) {
    const same = await kept();
    if (same) return same;
  }
  let answer;
  try {
    answer = await fetch(request, request.mode === "navigate" ? { cache: "no-cache" } : {});
  } catch {
    const found = await kept();
    if (found) return found;
    if (request.mode !== "navigate") return Response.error();
    return new Response(NO_NETWORK, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
  }
  const after = [404, 410].includes(answer.status) ? drop(request.url) : keep(request.url, answer.clone());
  event.waitUntil(after.catch(() => {}));
  return answer;
};
self.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin || !pathname.startsWith(ROOT)) return;
  event.respondWith(answerTo(event));
});
