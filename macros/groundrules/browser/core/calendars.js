// The calendar of an agreement.

import { written } from "./answers.js";
import { typeOf } from "./blanks.js";
import { keysOf, own } from "./maps.js";
import { blankKey } from "./markup/nodes.js";
import { when } from "./occurrences.js";
import { holdable } from "./printed_word.js";
import { placesInMonth } from "./rhythms.js";
import { sha256 } from "./sha256.js";
import { signedDraft } from "./standing.js";
import { isMap, isText, strip } from "./strings.js";
import { WEEKDAYS, later } from "./weekdays.js";
import { endOfDay, stated, zoneOf } from "./zones.js";

const UNSIGNED = "2026-01-01";
const FREQUENCIES = { day: "DAILY", week: "WEEKLY", month: "MONTHLY", year: "YEARLY" };

const compact = (day) => day.replace(/-/g, "");

// No rhythm begins after the end, and of what has ended nothing is left after it: nothing at all, if nobody knows when.
function entries(document) {
  const ended = document.status === "ended";
  return allEntries(document).filter(({ day, rhythm }) =>
    ended || (rhythm && document.end) ? document.end && day <= document.end : true,
  );
}

function allEntries(document) {
  const found = [];
  for (const { name, definition, answer } of document.blanks) {
    const key = blankKey(name);
    if (typeOf(definition).structure === "table") found.push(...inRows(definition, answer, key, document));
    else if (definition.calendar && isText(answer))
      found.push(...entry([key], definition.calendar, definition, strip(answer)));
  }
  if (document.end)
    found.push({ parts: ["end"], title: document.labels.ends, day: document.end });
  return found;
}

function inRows({ columns }, answer, key, document) {
  const names = keysOf(columns);
  return (Array.isArray(answer) ? answer : []).filter(isMap).flatMap((row) => {
    const cell = (name) => own(row, name) || "";
    const start = names.map(cell).find(Boolean) || "";
    return names
      .filter((name) => columns[name].calendar)
      .flatMap((name) => {
        const details = names
          .filter((other) => other !== name && cell(other))
          .map((other) => `${other}: ${written(columns[other], cell(other), document.locale)}`)
          .join("\n");
        const title = name === names[0] ? columns[name].calendar : `${columns[name].calendar}: ${start}`;
        return entry([key, blankKey(name), start], title, columns[name], strip(String(cell(name)))).map((one) => ({
          ...one,
          details,
        }));
      });
  });
}

function entry(parts, title, definition, answer) {
  const found = when(definition, answer);
  return found ? [{ parts, title, ...found, details: "" }] : [];
}

function rule({ day, rhythm }, until, zone) {
  const { unit, weekdays, monthday, time } = rhythm;
  const inMonth = unit === "month" || unit === "year";
  const number = monthday || +day.slice(8);
  const last = [rhythm.last, until].filter(Boolean).sort()[0];
  const made = {
    FREQ: FREQUENCIES[unit],
    UNTIL: last ? (time ? lastMoment(last, zone) : compact(last)) : "",
    INTERVAL: rhythm.count > 1 ? rhythm.count : "",
    BYDAY: "",
    BYMONTHDAY: "",
    BYMONTH: unit === "year" ? +day.slice(5, 7) : "",
    BYSETPOS: "",
  };
  if (weekdays.length) {
    const named = weekdays.map((one) => WEEKDAYS[one].slice(0, 2).toUpperCase());
    const places = inMonth ? placesInMonth(rhythm, day) : [""];
    made.BYDAY = places.flatMap((place) => named.map((one) => `${place}${one}`)).join(",");
  } else if (monthday < 0) made.BYMONTHDAY = -1;
  else if (inMonth && number > 28) {
    made.BYMONTHDAY = [28, 29, 30, 31].filter((one) => one <= number).join(",");
    made.BYSETPOS = -1;
  }
  return keysOf(made)
    .filter((key) => made[key] !== "")
    .map((key) => `${key}=${made[key]}`)
    .join(";");
}

const lastMoment = (day, zone) => (zone ? endOfDay(zone, day) : `${compact(day)}T235959`);

// As the library that Python uses writes it: PT1H, PT1H30M, PT45M.
function durationOf({ time, ends }) {
  const minutesOf = (one) => +one.slice(0, 2) * 60 + +one.slice(3);
  const minutes = ends ? minutesOf(ends) - minutesOf(time) : 60;
  const hours = Math.floor(minutes / 60);
  return `PT${hours ? `${hours}H` : ""}${minutes % 60 ? `${minutes % 60}M` : ""}`;
}

// The name that the partnership's folder would have: an agreement that is older than ids is known by it.
const identity = (title) => (title.toLowerCase().match(/[a-z0-9]+/g) || []).join("-");

export function ics(agreement, template) {
  const document = signedDraft(agreement, template);
  const { front } = agreement;
  const known = front.id || identity(front.title) || template.id;
  const title = holdable(document.title);
  const zone = zoneOf(front.language, front["time zone"]);
  const stamp =
    document.signatures
      .map((one) => one.date)
      .sort()
      .pop() || UNSIGNED;
  const seen = new Map();
  const lines = [];
  let timed = false;
  for (const one of entries(document)) {
    const { parts, rhythm, day } = one;
    const key = parts.join("\0");
    seen.set(key, (seen.get(key) || 0) + 1);
    const again = seen.get(key) > 1 ? [String(seen.get(key))] : [];
    lines.push("BEGIN:VEVENT", `SUMMARY:${escaped(holdable(`${one.title} (${document.title})`))}`);
    const atTime = rhythm && rhythm.time;
    if (atTime) {
      timed = timed || !!zone;
      lines.push(
        `DTSTART${zone ? `;TZID=${zone}` : ""}:${compact(day)}T${rhythm.time.replace(":", "")}00`,
        `DURATION:${durationOf(rhythm)}`,
      );
    } else lines.push(`DTSTART;VALUE=DATE:${compact(day)}`, `DTEND;VALUE=DATE:${compact(later(day, 1))}`);
    lines.push(`DTSTAMP:${compact(stamp)}T000000Z`, `UID:${uid([known, ...parts, ...again])}`);
    if (rhythm) lines.push(`RRULE:${rule(one, document.end, zone)}`);
    if (one.details) lines.push(`DESCRIPTION:${escaped(holdable(one.details))}`);
    if (!atTime) lines.push("TRANSP:TRANSPARENT");
    lines.push("END:VEVENT");
  }
  const head = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Ground Rules//groundrules//EN",
    "METHOD:PUBLISH",
    `X-WR-CALNAME:${escaped(title)}`,
  ];
  return [...head, ...(timed ? stated(zone) : []), ...lines, "END:VCALENDAR"].map(folded).join("\r\n") + "\r\n";
}

const uid = (parts) => `${sha256(parts.join("\0")).slice(0, 32)}@groundrules`;
const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r\n|\n|\r/g, "\\n");

// A line holds fewer than 75 bytes; the rest goes below, behind a space.
function folded(line) {
  const lines = [""];
  let size = 0;
  for (const sign of line) {
    const bytes = new TextEncoder().encode(sign).length;
    const last = lines[lines.length - 1];
    if (last && size + bytes >= 75) {
      const torn = last.length > 1 && /[\\^]$/.test(last) ? last.slice(-1) : "";
      lines[lines.length - 1] = last.slice(0, last.length - torn.length);
      lines.push(torn);
      size = torn.length;
    }
    lines[lines.length - 1] += sign;
    size += bytes;
  }
  return lines.join("\r\n ");
}
