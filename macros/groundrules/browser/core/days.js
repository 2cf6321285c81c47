// A day, as people write it in a file.

export function readDate(text) {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match || match[1] < "1900" || match[1] > "2199") return null;
  const day = new Date(text + "T00:00:00Z");
  return !isNaN(day) && day.toISOString().slice(0, 10) === text ? text : null;
}

// Days are texts such as 2026-12-01; Monday is 0.
export const weekday = (day) => (new Date(day + "T00:00:00Z").getUTCDay() + 6) % 7;
export const later = (day, by) => {
  const date = new Date(day + "T00:00:00Z");
  date.setUTCDate(date.getUTCDate() + by);
  return date.toISOString().slice(0, 10);
};
