// When an answer stands in a calendar: the part of the types of blank that drafting does not need.

import { OCCURRENCES, REMARKS } from "../shared/blanks.js";
import { own } from "./maps.js";
import { occurs } from "./rhythms.js";
import { later } from "./weekdays.js";

const ANY_TYPE = { when: () => null };

// The day, or the first one and how it goes on from there, that ``text`` stands for; or nothing.
export const when = (definition, text) => ({ ...ANY_TYPE, ...own(OCCURRENCES, definition.type) }).when(text);

// Why a calendar leaves out what was answered, and what it would read; mostly nothing.
export const remark = (definition, text) =>
  (definition.calendar && own(REMARKS, definition.type)?.remark(text)) || "";

// How many days of a rhythm are said back.
export const SHOWN = 3;
// Every 99 years is the slowest rhythm there is.
export const LONGEST = 100 * 366;

// What a calendar makes of an answer that may stand in one, in words: its first days, or why it has none.
export function understood(definition, text, inWords) {
  const found = definition.calendar && when(definition, text);
  if (!found || !found.rhythm) return remark(definition, text);
  const days = [];
  for (let day = found.day, by = 0; days.length < SHOWN && by < LONGEST; by++, day = later(day, 1))
    if (occurs(found.rhythm, found.day, day)) days.push(inWords(day));
  return phrase("inCalendars", { days: days.join("; ") });
}
