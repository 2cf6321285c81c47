// The first day of a rhythm, and how it goes on from there.

import { rhythmParts } from "../blanks/rhythm.js";
import { WEEKDAYS, later, weekday } from "../weekdays.js";

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

// The first day on or after the one it names that is its weekday.
const firstDay = (rhythm) =>
  rhythm.weekday
    ? later(rhythm.first, (WEEKDAYS.indexOf(rhythm.weekday) - weekday(rhythm.first) + 7) % 7)
    : rhythm.first;
