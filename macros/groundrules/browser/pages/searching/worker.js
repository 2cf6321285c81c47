// Finds pages, apart from the page that asks. Over the web it is a worker; a page that was opened from a folder has it
// in a frame, since no browser starts a worker from there.

import { shown } from "./excerpt.js";
import { indexed } from "./indexing.js";
import { ranked } from "./ranking.js";
import { language } from "./words.js";

const MOST = 50;

const bring = (src) =>
  self.importScripts
    ? self.importScripts(src)
    : new Promise((done, failed) => {
        const script = Object.assign(document.createElement("script"), { src, onload: done, onerror: failed });
        document.head.append(script);
      });

// The theme's own search brings the stems of English, and of other languages where they are asked for.
const stemming = async (theme, languages) => {
  await bring(theme);
  const others = languages.filter((one) => one !== "en");
  if (!others.length) return;
  const folder = new URL("../lunr/min/", theme);
  await bring(new URL("lunr.stemmer.support.min.js", folder).href);
  for (const one of others) await bring(new URL(`lunr.${one}.min.js`, folder).href);
};

const begin = async ({ theme, index }) => {
  let data;
  if (self.importScripts) data = await (await fetch(index)).json();
  else {
    await bring(index.replace(/json$/, "js"));
    data = self.__index;
  }
  try {
    await stemming(theme, data.config.lang);
  } catch {
    // Without stems a word is found as it is written.
  }
  const words = language(self.lunr, data.config.lang, data.config.ignored || []);
  const built = indexed(data, words);
  return (question) => {
    const { parts, found, slips, ending } = ranked(question, built, words);
    const results = found.slice(0, MOST).map((one) => shown(one, parts, built, words));
    return { question, count: found.length, results, slips, ending };
  };
};

// All that follows comes through a door of its own, so that the theme's search hears nothing of it.
self.addEventListener("message", (event) => {
  event.stopImmediatePropagation();
  const [door] = event.ports;
  const ready = begin(event.data);
  door.onmessage = async ({ data }) => {
    try {
      door.postMessage((await ready)(data));
    } catch (error) {
      door.postMessage({ question: data, failed: String(error) });
    }
  };
}, { once: true });
