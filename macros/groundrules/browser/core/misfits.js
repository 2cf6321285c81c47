// Why an answer cannot stand for a blank: the part of the answers and of the types that drafting does not need.

import { MISFITS } from "../shared/blanks.js";
import { isEmpty, tooLong } from "./answers.js";
import { own } from "./maps.js";
import { hiddenCharacters } from "./markup/hidden.js";
import { isMap, isText } from "./strings.js";

const ANY_TYPE = {
  misfit(definition, answer) {
    return isText(answer) ? this.textMisfit(definition, answer) : phrase("notOneLine");
  },
  textMisfit: () => null,
};

// Why ``answer`` does not fit, or null. An empty one always fits.
export function misfit(definition, answer) {
  if (isEmpty(answer)) return null;
  const texts = isText(answer)
    ? [answer]
    : Array.isArray(answer)
      ? answer.flatMap((one) => (isMap(one) ? Object.values(one) : [one])).filter(isText)
      : [];
  for (const text of texts) {
    const odd = tooLong(text) || text.split("\n").map(hiddenCharacters).find(Boolean);
    if (odd) return odd;
  }
  return { ...ANY_TYPE, ...own(MISFITS, definition.type) }.misfit(definition, answer, misfit);
}
