// The words of a text, as search compares them.

const WORD = /[\p{L}\p{M}\p{N}]+(?:[-&][\p{L}\p{M}\p{N}]+)*/gu;
// Most words are such, and a long site has many.
const PLAIN = /^[a-z]+$/;
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

// Accents do not count, since people leave them out. A stem is taken before, since its rules know them.
export const fold = (word) =>
  word
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC");

const segmented = (text) =>
  [...new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)]
    .filter((one) => one.isWordLike)
    .map((one) => one.segment);

// A word with a hyphen is found by its parts, too: co-worker, co worker and coworker are one. So is A&E.
// What an apostrophe cuts off is no word, as in "partner's", "hasn't" or "l'accord".
const parted = (word) => {
  if (PLAIN.test(word)) return word;
  if (UNSPACED.test(word)) return segmented(word);
  const parts = word.split(/[-&]/);
  return parts.length > 1 ? [...parts, parts.join("")] : parts;
};
export const wordsOf = (text) =>
  (text.normalize("NFC").toLowerCase().match(WORD) || []).flatMap(parted).filter((word) => !/^[a-z]$/.test(word));

// How words of these languages are brought to their stems, and which of them say nothing. Both come with the theme;
// without it a word is its own stem.
export const language = (lunr, languages, ignored) => {
  const known = languages.map((one) => (one === "en" ? lunr : lunr && lunr[one])).filter(Boolean);
  const steps = known.map((one) => one.stemmer).filter(Boolean);
  const filters = known.map((one) => one.stopWordFilter).filter(Boolean);
  const left = new Set(ignored.flatMap(wordsOf));
  const stems = new Map();
  const stem = (word) => {
    if (!stems.has(word)) {
      const token = steps.reduce((one, step) => step(one) || one, lunr ? new lunr.Token(word, {}) : word);
      stems.set(word, fold(token.toString()));
    }
    return stems.get(word);
  };
  const saysNothing = (word) => left.has(word) || filters.some((filter) => !filter(word));
  return { stem, saysNothing };
};

// Whether one slip of the finger leads from one word to the other: a letter more, less, other, or two exchanged.
export const isSlip = (one, other) => {
  const longer = Math.max(one.length, other.length);
  if (Math.abs(one.length - other.length) > 1) return false;
  // In a short word the first letter is seldom wrong.
  if (longer < 6 && one[0] !== other[0]) return false;
  let start = 0;
  while (start < longer && one[start] === other[start]) start += 1;
  const rest = (word, skipped) => word.slice(start + skipped);
  if (one.length === other.length) {
    const exchanged = one[start] === other[start + 1] && one[start + 1] === other[start];
    return rest(one, 1) === rest(other, 1) || (exchanged && rest(one, 2) === rest(other, 2));
  }
  return one.length > other.length ? rest(one, 1) === rest(other, 0) : rest(one, 0) === rest(other, 1);
};
