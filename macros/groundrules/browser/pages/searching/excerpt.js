// What a result shows of its page: the part that answers best, and the words in it that were asked for.

import { rarity } from "./indexing.js";
import { wordsOf } from "./words.js";

const LONGEST = 26;
const BEFORE = 5;
const SPOKEN = /[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu;

const told = (text, hits, stem) => new Set(wordsOf(text).map(stem).filter((one) => hits.has(one)));

// The text in pieces, every second of which was asked for.
export const marked = (text, hits, stem) => {
  const pieces = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(SPOKEN)) {
    if (!told(word, hits, stem).size) continue;
    pieces.push(text.slice(end, index), word);
    end = index + word.length;
  }
  return [...pieces, text.slice(end)];
};

// About two lines of the text, around the place that says most of what was asked.
const extract = (text, hits, stem) => {
  const words = text.split(" ");
  const at = words.map((word) => told(word, hits, stem));
  let start = 0;
  let most = 0;
  for (let first = 0; first < words.length; first += 1) {
    const said = at[first].size && new Set(at.slice(first, first + LONGEST - BEFORE).flatMap((one) => [...one])).size;
    if (said > most) {
      start = Math.max(0, first - BEFORE);
      most = said;
    }
  }
  const end = start + LONGEST;
  return (start ? "… " : "") + words.slice(start, end).join(" ") + (end < words.length ? " …" : "");
};

// The page as a result: its title, a few lines, and up to two of its parts.
export const shown = ({ page, near }, parts, index, { stem }) => {
  const loud = parts.filter((part) => !part.little).flatMap(({ means }) => means);
  // Of another way to say it in several words, one alone says something else.
  const hits = new Set(loud.filter(({ stems, worth }) => worth === 1 || !stems[1]).flatMap(({ stems }) => stems));
  const tells = (one) => rarity(index.where.get(one).size, index.pages.length);
  const weigh = (text) => [...told(text, hits, stem)].reduce((sum, one) => sum + tells(one), 0);
  const [top, ...below] = page.sections;
  const rest = below
    .map((part) => ({ ...part, heading: weigh(part.title), weight: 2 * weigh(part.title) + weigh(part.text) }))
    .sort((one, other) => other.weight - one.weight);
  // What a page says of itself tells more than a line from its midst, if it is the page that was asked for.
  const best = rest.length && near < 0.5 && rest[0].weight > weigh(top.text) && rest[0].text ? rest[0] : top;
  const text = best.text || (rest.length ? rest[0].text : "");
  return {
    location: page.location,
    kind: page.kind || "",
    title: marked(page.title, hits, stem),
    text: marked(extract(text, hits, stem), hits, stem),
    parts: rest
      .filter((part) => part === best || part.heading)
      .slice(0, 2)
      .map(({ location, title }) => ({ location, title: marked(title, hits, stem) })),
    words: [...new Set(wordsOf(page.sections.map((one) => `${one.title} ${one.text}`).join(" ")))].filter((word) =>
      hits.has(stem(word)),
    ),
  };
};
