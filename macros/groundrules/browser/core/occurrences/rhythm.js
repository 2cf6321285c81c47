// The first day of a rhythm, and how it goes on from there.

import { readRhythm } from "../blanks/rhythm.js";
import { WEEKDAYS, later, weekday } from "../weekdays.js";

// The first day on or after the one it names that is its weekday.
const firstDay = (rhythm) =>
  rhythm.weekday
    ? later(rhythm.first, (WEEKDAYS.indexOf(rhythm.weekday) - weekday(rhythm.first) + 7) % 7)
    : rhythm.first;

export const rhythmOccurrence = {
  when(text) {
    const rhythm = readRhythm(text);
    return rhythm && { day: firstDay(rhythm), rhythm };
  },
};
