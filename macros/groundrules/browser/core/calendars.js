// The calendar of an agreement.

import { written } from "./answers.js";
import { assemble } from "./assemble.js";
import { typeOf } from "./blanks.js";
import { keysOf, own } from "./maps.js";
import { blankKey } from "./markup/nodes.js";
import { when } from "./occurrences.js";
import { holdable } from "./printed_word.js";
import { sha256 } from "./sha256.js";
import { isMap, isText, strip } from "./strings.js";
import { WEEKDAYS, later, weekday } from "./weekdays.js";

const ZONES = { "en-GB": "Europe/London", cy: "Europe/London", "cy-GB": "Europe/London" };
const LONDON = `BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE`.split("\n");
const UNSIGNED = "2026-01-01";
const FREQUENCIES = { day: "DAILY", week: "WEEKLY", month: "MONTHLY", year: "YEARLY" };

const compact = (day) => day.replace(/-/g, "");

function entries(document) {
  const found = [];
  for (const { name, definition, answer } of document.blanks) {
    const key = blankKey(name);
    if (typeOf(definition).structure === "table") found.push(...inRows(definition, answer, key, document));
    else if (definition.calendar && isText(answer))
      found.push(...entry([key], definition.calendar, definition, strip(answer)));
  }
  if (document.end)
    found.push({ parts: ["end"], title: document.labels.ends || "The agreement ends", day: document.end });
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
  const [, month, date] = day.split("-").map(Number);
  const { unit } = rhythm;
  const named = WEEKDAYS[weekday(day)].slice(0, 2).toUpperCase();
  const made = {
    FREQ: FREQUENCIES[unit],
    UNTIL: "",
    INTERVAL: rhythm.count > 1 ? rhythm.count : "",
    BYDAY: "",
    BYMONTHDAY: "",
    BYMONTH: unit === "year" ? month : "",
    BYSETPOS: "",
  };
  if (rhythm.weekday && (unit === "month" || unit === "year")) {
    const week = Math.floor((date - 1) / 7) + 1;
    made.BYDAY = `${week < 5 ? week : -1}${named}`;
  } else if (rhythm.weekday) {
    made.BYDAY = named;
    if (unit === "day") Object.assign(made, { FREQ: "WEEKLY", INTERVAL: "" });
  } else if ((unit === "month" || unit === "year") && date > 28) {
    made.BYMONTHDAY = [28, 29, 30, 31].filter((one) => one <= date).join(",");
    made.BYSETPOS = -1;
  }
  if (until) made.UNTIL = rhythm.time ? lastMoment(until, zone) : compact(until);
  return keysOf(made)
    .filter((key) => made[key] !== "")
    .map((key) => `${key}=${made[key]}`)
    .join(";");
}

// The last second of a day: in London's summer an hour earlier by the world's clock.
function lastMoment(day, zone) {
  const lastSunday = (month) =>
    later(`${day.slice(0, 4)}-${month}-31`, -((weekday(`${day.slice(0, 4)}-${month}-31`) + 1) % 7));
  const summer = day >= lastSunday("03") && day < lastSunday("10");
  return `${compact(day)}T${zone && summer ? "22" : "23"}5959${zone ? "Z" : ""}`;
}

export function ics(agreement, template) {
  const document = agreement.front ? assemble(agreement, template) : agreement;
  const title = holdable(document.title);
  const zone = own(ZONES, document.language);
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
    if (rhythm && document.end && day > document.end) continue;
    const key = parts.join("\0");
    seen.set(key, (seen.get(key) || 0) + 1);
    const again = seen.get(key) > 1 ? [String(seen.get(key))] : [];
    lines.push("BEGIN:VEVENT", `SUMMARY:${escaped(holdable(`${one.title} (${document.title})`))}`);
    const atTime = rhythm && rhythm.time;
    if (atTime) {
      timed = timed || !!zone;
      lines.push(
        `DTSTART${zone ? `;TZID=${zone}` : ""}:${compact(day)}T${rhythm.time.replace(":", "")}00`,
        "DURATION:PT1H",
      );
    } else lines.push(`DTSTART;VALUE=DATE:${compact(day)}`, `DTEND;VALUE=DATE:${compact(later(day, 1))}`);
    lines.push(`DTSTAMP:${compact(stamp)}T000000Z`, `UID:${uid([document.id, ...parts, ...again])}`);
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
  return [...head, ...(timed ? LONDON : []), ...lines, "END:VCALENDAR"].map(folded).join("\r\n") + "\r\n";
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
