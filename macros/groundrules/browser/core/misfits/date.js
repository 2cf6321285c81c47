// A day, kept as year-month-day.

import { notADate } from "../../shared/messages.js";
import { readDate } from "../days.js";

export const dateMisfit = {
  textMisfit: (definition, text) => (readDate(text) ? null : notADate({ text })),
};
