// The types of blank: what Python says of each, and what its file in ``blanks/`` does.

import { BLANK_TYPES } from "../shared/blanks.js";
import { own } from "./maps.js";

const ANY_TYPE = { written: (text) => text };
export const TYPES = Object.fromEntries(
  Object.entries(BLANK_TYPES).map(([name, type]) => [name, { ...ANY_TYPE, ...type }]),
);
export const typeOf = (definition) => own(TYPES, definition.type) || TYPES.text;
