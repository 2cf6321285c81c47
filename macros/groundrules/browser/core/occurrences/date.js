// The day itself.

import { readDate } from "../days.js";

export const dateOccurrence = {
  when: (text) => readDate(text) && { day: text, rhythm: null },
};
