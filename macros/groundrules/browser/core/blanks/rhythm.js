// How often something happens; other words than those that a calendar understands may be kept as well.

import { readDate } from "../days.js";
import { SPACES, strip } from "../strings.js";

const RHYTHM = new RegExp(
  (
    "^every[_]+(?:([1-9][0-9]?)[_]+)?(day|week|month|year)s?" +
    "(?:[_]+on[_]+(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday))?" +
    "(?:[_]+at[_]+([0-2]?[0-9][:.][0-5][0-9]))?,?[_]+(?:from|starting)[_]+([0-9]{4}-[0-9]{2}-[0-9]{2})$"
  ).replace(/_/g, SPACES),
  "i",
);

// The parts of a rhythm that a calendar understands: how many, the unit, the weekday, the time, the first day. Or null.
export function rhythmParts(text) {
  const [, ...parts] = RHYTHM.exec(strip(text)) || [];
  const [, , , time, first] = parts;
  return readDate(first) && !(parseInt(time) > 23) ? parts : null;
}

export const rhythmType = {
  written(text, date) {
    const parts = rhythmParts(text);
    return parts ? text.split(parts[4]).join(date(parts[4])) : text;
  },
};
