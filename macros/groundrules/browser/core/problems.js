// What would be right instead of a word that is not known.

import { PROBLEMS } from "../shared/limits.js";
import { mapOf } from "./maps.js";

// As many of ``problems`` as somebody reads, with a line that counts the others. Each kind of mistake in turn has one
// more, so that many of one kind do not hide another.
export function few(problems) {
  const byLine = (a, b) => a.line - b.line;
  problems.sort(byLine);
  if (problems.length <= PROBLEMS) return problems;
  const soFar = mapOf();
  const turns = [];
  for (const one of problems) {
    const turn = soFar[one.name] || 0;
    soFar[one.name] = turn + 1;
    (turns[turn] ||= []).push(one);
  }
  const kept = turns.flat().slice(0, PROBLEMS).sort(byLine);
  const count = problems.length - PROBLEMS;
  const { line } = problems[problems.length - 1];
  return [...kept, { line, name: "too-many", message: phrase("andMore", { count }) }];
}

// The end of a message: the nearest known word, or the first few of them.
export function meant(word, known) {
  const words = [...known].sort();
  const near = nearest(word, words);
  if (near) return phrase("didYouMean", { word: near });
  return phrase("shouldBeOneOf", { words: words.slice(0, 8).join(", ") + (words.length > 8 ? ", …" : "") });
}

// The word most like ``word``, if one is like enough: as Python's difflib counts.
export function nearest(word, known) {
  const [score, near] = known
    .map((one) => [(2 * shared(one, word)) / (one.length + word.length), one])
    .reduce((best, one) => (one[0] > best[0] || (one[0] === best[0] && one[1] > best[1]) ? one : best), [0, ""]);
  return score >= 0.6 ? near : "";
}

// How many letters stand in both in the same order: those of the longest run, and of what is left on its two sides.
function shared(a, b) {
  let [length, at, to] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      let same = 0;
      while (i + same < a.length && a[i + same] === b[j + same]) same++;
      if (same > length) [length, at, to] = [same, i, j];
    }
  }
  if (!length) return 0;
  return length + shared(a.slice(0, at), b.slice(0, to)) + shared(a.slice(at + length), b.slice(to + length));
}
