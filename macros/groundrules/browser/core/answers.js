// Whether an answer fits its blank, and how it reads.

import { answerTooLong } from "../shared/messages.js";
import { typeOf } from "./blanks.js";
import { writtenDate, writtenList } from "./language.js";
import { keysOf } from "./maps.js";
import { hiddenCharacters } from "./markup/hidden.js";
import { MAX_LINE } from "./model.js";
import { quote } from "./source.js";
import { LINES, count, first, isMap, isText, oneLine, strip } from "./strings.js";

export function isEmpty(answer) {
  if (isText(answer)) return !strip(answer);
  if (Array.isArray(answer)) return answer.every(isEmpty);
  return !isMap(answer) || keysOf(answer).every((key) => isEmpty(answer[key]));
}

// Why an answer cannot stand for a blank, or null.
export function misfit(definition, answer) {
  if (isEmpty(answer)) return null;
  const texts = isText(answer)
    ? [answer]
    : Array.isArray(answer)
      ? answer.flatMap((one) => (isMap(one) ? Object.values(one) : [one])).filter(isText)
      : [];
  for (const text of texts) {
    if (quote(text).length > MAX_LINE / 2) return answerTooLong({ count: count(text), most: MAX_LINE / 2 });
    const hidden = text.split("\n").map(hiddenCharacters).find(Boolean);
    if (hidden) return hidden;
  }
  return typeOf(definition).misfit(definition, answer, misfit);
}

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

export function capitalised(text) {
  const start = first(text);
  const upper = start.toUpperCase();
  return count(upper) === 1 ? upper + text.slice(start.length) : text;
}
