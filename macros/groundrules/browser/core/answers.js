// Answers: whether there is one, and how it reads.

import { typeOf } from "./blanks.js";
import { writtenDate, writtenList } from "./language.js";
import { keysOf } from "./maps.js";
import { quote } from "./source.js";
import { LINES, count, first, isMap, isText, oneLine, strip } from "./strings.js";
import { LINE } from "../shared/limits.js";

export function isEmpty(answer) {
  if (isText(answer)) return !strip(answer);
  if (Array.isArray(answer)) return answer.every(isEmpty);
  return !isMap(answer) || keysOf(answer).every((key) => isEmpty(answer[key]));
}

// Why the text of an answer has no room in a line of the file, or nothing.
export const tooLong = (text) =>
  quote(text).length > LINE / 2 ? phrase("answerTooLong", { count: count(text), most: LINE / 2 }) : "";

export const written = (definition, answer, locale) =>
  isText(answer)
    ? typeOf(definition).written(oneLine(answer), (day) => writtenDate(day, locale))
    : writtenList(entries(answer), locale);

export function entries(answer) {
  if (isText(answer)) return isEmpty(answer) ? [] : [oneLine(answer)];
  const found = Array.isArray(answer) ? answer : isMap(answer) ? keysOf(answer).map((key) => answer[key]) : [];
  return found.filter((one) => !isEmpty(one)).map((one) => entries(one).join(" "));
}

export const paragraphs = (answer) =>
  (isText(answer) ? answer.split(LINES) : entries(answer)).filter((line) => strip(line)).map(oneLine);

// Whether ``text`` ends as a sentence does, so that no further full stop belongs there: "Smith & Co.".
export const ended = (text) => /[…\p{STerm}]([ \u00a0\u202f]?\p{QMark})*$/u.test(text);
// A text at the end of a sentence of ours, with one full stop.
export const stopped = (text) => (ended(text) ? text : `${text}.`);
// The full stop that a text starts with, in group 2, and the closing quotes before it; two of these are none.
export const FULL_STOP = /^(\p{QMark}*)([.։۔।॥።᙮。．｡])(?!\2)/u;

export function capitalised(text) {
  const start = first(text);
  const upper = start.toUpperCase();
  return count(upper) === 1 ? upper + text.slice(start.length) : text;
}
