// A day, as people write it in a file.

export function readDate(text) {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match || match[1] < "1900" || match[1] > "2199") return null;
  const day = new Date(text + "T00:00:00Z");
  return !isNaN(day) && day.toISOString().slice(0, 10) === text ? text : null;
}
