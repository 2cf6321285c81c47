// The few edits that make one sequence into another: words, lines, the order of clauses.

import { SPACE, count } from "./strings.js";

const LIKENESS = 1 / 3;
const MOST_EDITS = 400;
const MOST_COMPARED = 200000;
const ISLAND_WORDS = 3;
const SPACELESS =
  /[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\uff66-\uff9f\u{20000}-\u{3ffff}]/u;
const TOKEN = /s+|w(?:w|m|'(?=w))*|.m*/g;
const WORD = /[\p{L}\p{N}]/u;

// A word, a run of spaces or a character; two are the same if their keys are.
export const token = (text, key = text) => ({ key, text });

export function tokens(text) {
  const signs = [...text];
  const kinds = signs.map(kindOf).join("");
  return [...kinds.matchAll(TOKEN)].map((found) =>
    token(signs.slice(found.index, found.index + found[0].length).join("")),
  );
}

function kindOf(sign) {
  if (SPACE.test(sign)) return "s";
  if (/[\p{M}\u200c\u200d]/u.test(sign)) return "m";
  if (WORD.test(sign)) return SPACELESS.test(sign) ? "x" : "w";
  return sign === "'" || sign === "\u2019" ? "'" : "x";
}

// A line to align: it is the same as one with the same key, and paired only with one of the same kind.
export function stripOf(kind, text, all = tokens(text), key = text) {
  const words = counted(all);
  const total = [...words.values()].reduce((sum, times) => sum + times, 0);
  return { kind, text, tokens: all, words, total, key: `${kind}\0${key}` };
}

// How often each word stands in a text.
export const wordsIn = (text) => counted(tokens(text));

function counted(all) {
  const words = new Map();
  for (const one of all.filter(isWord)) words.set(one.key, (words.get(one.key) || 0) + 1);
  return words;
}

function likeness(one, other) {
  if (one.kind !== other.kind) return 0;
  const total = one.total + other.total;
  let common = 0;
  for (const [key, times] of one.words) common += Math.min(times, other.words.get(key) || 0);
  return total ? (2 * common) / total : 1;
}

// From ``old`` to ``new``, equal and changed by turns; a word or two left between two changes goes with them.
export function edits(old, now) {
  const found = [];
  let [i, j] = [0, 0];
  for (const [first, second, length] of [...runsIn(old.map(keyOf), now.map(keyOf)), [old.length, now.length, 0]]) {
    if (i < first || j < second) {
      found.push({ equal: false, old: old.slice(i, first), new: now.slice(j, second) });
      joinLast(found);
    }
    [i, j] = [first + length, second + length];
    if (length) found.push({ equal: true, old: old.slice(first, i), new: now.slice(second, j) });
  }
  const joined = [];
  for (const part of found.flatMap(trimmed).filter((one) => one.old.length || one.new.length)) {
    const last = joined[joined.length - 1];
    if (last && last.equal === part.equal)
      Object.assign(last, { old: [...last.old, ...part.old], new: [...last.new, ...part.new] });
    else joined.push(part);
  }
  return joined;
}

// An edit without what is the same at both its ends, once islands have gone into it.
function trimmed({ equal, old, new: now }) {
  const shorter = Math.min(old.length, now.length);
  let [start, end] = [0, 0];
  while (!equal && start < shorter && old[start].key === now[start].key) start++;
  while (!equal && end < shorter - start && old[old.length - 1 - end].key === now[now.length - 1 - end].key) end++;
  const [oldEnd, newEnd] = [old.length - end, now.length - end];
  return [
    { equal: true, old: old.slice(0, start), new: now.slice(0, start) },
    { equal, old: old.slice(start, oldEnd), new: now.slice(start, newEnd) },
    { equal: true, old: old.slice(oldEnd), new: now.slice(newEnd) },
  ];
}

const keyOf = (one) => one.key;
const isWord = (one) => WORD.test(one.text);

function joinLast(found) {
  while (found.length > 2 && isTiny(found[found.length - 2].new, ...found.slice(-3).filter((one) => !one.equal))) {
    const three = found.splice(-3);
    found.push({ equal: false, old: three.flatMap((one) => one.old), new: three.flatMap((one) => one.new) });
  }
}

function isTiny(island, before, after) {
  // What a bar separates are cells, and stay so.
  if (island.some((one) => one.text === "|")) return false;
  const words = island.filter(isWord).length;
  if (words > ISLAND_WORDS) return false;
  return !words || [before, after].every((one) => lengthOf(island) <= Math.max(lengthOf(one.old), lengthOf(one.new)));
}

const lengthOf = (all) => all.reduce((sum, one) => sum + count(one.text), 0);

// Which line became which, by index and in order; null stands beside one that was removed or added.
export function aligned(old, now) {
  const found = [];
  let [i, j] = [0, 0];
  for (const [first, second, length] of [...runsIn(old.map(keyOf), now.map(keyOf)), [old.length, now.length, 0]]) {
    for (const [one, other] of paired(old.slice(i, first), now.slice(j, second)))
      found.push([one === null ? null : i + one, other === null ? null : j + other]);
    for (let at = 0; at < length; at++) found.push([first + at, second + at]);
    [i, j] = [first + length, second + length];
  }
  return found;
}

const paired = (old, now) => steps(likest(old, now), old.length, now.length);

// Between ``pairs`` that stay, what goes stands before what comes.
function steps(pairs, before, after) {
  const found = [];
  let [i, j] = [0, 0];
  for (const [first, second] of [...pairs, [before, after]]) {
    for (; i < first; i++) found.push([i, null]);
    for (; j < second; j++) found.push([null, j]);
    if (first < before) found.push([first, second]);
    [i, j] = [first + 1, second + 1];
  }
  return found;
}

function likest(old, now) {
  const work = now.length * old.reduce((sum, one) => sum + one.words.size + 1, 0);
  if (work > MOST_COMPARED) {
    if (old.length !== now.length) return [];
    return old.map((one, at) => [at, at]).filter(([at]) => likeness(old[at], now[at]) >= LIKENESS);
  }
  // best[i][j]: the most that the lines from i and from j on can have in common.
  const best = Array.from({ length: old.length + 1 }, () => Array(now.length + 1).fill(0));
  const alike = old.map((one) => now.map((other) => likeness(one, other)));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const both = alike[i][j] >= LIKENESS ? alike[i][j] + best[i + 1][j + 1] : 0;
      best[i][j] = Math.max(both, best[i + 1][j], best[i][j + 1]);
    }
  }
  const found = [];
  for (let [i, j] = [0, 0]; i < old.length && j < now.length;) {
    if (alike[i][j] >= LIKENESS && best[i][j] === alike[i][j] + best[i + 1][j + 1]) found.push([i++, j++]);
    else if (best[i][j] === best[i + 1][j]) i++;
    else j++;
  }
  return found;
}

