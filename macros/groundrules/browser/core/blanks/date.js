// A day, kept as year-month-day and written as the language of the agreement does.

import { readDate } from "../days.js";

export const dateType = { written: (text, date) => (readDate(text) ? date(text) : text) };

export const dateMisfit = { textMisfit: (definition, text) => (readDate(text) ? null : phrase("notADate", { text })) };

export const dateOccurrence = { when: (text) => readDate(text) && { day: text, rhythm: null } };
