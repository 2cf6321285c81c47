// What only a Word file needs of the words around the clauses.

import { UNSPACED, WIDTHS } from "../shared/letters.js";
import { filled } from "./places.js";
import { count, first, rstrip } from "./strings.js";

export const SIGNING_SHARES = [22, 20, 17, 21, 20];
export const holdable = (text) => text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/gu, "\ufffd");

// An address as a document may hold it; empty where it leads nowhere outside the site.
export function target(address) {
  if (!/^(https?|mailto|tel):/i.test(address)) return "";
  const [, host] = /^[a-z]+:\/\/([^/?#]*)/i.exec(address) || ["", ""];
  if (/[/?#@:]/.test(host.replace(/[@:#?]/g, "").normalize("NFKC"))) return "";
  const safe = address.replace(/[^A-Za-z0-9!#$%&'()*+,/:;=?@~._-]/gu, (sign) =>
    /^[\ud800-\udfff]$/.test(sign) ? "%3F" : encodeURIComponent(sign),
  );
  return safe.length <= 2000 ? safe : "";
}

export function footerTitle({ title, version, labels }) {
  const signs = [...title];
  const cut = signs.length <= 75 ? title : rstrip(signs.slice(0, 74).join("")) + "…";
  return version ? `${cut}, ${filled(labels.version, { number: version })}` : cut;
}

// Widths are in twentieths of a point, sizes of letters in halves of one; of letters, in thousandths of their size.
const PAGE_WIDTH = 9864;
const SIZES = [20, 18, 16, 15];
const GAP = 216;
const ROUGHLY = 20;
const OTHER_LETTER = [722, 722];
const LEAST = 5000;
const SOME_LETTERS = 2000;
const WORD = new RegExp(`[${UNSPACED}]|[^ \\t\\n${UNSPACED}]+`, "gu");
const KNOWN = new Map(
  Object.entries(WIDTHS).flatMap(([sizes, letters]) => [...letters].map((one) => [one, sizes.split(" ").map(Number)])),
);
const distinct = (numbers) => [...new Set(numbers)];
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

function letterWidth(letter) {
  if (/\p{M}/u.test(letter)) return [0, 0];
  return KNOWN.get(letter) || KNOWN.get(first(letter.normalize("NFD"))) || OTHER_LETTER;
}

const width = (word, bold) => sum([...word].map((letter) => letterWidth(letter)[bold]));

function wantedWidths(held, rows) {
  const weights = held.map((column) => (rows.length > 1 ? Math.min(Math.max(...column.map(count)), 40) || 1 : 1));
  return weights.map((weight) => Math.floor(PAGE_WIDTH * (0.5 / held.length + (0.5 * weight) / sum(weights))));
}

// The widths of the columns, and what the names of styles end in that have the size of their letters.
export function columns(rows, hundredths) {
  const held = rows[0].map((_, index) => rows.map((row) => row[index]));
  const wanted = hundredths
    ? hundredths.map((one) => Math.floor((PAGE_WIDTH * one) / 100))
    : wantedWidths(held, rows);
  const letters = held.map((column) => {
    const found = column.flatMap((text, at) => (text.match(WORD) || []).map((word) => width(word, at ? 0 : 1)));
    return distinct([SOME_LETTERS, ...found]);
  });
  let best;
  for (const size of SIZES) {
    const need = (one) => Math.floor((one * size) / 100) + ROUGHLY + GAP;
    const needed = letters.map((column) => distinct(column.map(need)));
    const widths = sharedOut(givenWidths(needed, sum(wanted), Math.floor((LEAST * size) / 100) + GAP), wanted);
    const broken = sum(needed.map((column, at) => column.filter((one) => one > widths[at]).length));
    if (!best || broken < best.broken) best = { broken, widths, suffix: size === SIZES[0] ? "" : `${size}` };
  }
  return best;
}

// No word is broken but those wider than any that is not.
function givenWidths(needed, room, least) {
  for (const most of distinct([0, ...needed.flat()]).sort((a, b) => b - a)) {
    const given = needed.map((column) => Math.max(...column.map((one) => (one <= most ? one : Math.min(one, least)))));
    if (sum(given) <= room) return given;
  }
  return needed.map(() => Math.floor(room / needed.length));
}

function sharedOut(given, wanted) {
  const more = wanted.map((one, at) => Math.max(0, one - given[at]));
  const left = sum(wanted) - sum(given);
  return given.map((had, at) => had + Math.floor((left * more[at]) / (sum(more) || 1)));
}