// The runs that stay, as [index in old, index in new, length]; none, if nearly everything changes.
function runsIn(old, now) {
  const shorter = Math.min(old.length, now.length);
  let [start, end] = [0, 0];
  while (start < shorter && old[start] === now[start]) start++;
  while (end < shorter - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end++;
  const pairs = [];
  for (let at = 0; at < start; at++) pairs.push([at, at]);
  for (const [i, j] of shortest(old.slice(start, old.length - end), now.slice(start, now.length - end)))
    pairs.push([start + i, start + j]);
  for (let at = end; at > 0; at--) pairs.push([old.length - at, now.length - at]);
  const runs = [];
  for (const [i, j] of pairs) {
    const last = runs[runs.length - 1];
    if (last && i === last[0] + last[2] && j === last[1] + last[2]) last[2]++;
    else runs.push([i, j, 1]);
  }
  return runs;
}

// The pairs that stay on the shortest way from ``old`` to ``new``, after Myers (1986).
function shortest(old, now) {
  if (!old.length || !now.length) return [];
  const rows = [];
  for (let cost = 0; cost <= Math.min(old.length + now.length, MOST_EDITS); cost++) {
    const row = [];
    const above = rows[rows.length - 1];
    for (let at = 0; at <= cost; at++) {
      // The furthest that ``cost`` edits lead on the diagonal 2 * at - cost.
      let i = 0;
      if (cost) i = at === 0 || (at < cost && above[at - 1] < above[at]) ? above[at] : above[at - 1] + 1;
      let j = i - (2 * at - cost);
      while (i < old.length && j < now.length && old[i] === now[j]) [i, j] = [i + 1, j + 1];
      row.push(i);
      if (i >= old.length && j >= now.length) return wayBack(rows, at, old.length, now.length);
    }
    rows.push(row);
  }
  return [];
}

function wayBack(rows, at, i, j) {
  const pairs = [];
  for (let cost = rows.length; cost > 0; cost--) {
    const above = rows[cost - 1];
    const down = at === 0 || (at < cost && above[at - 1] < above[at]);
    at = down ? at : at - 1;
    const fromI = above[at];
    const fromJ = fromI - (2 * at - (cost - 1));
    while (i > fromI && j > fromJ) pairs.push([--i, --j]);
    [i, j] = [fromI, fromJ];
  }
  while (i && j) pairs.push([--i, --j]);
  return pairs.reverse();
}

// The steps from one order to another, by index: what stays is a pair, the rest goes and comes.
export function reordered(old, now) {
  const places = new Map(old.map((name, at) => [name, at]));
  const common = now.map((name, at) => [places.get(name), at]).filter(([place]) => place !== undefined);
  return steps(rising(common), old.length, now.length);
}

// The longest part of ``pairs`` whose first numbers rise.
function rising(pairs) {
  const lasts = [];
  const ends = [];
  const before = [];
  pairs.forEach(([value], at) => {
    let [length, above] = [0, lasts.length];
    while (length < above) {
      const middle = (length + above) >> 1;
      if (lasts[middle] < value) length = middle + 1;
      else above = middle;
    }
    before.push(length ? ends[length - 1] : null);
    [lasts[length], ends[length]] = [value, at];
  });
  const found = [];
  for (let step = ends.length ? ends[ends.length - 1] : null; step !== null; step = before[step])
    found.push(pairs[step]);
  return found.reverse();
}
