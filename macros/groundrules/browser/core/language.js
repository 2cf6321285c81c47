// How a language writes dates and lists; what babel knows stands in the data.

export function writtenDate(day, locale) {
  const [year, month, date] = day.split("-").map(Number);
  return locale.dates[month - 1].replace(/\{(d+|y+)\}/g, (_, field) => {
    if (field[0] === "d") return String(date).padStart(field.length, "0");
    return String(field === "yy" ? year % 100 : year).padStart(field.length, "0");
  });
}

export function writtenList(items, locale) {
  const joined = (pattern, a, b) => pattern.replace(/\{([01])\}/g, (_, which) => (which === "0" ? a : b));
  if (items.length < 2) return items[0] || "";
  const last = items[items.length - 1];
  const { two, start, middle, end, welsh } = locale.lists;
  let text = joined(items.length === 2 ? two : start, items[0], items[1]);
  for (const item of items.slice(2, -1)) text = joined(middle, text, item);
  if (items.length > 2) text = joined(end, text, last);
  if (welsh) {
    const gone = `a(c) ${last}`;
    text =
      (text.endsWith(gone) ? text.slice(0, -gone.length) : text) +
      (/^[aeiouwy]/i.test(last.normalize("NFD")) ? "ac " : "a ") +
      last;
  }
  return text;
}
