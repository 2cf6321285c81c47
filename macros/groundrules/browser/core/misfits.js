// Why an answer cannot stand for a blank: the part of the answers and of the types that drafting does not need.

import { MISFITS } from "../shared/blanks.js";
import { LINE } from "../shared/limits.js";
import { answerTooLong, notOneLine } from "../shared/messages.js";
import { isEmpty } from "./answers.js";
import { own } from "./maps.js";
import { hiddenCharacters } from "./markup/hidden.js";
import { quote } from "./source.js";
import { count, isMap, isText } from "./strings.js";

const ANY_TYPE = {
  misfit(definition, answer) {
    return isText(answer) ? this.textMisfit(definition, answer) : notOneLine;
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
    if (quote(text).length > LINE / 2) return answerTooLong({ count: count(text), most: LINE / 2 });
    const hidden = text.split("\n").map(hiddenCharacters).find(Boolean);
    if (hidden) return hidden;
  }
  return { ...ANY_TYPE, ...own(MISFITS, definition.type) }.misfit(definition, answer, misfit);
}
