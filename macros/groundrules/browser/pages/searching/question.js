// What somebody may mean who types this.

import { rarity } from "./indexing.js";
import { fold, isSlip, wordsOf } from "./words.js";

// How much another word for the same counts, a word that only begins so, and one that is a slip away.
const SAME = 0.7;
const BEGUN = 0.8;
const SLIPPED = 0.7;
// How much a word that says nothing tells, beside others, of which page is called so.
export const LITTLE = 0.3;
// How much it counts, beside how many pages say a word, how many are called so.
const IN_NAMES = 0.3;

const count = ({ where }, { stems: [one] }) => where.get(one).size;

// Whether a word is a known one with an ending that its stem does not know, as sponsorship is of sponsor.
const goesOn = (known, word) => known.length > 4 && word.length - known.length < 5 && word.startsWith(known);

// The stems of a word, and their worth. A word that stands nowhere is taken for the beginning of one, or for one slip
// of the finger.
const meanings = (word, index, { stem, saysNothing }) => {
  const folded = fold(word);
  const exact = new Set([...(index.spelt.get(folded) || []), stem(word)].filter((one) => index.where.has(one)));
  if (exact.size || saysNothing(word)) return [...exact].map((one) => ({ stems: [one], worth: 1 }));
  const near = new Map();
  for (const [known, stems] of index.spelt) {
    const begun = folded.length > 2 && (known.startsWith(folded) || goesOn(known, folded));
    if (!begun && !(folded.length > 3 && isSlip(folded, known))) continue;
    for (const one of stems) {
      const slip = !known.startsWith(folded) && isSlip(folded, known) && known;
      near.set(one, { stems: [one], worth: begun ? BEGUN : SLIPPED, begun, slip: slip || (near.get(one) || {}).slip });
    }
  }
  return [...near.values()].sort((one, other) => other.worth - one.worth || count(index, other) - count(index, one));
};

const stands = (stems, at, phrase) => phrase.every((one, next) => stems[at + next] === one);

// The words in parts: what is said in several words is one part, and has all other ways to say it.
const inParts = (asked, index, words) => {
  const own = asked.map((word) => meanings(word, index, words));
  // A slip is mended first, so that what says the same as the right word is found.
  const stems = asked.map((word, at) => (own[at].length ? own[at][0].stems[0] : words.stem(word)));
  const parts = [];
  for (let at = 0; at < asked.length; ) {
    const groups = index.same.flatMap((group) =>
      group.filter((phrase) => stands(stems, at, phrase)).map((phrase) => ({ phrase, group })),
    );
    const length = Math.max(1, ...groups.map(({ phrase }) => phrase.length));
    const others = groups
      .filter(({ phrase }) => phrase.length === length)
      .flatMap(({ phrase, group }) => group.filter((one) => one !== phrase));
    const means = length > 1 ? [{ stems: stems.slice(at, at + length), worth: 1 }] : own[at];
    const first = own[at][0];
    parts.push({
      words: asked.slice(at, at + length),
      means: [...means, ...others.map((one) => ({ stems: one, worth: SAME * (first ? first.worth : 1) }))],
      slip: length === 1 && first && first.slip,
    });
    at += length;
  }
  return parts;
};

const says = ({ where }, stems) => {
  const [first, ...rest] = stems.map((one) => where.get(one)).sort((one, other) => one.size - other.size);
  return [...first.keys()].filter((page) => rest.every((pages) => pages.has(page)));
};

// How much these words tell: most where few pages say them, and some where many say them but few are called so.
export const telling = (stems, index) => {
  const all = index.pages.length;
  const said = rarity(says(index, stems).length, all);
  const [first, ...rest] = stems.map((one) => new Set((index.named.get(one) || []).map(({ page }) => page)));
  const called = [...first].filter((page) => rest.every((pages) => pages.has(page))).length;
  return called ? said + IN_NAMES * (rarity(called, all) - said) : said;
};

// The parts of a question: of each its meanings, how much it tells, and whether it says nothing by itself.
export const understood = (question, index, words) => {
  const asked = wordsOf(question);
  const parts = inParts(asked, index, words);
  // Two words that are one elsewhere.
  for (let at = 1; at < parts.length; at += 1) {
    const both = [parts[at - 1], parts[at]];
    const joined = meanings(both.flatMap((part) => part.words).join(""), index, words).filter((one) => !one.begun);
    for (const { means } of both) means.push(...joined);
  }
  const empty = ({ words: all }) => all.every(words.saysNothing);
  const some = parts.some((part) => !empty(part));
  for (const part of parts) {
    part.little = some && empty(part);
    // Of each meaning by itself: a rare word stays rare, however many others say the same.
    for (const one of part.means) one.tells = telling(one.stems, index);
    part.weight = part.little ? LITTLE : Math.max(0, ...part.means.map(({ tells, worth }) => tells * worth));
  }
  return parts;
};

// How the last word goes on in most pages that have such a word.
export const ending = (question, index) => {
  const [last] = /[\p{L}\p{M}]{2,}$/u.exec(question.toLowerCase()) || [""];
  const begun = fold(last);
  let best = ["", 0];
  for (const [known, stems] of begun ? index.spelt : []) {
    const pages = Math.max(...[...stems].map((one) => index.where.get(one).size));
    if (known.startsWith(begun) && known !== begun && pages > best[1]) best = [known, pages];
  }
  return best[0].slice(begun.length);
};
