// Counting in days, each a text such as 2026-12-01.

export const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

// The place of its weekday among those.
export const weekday = (day) => (new Date(day + "T00:00:00Z").getUTCDay() + 6) % 7;

export const later = (day, by) => {
  const date = new Date(day + "T00:00:00Z");
  date.setUTCDate(date.getUTCDate() + by);
  return date.toISOString().slice(0, 10);
};
