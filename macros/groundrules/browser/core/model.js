// The shape of front matter. A shape is "words" (never empty), "text", "day", "yes", "number",
// "print" (a fingerprint), "any", [each entry], { each: value } or { keys, needs }.

import { keysOf, mapOf } from "./maps.js";

const COLUMN = {
  keys: { ask: "words", example: "text", type: "text", choices: ["words"], calendar: "text", private: "yes" },
  needs: ["ask"],
};
const BLANK = { keys: { ...COLUMN.keys, columns: { each: COLUMN }, "settled by": "text" }, needs: ["ask"] };
const PARTY = {
  keys: { name: "text", contact: "text", role: "text", organisation: "text", phone: "text", email: "text" },
  needs: ["name"],
};
const SIGNATURE = {
  keys: { party: "words", name: "words", role: "text", date: "day", version: "number", fingerprint: "print" },
  needs: ["party", "name", "date"],
};
const ROUND = {
  keys: { version: "number", opened: "day", because: "text", agreed: "day" },
  needs: ["version", "opened"],
};
export const AGREEMENT = {
  keys: {
    title: "words",
    template: "words",
    language: "text",
    status: "text",
    start: "day",
    end: "day",
    parties: [PARTY],
    blanks: { each: BLANK },
    answers: { each: "any" },
    "left out": ["words"],
    taken: { each: "text" },
    signatures: [SIGNATURE],
    rounds: [ROUND],
    related: ["words"],
    publish: "yes",
    formerly: ["words"],
    // A worked example has these too.
    summary: "words",
    basis: "words",
    sources: ["words"],
    owner: "words",
    reviewed: "day",
    // A kept version has two of these, and a record may have all.
    date: "day",
    version: "number",
    fingerprint: "print",
    next: "day",
  },
  needs: ["title", "template"],
};
export const KEYS = keysOf(AGREEMENT.keys);
export const DEFAULTS = { language: "en-GB", status: "draft", type: "text" };
export const PRINT = /^gr1:[0-9a-f]{64}$/;
const TYPES = ["text", "long text", "date", "rhythm", "choice", "list", "rows"];
export const KNOWN = { status: ["draft", "agreed", "ended"], type: TYPES };
export const MAX_LINE = 10000;

// ``front`` with what stands there where it says nothing.
export function withDefaults(front) {
  for (const key of ["parties", "left out", "signatures", "rounds", "related"]) front[key] = front[key] || [];
  for (const key of ["blanks", "answers", "taken"]) front[key] = front[key] || mapOf();
  for (const key of ["language", "status"]) if (!(key in front)) front[key] = DEFAULTS[key];
  return front;
}
export const withFront = (agreement, changes) => ({
  ...agreement,
  front: Object.assign(mapOf(), agreement.front, changes),
});
