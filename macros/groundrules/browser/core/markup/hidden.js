// Characters that nobody can see, or that turn the direction of a text.

import { code } from "../strings.js";
import { directionNeverEnds, unseenCharacter } from "../../shared/messages.js";

const BIDI = {
  "\u202a": "\u202c",
  "\u202b": "\u202c",
  "\u202d": "\u202c",
  "\u202e": "\u202c",
  "\u2066": "\u2069",
  "\u2067": "\u2069",
  "\u2068": "\u2069",
};
const HIDDEN =
  "\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u180e\\u200b\\u2028\\u2029\\u2060-\\u2065\\u206a-\\u206f" +
  "\\u3164\\ufeff\\uffa0\\ufff0-\\ufffb\\ufffe\\uffff\\ud800-\\udfff\\u{e0000}-\\u{e007f}";
const UNSEEN = new RegExp(`[${HIDDEN}]`, "u");
const FLAG = /\u{1f3f4}[\u{e0061}-\u{e007a}\u{e0030}-\u{e0039}]+\u{e007f}/gu;
const SUSPECT = new RegExp(`[${HIDDEN}\\u202a-\\u202e\\u2066-\\u2069]`, "u");

export function hiddenCharacters(text) {
  if (!SUSPECT.test(text)) return null;
  const unseen = UNSEEN.exec(text.replace(FLAG, ""));
  if (unseen)
    return unseenCharacter({ code: code(unseen[0]) });
  const waiting = [];
  for (const sign of text) {
    if (BIDI[sign]) waiting.push(BIDI[sign]);
    else if ((sign === "\u202c" || sign === "\u2069") && waiting.pop() !== sign)
      return `A direction mark (${code(sign)}) ends here that was never begun. Delete it.`;
  }
  return waiting.length
    ? directionNeverEnds
    : null;
}
