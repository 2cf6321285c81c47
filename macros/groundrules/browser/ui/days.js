// Days as a reader's clock and calendar have them.

// The day of that moment where the reader is, as year-month-day; and the day it is there.
export const dayOf = (time) =>
  [time.getFullYear(), time.getMonth() + 1, time.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
export const today = () => dayOf(new Date());
