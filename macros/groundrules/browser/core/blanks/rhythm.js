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

export function readRhythm(text) {
  const match = RHYTHM.exec(strip(text));
  if (!match || !readDate(match[5])) return null;
  const [hour, minute] = (match[4] || "").replace(".", ":").split(":");
  if (hour && +hour > 23) return null;
  const weekday = match[3] ? match[3][0].toUpperCase() + match[3].slice(1).toLowerCase() : "";
  return {
    count: +(match[1] || 1),
    unit: match[2].toLowerCase(),
    weekday,
    time: hour ? `${hour.padStart(2, "0")}:${minute}` : "",
    first: match[5],
  };
}

export const rhythmType = {
  written(text, date) {
    const rhythm = readRhythm(text);
    return rhythm ? text.split(rhythm.first).join(date(rhythm.first)) : text;
  },
};
