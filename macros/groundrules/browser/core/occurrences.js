// When an answer stands in a calendar: the part of the types of blank that drafting does not need.

import { OCCURRENCES } from "../shared/blanks.js";
import { own } from "./maps.js";

const ANY_TYPE = { when: () => null };

// The day, or the first one and how it goes on from there, that ``text`` stands for; or nothing.
export const when = (definition, text) => ({ ...ANY_TYPE, ...own(OCCURRENCES, definition.type) }).when(text);
