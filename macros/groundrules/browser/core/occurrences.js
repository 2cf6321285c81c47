// When an answer stands in a calendar: the part of the types of blank that drafting does not need.

import { OCCURRENCES, REMARKS } from "../shared/blanks.js";
import { own } from "./maps.js";

const ANY_TYPE = { when: () => null };

// The day, or the first one and how it goes on from there, that ``text`` stands for; or nothing.
export const when = (definition, text) => ({ ...ANY_TYPE, ...own(OCCURRENCES, definition.type) }).when(text);

// Why a calendar leaves out what was answered, and what it would read; mostly nothing.
export const remark = (definition, text) =>
  (definition.calendar && own(REMARKS, definition.type)?.remark(text)) || "";
