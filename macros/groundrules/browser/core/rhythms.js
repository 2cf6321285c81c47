// Rhythms as people write them, and the days they fall on: model/blanks/rhythm.py.

import { RHYTHMS } from "../shared/rhythms.js";
import { readDate } from "./days.js";
import { own } from "./maps.js";
import { oneLine } from "./strings.js";
import { later, weekday } from "./weekdays.js";

const listed = (said, key) =>
  ((said[key] || "").match(/[a-z0-9]+/g) || []).filter((one) => !["and", "or", "to"].includes(one));
const weekdayOf = (word) => RHYTHMS.weekdays.indexOf(word.slice(0, 2));

// The rhythm that a text states, or why no calendar can hold it.
export function reading(text) {
  const words = oneLine(text.toLowerCase().replace(/’/g, "'").replace(/,/g, " ")).replace(/[.; ]+$/, "");
  for (const { pattern, one, other } of RHYTHMS.doubtful) {
    const found = new RegExp(`(?:^| )(${pattern})`).exec(words);
    if (found) return { why: phrase("rhythmDoubtful", { words: found[1], one, other }) };
  }
  const { said, rest } = saidIn(words);
  return rest ? { why: phrase("rhythmNotUnderstood", { words: rest }) } : rhythmOf(said);
}

function saidIn(words) {
  let rest = words;
  let said = {};
  while (rest) {
    let found;
    const rule = RHYTHMS.rules.find(({ pattern }) => {
      found = new RegExp(`^${pattern}`).exec(rest);
      return found && found[0];
    });
    if (!rule) return { rest };
    const { pattern: _, ...fixed } = rule;
    const given = Object.entries({ ...fixed, ...found.groups }).filter((one) => one[1]);
    if (given.some(([key, value]) => key in said && said[key] !== value)) return { rest };
    said = { ...said, ...Object.fromEntries(given) };
    rest = rest.slice(found[0].length).trimStart();
  }
  return { said };
}

function rhythmOf(said) {
  const weekdays = [...new Set(listed(said, "weekdays").map(weekdayOf))].sort();
  const nths = listed(said, "nths").map((one) => RHYTHMS.nths[one]);
  const monthday = +(said.monthday || 0);
  const { within = "" } = said;
  const named = said.unit || within || (nths.length || monthday ? "month" : weekdays.length ? "week" : "");
  if (!named) return { why: phrase("rhythmNoInterval") };
  let [times, unit] = RHYTHMS.units[named];
  let count = times * (own(RHYTHMS.numbers, said.count) || +(said.count || 1));
  const inMonth = unit === "month" || unit === "year";
  const many = weekdays.length;
  const odd =
    (["week", "month"].includes(within) && within !== unit) ||
    (within === "month" && many && !nths.length) ||
    (!inMonth && (nths.length || monthday)) ||
    (inMonth && many && (monthday || (many > 1 && !nths.length))) ||
    ![0, many * Math.max(1, nths.length)].includes(+(said.many || 0)) ||
    monthday < -1 ||
    monthday > 31;
  if (odd) return { why: phrase("rhythmDoesNotFit") };
  if (!said.first) return { why: phrase("rhythmNoFirstDay") };
  if (unit === "day" && many) [count, unit] = [1, "week"];
  const [first, last] = [said.first, said.last].map((words) => words && dayOf(words));
  const [time, ends] = [said.time, said.ends].map((words) => words && timeOf(words));
  if (!first || [last, time, ends].includes(null) || (last && last < first) || (ends && ends <= time))
    return { why: phrase("rhythmDoesNotFit") };
  return { rhythm: { count, unit, weekdays, time, first, nths, monthday, last, ends } };
}

function dayOf(words) {
  const found = RHYTHMS.dates.map((pattern) => new RegExp(`^${pattern}$`).exec(words)).find(Boolean).groups;
  const month = /\d/.test(found.month) ? found.month : RHYTHMS.months.indexOf(found.month.slice(0, 3)) + 1;
  const two = (one) => String(+one).padStart(2, "0");
  const day = readDate(`${found.year}-${two(month)}-${two(found.day)}`);
  return day && (!found.weekday || weekdayOf(found.weekday) === weekday(day)) ? day : null;
}

function timeOf(words) {
  if (/noon|mid/.test(words)) return "12:00";
  const [hour, minute = "00"] = words.match(/\d+/g);
  const half = /[ap]/.exec(words);
  const full = half ? (+hour % 12) + (half[0] === "p" ? 12 : 0) : +hour;
  return (half ? +hour < 1 || +hour > 12 : full > 23) ? null : `${String(full).padStart(2, "0")}:${minute}`;
}

const lengthOf = (day) => new Date(Date.UTC(+day.slice(0, 4), +day.slice(5, 7), 0)).getUTCDate();
const inMonth = (day) => +day.slice(8);

// Which of its weekdays in a month it is; where none is named, that of the first, and the last for a fifth.
export const placesInMonth = (rhythm, first) =>
  rhythm.nths.length ? rhythm.nths : [inMonth(first) < 29 ? Math.floor((inMonth(first) - 1) / 7) + 1 : -1];

function isItsDay(rhythm, day) {
  const { unit, weekdays, nths, monthday } = rhythm;
  if (unit === "day" || unit === "week" || (weekdays.length && !nths.length))
    return !weekdays.length || weekdays.includes(weekday(day));
  const length = lengthOf(day);
  if (!weekdays.length) {
    const number = monthday || inMonth(rhythm.first);
    return inMonth(day) === (number < 0 ? length : Math.min(number, length));
  }
  const place = Math.floor((inMonth(day) - 1) / 7) + 1;
  return weekdays.includes(weekday(day)) && (nths.includes(place) || (nths.includes(-1) && inMonth(day) + 7 > length));
}

// The first day on or after the one it names that is one of its days; nothing if it is over before.
export function firstDay(rhythm) {
  for (let by = 0; by < 400; by++) {
    const day = later(rhythm.first, by);
    if (isItsDay(rhythm, day)) return rhythm.last && day > rhythm.last ? null : day;
  }
  return null;
}

// Whether it happens on ``day``, if ``first`` is the first time.
export function occurs(rhythm, first, day) {
  const { count, unit, weekdays, nths, monthday } = rhythm;
  if (day < first || (rhythm.last && day > rhythm.last)) return false;
  const days = (Date.parse(day) - Date.parse(first)) / 864e5;
  if (unit === "day") return days % count === 0;
  if (unit === "week") {
    const weeks = (days + weekday(first) - weekday(day)) / 7;
    return weeks % count === 0 && (weekdays.length ? weekdays.includes(weekday(day)) : days % 7 === 0);
  }
  const months = 12 * (day.slice(0, 4) - first.slice(0, 4)) + +day.slice(5, 7) - first.slice(5, 7);
  if (months % (count * (unit === "year" ? 12 : 1))) return false;
  return isItsDay({ ...rhythm, first, monthday, nths: weekdays.length ? placesInMonth({ nths }, first) : nths }, day);
}
