/* What has changed between two texts of an agreement: edits.py and compare.py over again, with the same names in the
   same order. Loaded after engine.js and signing.js; tests/test_keeping_js.py proves both equal. No DOM. */
(function (root) {
"use strict";

const { SPACE, count, oneLine, strip, writtenDate } = root.GroundRules.parts;
const { canonicalLine, wordsOf } = root.GroundRules.parts;

// --- edits.py -------------------------------------------------------------------------------------

const LIKENESS = 1 / 3;
const MOST_EDITS = 400;
const MOST_COMPARED = 200000;
const ISLAND_WORDS = 3;
const SPACELESS = /[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\uff66-\uff9f\u{20000}-\u{3ffff}]/u;
const TOKEN = /s+|w(?:w|m|'(?=w))*|.m*/g;
const WORD = /[\p{L}\p{N}]/u;

// A word, a run of spaces or a sign; two are the same if their keys are.
const token = (text, key = text) => ({ key, text });

function tokens(text) {
  const signs = [...text];
  const kinds = signs.map(kindOf).join("");
  return [...kinds.matchAll(TOKEN)].map((found) => token(signs.slice(found.index, found.index + found[0].length).join("")));
}

function kindOf(sign) {
  if (SPACE.test(sign)) return "s";
  if (/[\p{M}\u200c\u200d]/u.test(sign)) return "m";
  if (WORD.test(sign)) return SPACELESS.test(sign) ? "x" : "w";
  return sign === "'" || sign === "\u2019" ? "'" : "x";
}

// A line to align: it is the same as one with the same key, and paired only with one of the same kind.
function stripOf(kind, text, all = tokens(text), key = text) {
  const words = new Map();
  const found = all.filter(isWord);
  for (const one of found) words.set(one.key, (words.get(one.key) || 0) + 1);
  return { kind, text, tokens: all, words, total: found.length, key: `${kind}\0${key}` };
}

function likeness(one, other) {
  if (one.kind !== other.kind) return 0;
  const total = one.total + other.total;
  let common = 0;
  for (const [key, times] of one.words) common += Math.min(times, other.words.get(key) || 0);
  return total ? (2 * common) / total : 1;
}

// From ``old`` to ``new``, equal and changed by turns; a word or two left between two changes goes with them.
function edits(old, now) {
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
    if (last && last.equal === part.equal) Object.assign(last, { old: [...last.old, ...part.old], new: [...last.new, ...part.new] });
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
function aligned(old, now) {
  const found = [];
  let [i, j] = [0, 0];
  for (const [first, second, length] of [...runsIn(old.map(keyOf), now.map(keyOf)), [old.length, now.length, 0]]) {
    for (const [one, other] of paired(old.slice(i, first), now.slice(j, second))) found.push([one === null ? null : i + one, other === null ? null : j + other]);
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
  for (let [i, j] = [0, 0]; i < old.length && j < now.length; ) {
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
  for (const [i, j] of shortest(old.slice(start, old.length - end), now.slice(start, now.length - end))) pairs.push([start + i, start + j]);
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
function reordered(old, now) {
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
    const found = lasts.findIndex((last) => last >= value);
    const length = found < 0 ? lasts.length : found;
    before.push(length ? ends[length - 1] : null);
    [lasts[length], ends[length]] = [value, at];
  });
  const found = [];
  for (let step = ends.length ? ends[ends.length - 1] : null; step !== null; step = before[step]) found.push(pairs[step]);
  return found.reverse();
}

// --- compare.py -----------------------------------------------------------------------------------

function compare(old, now) {
  const [before, after] = [new Text(old), new Text(now)];
  const others = after.parts();
  const parts = before.parts().map(([name, lines], at) => partOf(name, lines, others[at][1]));
  const preamble = parts.pop();
  const clauses = clausesOf(before, after);
  const changed = [...[...parts, preamble].filter((one) => one.change !== "same"), ...clauses.filter((one) => one.change !== "same" || one.moved)];
  return { facts: parts, preamble, clauses, changed, same: !changed.length };
}

// What a line reads in the old or the new text.
const lineText = (line, side) => line.pieces.map((piece) => {
  if (side === "new") return piece.kind === "removed" ? "" : piece.text;
  return piece.kind === "added" ? "" : piece.was || piece.text;
}).join("");

class Text {
  constructor(document) {
    this.document = document;
    this.clauses = new Map(document.clauses.map((clause) => [clause.id, clause]));
    this.ids = new Map(document.clauses.map((one) => [canonicalLine(`${document.labels.clause} ${one.number}, ${one.title}`), one.id]));
    const known = [...this.ids.keys()].sort((a, b) => b.length - a.length).map((one) => one.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
    this.references = known.length ? new RegExp(known.join("|"), "g") : /(?!)/g;
  }

  parts() {
    const { document } = this;
    const day = (one) => (one ? writtenDate(one, document.locale) : "");
    return [
      ["title", this.linesOf(document.title)],
      ["parties", document.parties.map((one) => this.line("party", partyLine(one, document.labels)))],
      ["start", this.linesOf(day(document.start))],
      ["end", this.linesOf(day(document.end))],
      ["preamble", this.blocks(document.preamble)],
    ];
  }

  linesOf(text) {
    return strip(text) ? [this.line("paragraph", text)] : [];
  }

  blocks(blocks) {
    return blocks.flatMap((block) => {
      if (block.kind === "paragraph") return [this.line("paragraph", wordsOf(block.children, this.document))];
      if (block.kind === "list") return this.items(block, 1);
      if (block.kind !== "table") return [];
      return [this.line("table", block.name), this.line("columns", rowOf(block.columns)), ...block.rows.map((row) => this.line("row", rowOf(row)))];
    });
  }

  items(list, level) {
    return list.items.flatMap((item, index) => {
      const [kind, mark] = list.ordered ? ["number", `${index + 1}.`] : ["bullet", "-"];
      return [this.line(kind, wordsOf(item.children, this.document), level, mark), ...(item.sublist ? this.items(item.sublist, level + 1) : [])];
    });
  }

  line(kind, words, level = 0, mark = "") {
    const text = canonicalLine(words);
    const bare = text.replace(this.references, (found) => `\0${this.ids.get(found)}\0`);
    return { ...stripOf(`${kind} ${level}`, text, this.tokens(text), bare), lineKind: kind, level, mark };
  }

  tokens(text) {
    const found = [];
    let start = 0;
    for (const reference of text.matchAll(this.references)) {
      found.push(...tokens(text.slice(start, reference.index)), token(reference[0], `\0clause ${this.ids.get(reference[0])}`));
      start = reference.index + reference[0].length;
    }
    return [...found, ...tokens(text.slice(start))];
  }
}

function partyLine({ name, organisation, contact, role }, labels) {
  const joined = (...all) => all.filter(Boolean).join(", ");
  return contact ? `${joined(name, organisation)}. ${labels.contact}: ${joined(contact, role)}` : joined(name, organisation, role);
}

const rowOf = (cells) => cells.map(canonicalLine).join(" | ");

function clausesOf(before, after) {
  const found = [];
  for (const [i, j] of reordered([...before.clauses.keys()], [...after.clauses.keys()])) {
    let old = i === null ? null : before.document.clauses[i];
    const now = j === null ? null : after.document.clauses[j];
    if (old && !now && after.clauses.has(old.id)) continue;
    const moved = !old && before.clauses.has(now.id);
    if (moved) old = before.clauses.get(now.id);
    found.push(clauseOf(before, after, old, now, moved));
  }
  return found;
}

function clauseOf(before, after, old, now, moved) {
  const title = lineOf(old && before.line("paragraph", old.title), now && after.line("paragraph", now.title));
  const lines = linesFrom(old ? before.blocks(old.blocks) : [], now ? after.blocks(now.blocks) : []);
  let change = [title, ...lines].some((one) => one.change !== "same") ? "reworded" : "same";
  if (!old || !now) change = now ? "added" : "removed";
  return { name: (now || old).id, change, lines, title, oldNumber: old ? old.number : 0, newNumber: now ? now.number : 0, moved };
}

function partOf(name, old, now) {
  const lines = linesFrom(old, now);
  let change = lines.some((line) => line.change !== "same") ? "reworded" : "same";
  if (change !== "same" && !(old.length && now.length)) change = now.length ? "added" : "removed";
  return { name, change, lines };
}

function linesFrom(old, now) {
  const pairs = aligned(old, now).map(([i, j]) => [i === null ? null : old[i], j === null ? null : now[j]]);
  const lines = pairs.map(([one, other]) => lineOf(one, other));
  if (lines.some((line) => line.change !== "same")) return lines;
  // Only where the numbers of lists start again can still differ.
  return pairs.flatMap(([one, other]) => (one && other && one.mark === other.mark ? [lineOf(one, other)] : [lineOf(one, null), lineOf(null, other)]));
}

function lineOf(old, now) {
  const { lineKind: kind, level, mark } = now || old;
  if (old && now && old.key === now.key) return { change: "same", kind, level, mark, pieces: [equalPiece(old.text, now.text)] };
  const pieces = piecesOf(edits(old ? old.tokens : [], now ? now.tokens : []));
  return { change: old && now ? "reworded" : now ? "added" : "removed", kind, level, mark, pieces };
}

const equalPiece = (old, now) => ({ kind: "equal", text: now, was: old === now ? "" : old });

const piecesOf = (found) => found.flatMap((edit) => {
  const [old, now] = [edit.old, edit.new].map((side) => side.map((one) => one.text).join(""));
  if (edit.equal) return [equalPiece(old, now)];
  return [old && { kind: "removed", text: old, was: "" }, now && { kind: "added", text: now, was: "" }].filter(Boolean);
});

Object.assign(root.GroundRules, { compare, lineText });
Object.assign(root.GroundRules.parts, { tokens, edits, aligned, stripOf, piecesOf });
})(typeof window === "undefined" ? globalThis : window);
