// The index: which pages say a word, and what each page is called.

import { fold, wordsOf } from "./words.js";

// How much more a word counts in a name of the page, or in a heading, than in the text.
const IN_NAME = 4;
const IN_HEADING = 1.5;
// A heading is a name of its page, too, but a lesser one.
const HEADING = 0.7;

const added = (map, key, fresh) => {
  if (!map.has(key)) map.set(key, fresh);
  return map.get(key);
};

const pagesOf = ({ config, docs }) => {
  const pages = new Map();
  for (const doc of docs) {
    const location = doc.location.split("#")[0];
    const also = (config.names || {})[location] || [];
    added(pages, location, { ...doc, location, also, length: 0, sections: [] }).sections.push(doc);
  }
  return [...pages.values()];
};

// Of each stem: the pages that say it, and how much; of each spelling: its stems; and the names of all pages.
export const indexed = (data, { stem, saysNothing }) => {
  const pages = pagesOf(data);
  const where = new Map();
  const spelt = new Map();
  const named = new Map();
  const known = new Map();
  const know = (word) => {
    if (!known.has(word)) {
      const one = stem(word);
      added(spelt, fold(word), new Set()).add(one);
      known.set(word, added(where, one, new Map()));
    }
    return known.get(word);
  };
  const count = (page, text, weight) => {
    const words = wordsOf(text);
    for (const counts of words.map(know)) counts.set(page, (counts.get(page) || 0) + weight);
    return words.length;
  };
  const call = (page, text, worth) => {
    const stems = new Map(wordsOf(text).map((word) => [stem(word), saysNothing(word)]));
    const name = { page, worth, stems };
    for (const [one, little] of stems) if (!little) added(named, one, []).push(name);
  };
  for (const page of pages) {
    for (const name of [page.title, ...page.also]) {
      count(page, name, IN_NAME);
      call(page, name, 1);
    }
    count(page, page.kind || "", IN_NAME);
    page.sections.forEach((section, at) => {
      if (at) {
        count(page, section.title, IN_HEADING);
        call(page, section.title, HEADING);
      }
      page.length += count(page, section.text, 1);
    });
  }
  const usual = pages.reduce((sum, page) => sum + page.length, 0) / pages.length || 1;
  // Words that only say the same as others are known, too.
  const phrases = (group) => group.map((phrase) => wordsOf(phrase)).filter((phrase) => phrase.length);
  const same = (data.config.same || []).map(phrases);
  same.flat(2).forEach(know);
  return { pages, where, spelt, named, usual, same: same.map((group) => group.map((one) => one.map(stem))) };
};

// How much a word tells that so many pages of all say.
export const rarity = (found, all) => (found ? Math.log(1 + (all - found + 0.5) / (found + 0.5)) : 0);
