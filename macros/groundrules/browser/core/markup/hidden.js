// Characters that nobody can see, that turn the direction of a text, or that pile up.

import { code } from "../strings.js";
import { DIRECTIONS, UNSEEN } from "../../shared/letters.js";
import { ACCENTS } from "../../shared/limits.js";
import { accentsPiled, directionNeverBegun, directionNeverEnds, unseenCharacter } from "../../shared/refusals.js";

// Joiners and variation selectors belong to scripts and emoji: after a letter of ours they would only hide a change.
const UNSEEN_SIGN = new RegExp(
  `[${UNSEEN}]|(?<![^\\0-\u052f])[\u200c\u200d]|(?<=[ @-z\u00c0-\u052f])[\ufe00-\ufe0f]`,
  "u",
);
const FLAG = /\u{1f3f4}[\u{e0061}-\u{e007a}\u{e0030}-\u{e0039}]+\u{e007f}/gu;
const ENDS = Object.values(DIRECTIONS);
const PILED = new RegExp(`^\\p{M}|[\\p{M}\\u200c\\u200d]{${ACCENTS + 1}}`, "u");

export function hiddenCharacters(text) {
  if (PILED.test(text)) return accentsPiled({ most: ACCENTS });
  const unseen = UNSEEN_SIGN.exec(text.replace(FLAG, ""));
  if (unseen) return unseenCharacter({ code: code(unseen[0]) });
  const waiting = [];
  for (const sign of text) {
    if (DIRECTIONS[sign]) waiting.push(DIRECTIONS[sign]);
    else if (ENDS.includes(sign) && waiting.pop() !== sign) return directionNeverBegun({ code: code(sign) });
  }
  return waiting[0] ? directionNeverEnds : null;
}
