// Fields for a day, its month and its year: alike in every browser, whatever its language.

import { readDate } from "../core/days.js";
import { writtenDate } from "../core/language.js";

let numbered = 0;

// Tuesday 1 December 2026; ``locale`` is how the reader's language writes it.
export const dayInWords = (day, locale) =>
  phrase("weekdayAndDay", { weekday: locale.weekdays[new Date(day).getUTCDay()], day: writtenDate(day, locale) });
// Small letters without accents, and digits that everybody knows.
const plain = (words) =>
  words
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt() & 15)
    .toLowerCase();
// The number of a month, by the number itself or the first letters of one of its names; 0 if there is not just one.
const monthOf = (words, names) => {
  if (/^\d/.test(words)) return /^\d\d?$/.test(words) && words < 13 ? +words : 0;
  const found = names.map((one, at) => plain(` ${one}`).includes(` ${words}`) && at + 1).filter(Boolean);
  return words.length > 2 && found.length === 1 ? found[0] : 0;
};
// The day, month and year of a whole date in other words; nothing for what is none.
const split = (text, names) => {
  const words = plain(text).match(/\d+|\p{L}+/gu) || [];
  const numbers = words.filter((one) => /\d/.test(one));
  if (numbers[0] && numbers[0].length > 2) numbers.reverse();
  const [month, other] = words.map((one) => !/\d/.test(one) && monthOf(one, names)).filter(Boolean);
  if (month && !other && numbers.length === 2) numbers.splice(1, 0, month);
  return numbers.length === 3 && numbers.map((one) => String(one).replace(/^0/, ""));
};

// Sets the fields in ``box`` to work; ``locale`` is how the reader's language writes days, and ``typed`` are all names
// that somebody may give a month. The box has a value then: the day as files keep it, or while there is none, what
// stands in the three, with strokes between. Its ``why`` says why that is no day.
export const dayField = (box, locale, value, { typed: names } = locale) => {
  const inputs = [...box.querySelectorAll("input")];
  const status = box.querySelector("[role=status]");
  status.id = `gr-day-${(numbered += 1)}`;
  inputs.forEach((one) => one.setAttribute("aria-describedby", status.id));
  const put = (parts) => inputs.forEach((one, index) => (one.value = parts[index] || ""));
  const read = () => {
    const given = inputs.map((one) => one.value.trim().replace(/\//g, " "));
    const [day, name, year] = given.map((one) => plain(one).replace(/(\d)(st|nd|rd|th)$/, "$1").replace(/\.$/, ""));
    const month = monthOf(name, names);
    const whole = readDate([year, ...[month, +day].map((one) => String(one).padStart(2, "0"))].join("-"));
    if (whole || !given.some(Boolean)) return { value: whole || "" };
    const empty = given.indexOf("");
    const at = empty >= 0 ? empty : !month ? 1 : !/^(19|2[01])\d\d$/.test(year) ? 2 : 0;
    const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
    const called = locale.months[month - 1];
    const has = phrase("monthHasDays", { month: called + (month === 2 ? ` ${year}` : ""), count: days });
    const words = inputs[at].dataset;
    const why = empty >= 0 ? words.empty : at ? words.odd : `${has} ${words.odd}`;
    return { value: given.join("/"), at, why };
  };
  const show = (done) => {
    const { value: now, at, why } = read();
    const words = why
      ? done || inputs[2].value.length > 3
        ? why
        : ""
      : now && dayInWords(now, locale);
    if (status.textContent !== words) status.textContent = words;
    inputs.forEach((one, index) => one.setAttribute("aria-invalid", !!words && index === at));
  };
  const spread = (text, event) => {
    const parts = split(text, names);
    if (!parts) return;
    event.preventDefault();
    put(parts);
    inputs[2].dispatchEvent(new Event("input", { bubbles: true }));
  };
  box.addEventListener("input", () => show());
  box.addEventListener("paste", (event) => spread(event.clipboardData.getData("text"), event));
  box.addEventListener("change", (event) => spread(event.target.value, event));
  box.addEventListener("focusout", (event) => box.contains(event.relatedTarget) || show(true));
  Object.defineProperties(box, {
    value: {
      get: () => read().value,
      set: (text) => {
        const parts = text.split("/");
        put(parts[2] === undefined ? split(text, names) || [text] : parts);
        show(true);
      },
    },
    why: { get: () => read().why },
  });
  box.value = value || "";
  return box;
};
