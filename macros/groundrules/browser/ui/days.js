// Days as a reader's clock and calendar have them.

// The day it is where the reader is, as year-month-day.
export function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
