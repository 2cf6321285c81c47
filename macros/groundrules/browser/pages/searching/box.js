// The search box: it asks what somebody types, and shows what was found.

import { make } from "../../ui/elements.js";

const settings = JSON.parse(document.getElementById("__config").textContent);
const site = new URL(settings.base.replace(/\/?$/, "/"), location.href);
const says = settings.translations;
const box = document.querySelector(".md-search");
const field = box.querySelector(".md-search__input");
const told = box.querySelector(".md-search-result__meta");
const list = box.querySelector(".md-search-result__list");
const nothing = box.querySelector(".gr-nothing");
const share = box.querySelector("[data-md-component=search-share]");
const suggestion = box.querySelector(".md-search__suggest");
const words = box.querySelector("form").dataset;

// --- whom it asks ---

const start = () => {
  const { port1, port2 } = new MessageChannel();
  const finder = new URL(words.finder, document.baseURI).href;
  const theme = new URL(settings.search, document.baseURI).href;
  const first = { theme, index: new URL("search/search_index.json", site).href };
  if (location.protocol === "file:") {
    const frame = make("iframe", { hidden: true, title: "", "aria-hidden": "true" });
    const source = finder.replace(/"/g, "%22");
    frame.srcdoc = `<!doctype html><script src="${source}"></script>`;
    frame.onload = () => frame.contentWindow.postMessage(first, "*", [port2]);
    document.body.append(frame);
  } else new Worker(finder).postMessage(first, [port2]);
  return port1;
};
let door = null;

// --- what it shows ---

const pieces = (all) => all.map((one, index) => (index % 2 ? make("mark", {}, one) : one));
const link = (where, found, ...children) => {
  const url = new URL(where, site);
  if (settings.features.includes("search.highlight") && found.length) url.searchParams.set("h", found.join(" "));
  return make("a", { href: url.href, class: "md-search-result__link" }, ...children);
};
const item = ({ location: where, kind, title, text, parts, words: found }) =>
  make(
    "li",
    { class: "md-search-result__item" },
    link(
      where,
      found,
      make(
        "article",
        { class: "md-search-result__article md-typeset" },
        make("p", { class: "gr-found" }, make("strong", {}, ...pieces(title)), kind && make("span", {}, kind)),
        make("p", {}, ...pieces(text)),
      ),
    ),
    parts.map((one) => {
      const part = link(one.location, found, ...pieces(one.title));
      part.classList.add("gr-part");
      return part;
    }),
  );

const filled = (text, ...values) => values.reduce((before, value) => before.replace("%s", value), text);
const counted = (count, shown) => {
  if (count === 1) return says["search.result.one"];
  return says["search.result.other"].replace("#", count > shown ? `${shown}+` : count);
};
const show = ({ question, count, results, slips, ending, failed }) => {
  if (question !== field.value.trim()) return;
  if (failed) door = null;
  list.replaceChildren(...(results || []).map(item));
  list.parentElement.parentElement.scrollTop = 0;
  nothing.hidden = !question || failed || count > 0;
  const instead = (slips || []).map(([one, other]) => filled(words.instead, one, other));
  if (failed) told.textContent = words.failed;
  else if (!question) told.textContent = says["search.result.placeholder"];
  else if (!count) told.textContent = says["search.result.none"];
  else told.textContent = [counted(count, results.length), ...instead].join(". ");
  if (suggestion) suggestion.textContent = ending ? field.value + ending : "";
};

// --- what else the pages say, where Pagefind has been run upon a very large site ---

const MOST = 10;
const plain = (html) => Object.assign(make("template"), { innerHTML: html }).content.textContent;
const place = (where) => new URL(where, site).pathname;
const fromPage = ({ url, meta, excerpt, sub_results: parts }) => ({
  location: url,
  title: [meta.title || url],
  text: excerpt.split(/<\/?mark>/).map(plain),
  parts: parts.slice(0, 2).flatMap((one) => (one.url === url ? [] : { location: one.url, title: [one.title] })),
  words: [],
});
const askPages = async (answer) => {
  const { debouncedSearch } = await import(new URL(words.pages, document.baseURI).href);
  const found = await debouncedSearch(answer.question);
  if (!found) return;
  const own = new Set(answer.results.map((one) => place(one.location)));
  const pages = await Promise.all(found.results.slice(0, MOST).map((one) => one.data()));
  const more = pages.filter((one) => !own.has(place(one.url))).map(fromPage);
  const count = answer.count + found.results.length - (pages.length - more.length);
  if (more.length) show({ ...answer, count, results: [...answer.results, ...more] });
};
// Where it has not been run, or nobody can load it, what was found stands.
const answered = (answer) => {
  show(answer);
  if (words.pages && answer.question && !answer.failed) askPages(answer).catch(() => {});
};

let asked = null;
const ask = () => {
  const question = field.value.trim();
  if (share) {
    const url = new URL(location.href);
    url.hash = "";
    url.search = new URLSearchParams({ q: question });
    share.href = url.href;
    share.dataset.clipboardText = url.href;
  }
  if (question === asked && door) return;
  asked = question;
  if (!question) {
    show({ question, count: 0, results: [] });
    if (door) return;
  }
  if (!door) {
    door = start();
    door.onmessage = ({ data }) => answered(data);
    told.textContent = words.waiting;
  }
  door.postMessage(question);
};

// --- how it is used ---

const stops = () => [field, ...list.querySelectorAll("a")];
box.addEventListener("keydown", (event) => {
  const all = stops();
  const at = all.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && at >= 0) {
    event.preventDefault();
    all[(at + step + all.length) % all.length].focus();
  } else if (event.key === "Enter" && at === 0) {
    event.preventDefault();
    if (all[1]) all[1].click();
  } else if (suggestion && event.key === "ArrowRight" && at === 0 && field.selectionStart === field.value.length) {
    field.value = suggestion.textContent || field.value;
    ask();
  } else if (at > 0 && event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.key !== " ") field.focus();
});
field.addEventListener("input", ask);
box.querySelector("form").addEventListener("reset", () => {
  field.value = "";
  field.focus();
  ask();
});
ask();
