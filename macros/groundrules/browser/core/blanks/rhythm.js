// How often something happens; other words than those that a calendar understands may be kept as well.

import { readDate } from "../days.js";
import { firstDay, reading } from "../rhythms.js";
import { SPACES, rstrip, strip } from "../strings.js";

// How many, the unit, the weekday, the time, and the first day, or what stands in its fields while it is none.
export const RHYTHM = new RegExp(
  (
    "^every[_]+(?:([1-9][0-9]?)[_]+)?(day|week|month|year)s?" +
    "(?:[_]+on[_]+(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday))?" +
    "(?:[_]+at[_]+([0-2]?[0-9][:.][0-5][0-9]))?(?:,?[_]+(?:from|starting)[_]+([0-9]{4}-[0-9]{2}-[0-9]{2}|.*/.*/.*))?$"
  ).replace(/_/g, SPACES),
  "i",
);

export const rhythmType = {
  written(text, date) {
    const [, , , , time, first] = RHYTHM.exec(strip(text)) || [];
    return readDate(first) && !(parseInt(time) > 23) ? text.split(first).join(date(first)) : text;
  },
};

export const rhythmOccurrence = {
  when(text) {
    const { rhythm } = reading(text);
    const day = rhythm && firstDay(rhythm);
    return day ? { day, rhythm } : null;
  },
};

export const rhythmRemark = {
  remark(text) {
    const { why } = reading(text);
    if (!why) return "";
    const example =
      why === phrase("rhythmNoFirstDay")
        ? `${rstrip(strip(text), ".")} from 1 December 2026`
        : "every 4 weeks on Tuesday at 14:00 from 1 December 2026";
    return phrase("noCalendarEntry", { why, example });
  },
};
