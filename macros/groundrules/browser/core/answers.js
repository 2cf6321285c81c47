// Whether an answer fits its blank, and how it reads.

import { quote } from "./frontmatter.js";
import { writtenDate, writtenList } from "./language.js";
import { entriesOf, keysOf, own } from "./maps.js";
import { hiddenCharacters } from "./markup/hidden.js";
import { MAX_LINE } from "./model.js";
import { LINES, SPACES, count, first, isMap, isText, oneLine, strip } from "./strings.js";
import { answerTooLong, notAChoice, notADate } from "../shared/messages.js";

const RHYTHM = new RegExp(
  (
    "^every[_]+(?:([1-9][0-9]?)[_]+)?(day|week|month|year)s?" +
    "(?:[_]+on[_]+(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday))?" +
    "(?:[_]+at[_]+([0-2]?[0-9][:.][0-5][0-9]))?,?[_]+(?:from|starting)[_]+([0-9]{4}-[0-9]{2}-[0-9]{2})$"
  ).replace(/_/g, SPACES),
  "i",
);

export function readDate(text) {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match || match[1] < "1900" || match[1] > "2199") return null;
  const day = new Date(text + "T00:00:00Z");
  return !isNaN(day) && day.toISOString().slice(0, 10) === text ? text : null;
}

export function readRhythm(text) {
  const match = RHYTHM.exec(strip(text));
  if (!match || !readDate(match[5])) return null;
  const [hour, minute] = (match[4] || "").replace(".", ":").split(":");
  if (hour && +hour > 23) return null;
  const weekday = match[3] ? match[3][0].toUpperCase() + match[3].slice(1).toLowerCase() : "";
  return {
    count: +(match[1] || 1),
    unit: match[2].toLowerCase(),
    weekday,
    time: hour ? `${hour.padStart(2, "0")}:${minute}` : "",
    first: match[5],
  };
}

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
      ? answer.flatMap((one) => (isMap(one) ? Object.values(one) : [one]))
      : [];
  for (const text of texts) {
    if (quote(text).length > MAX_LINE / 2)
      return answerTooLong({ count: count(text), most: MAX_LINE / 2 });
    const hidden = text.split("\n").map(hiddenCharacters).find(Boolean);
    if (hidden) return hidden;
  }
  if (definition.type === "rows") {
    for (const row of answer) {
      for (const [name, cell] of entriesOf(row)) {
        const wrong =
          isEmpty(cell) || !own(definition.columns, name) ? null : textMisfit(definition.columns[name], cell);
        if (wrong) return `"${name}": ${wrong}`;
      }
    }
  }
  return isText(answer) ? textMisfit(definition, answer) : null;
}

function textMisfit(definition, answer) {
  if (definition.type === "date" && !readDate(answer))
    return notADate({ text: answer });
  if (definition.type === "choice" && !definition.choices.includes(answer))
    return notAChoice({ text: answer, choices: definition.choices.join(", ") });
  return null;
}

export function written(definition, answer, locale) {
  if (!isText(answer)) return writtenList(entries(answer), locale);
  const text = oneLine(answer);
  if (definition.type === "date") return readDate(text) ? writtenDate(text, locale) : text;
  const rhythm = definition.type === "rhythm" ? readRhythm(text) : null;
  return rhythm ? text.split(rhythm.first).join(writtenDate(rhythm.first, locale)) : text;
}

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
