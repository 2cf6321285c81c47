// The types of blank: what Python says of each, and what its file in ``blanks/`` does.

import { BLANK_TYPES } from "../shared/blanks.js";
import { notOneLine } from "../shared/messages.js";
import { own } from "./maps.js";
import { isText } from "./strings.js";

const ANY_TYPE = {
  misfit(definition, answer) {
    return isText(answer) ? this.textMisfit(definition, answer) : notOneLine;
  },
  textMisfit: () => null,
  written: (text) => text,
  when: () => null,
};
export const TYPES = Object.fromEntries(
  Object.entries(BLANK_TYPES).map(([name, type]) => [name, { ...ANY_TYPE, ...type }]),
);
export const typeOf = (definition) => own(TYPES, definition.type) || TYPES.text;
