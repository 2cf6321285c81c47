// How often something happens; other words than those that a calendar understands may be kept as well.

import { readDate } from "../days.js";
import { SPACES, strip } from "../strings.js";
import { WEEKDAYS, later, weekday } from "../weekdays.js";

export const RHYTHM = new RegExp(
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

// The first day on or after the one it names that is its weekday.
export const firstDay = (rhythm) =>
  rhythm.weekday
    ? later(rhythm.first, (WEEKDAYS.indexOf(rhythm.weekday) - weekday(rhythm.first) + 7) % 7)
    : rhythm.first;

export const rhythmOccurrence = {
  when(text) {
    const parts = rhythmParts(text);
    if (!parts) return null;
    const [count = "1", unit, on = "", at = "", first] = parts;
    const [hour, minute] = at.split(/[:.]/);
    const rhythm = {
      count: +count,
      unit: unit.toLowerCase(),
      weekday: on && on[0].toUpperCase() + on.slice(1).toLowerCase(),
      time: at && `${hour.padStart(2, "0")}:${minute}`,
      first,
    };
    return { day: firstDay(rhythm), rhythm };
  },
};
