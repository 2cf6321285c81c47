// Time zones: agreement/document/zones.py.

import { ZONE_TABLE } from "../shared/zones.js";
import { own } from "./maps.js";
import { later, weekday } from "./weekdays.js";

const RULE = /^(<[^>]+>|[A-Za-z]+)([-0-9:]+)(?:(<[^>]+>|[A-Za-z]+)([-0-9:]+)?,M([-0-9.:/]+),M([-0-9.:/]+))?$/;
const DAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
const HOUR = 3600;
// Any year will do, if each engine takes the same.
const FROM = 1996;

const two = (number) => String(number).padStart(2, "0");
const bare = (name) => name.replace(/[<>]/g, "");
const daysIn = (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate();

const ruleOf = (zone) =>
  Object.keys(ZONE_TABLE.zones).find((rule) => ZONE_TABLE.zones[rule].split(" ").includes(zone)) || "";

function zonesFor(language) {
  const region = language.split("-").slice(1).find((part) => /^[A-Z]{2}$/.test(part));
  const found = own(ZONE_TABLE.regions, region || own(ZONE_TABLE.languages, language) || "");
  return found ? found.split(" ") : [];
}

// The zone that an agreement has named, else the only one of its language's region; empty where none is known.
export function zoneOf(language, named = "") {
  if (named) return ruleOf(named) && named;
  const found = zonesFor(language);
  return found.length === 1 ? found[0] : "";
}

function seconds(words) {
  const [hours, minutes = 0] = words.split(":");
  return (words.startsWith("-") ? -1 : 1) * (Math.abs(hours) * HOUR + minutes * 60);
}

function turnOf(words, name, before, after) {
  const [day, time = "2"] = words.split("/");
  const [month, week, on] = day.split(".").map(Number);
  const at = seconds(time);
  let behind = Math.floor(at / (24 * HOUR));
  let rest = at - behind * 24 * HOUR;
  if (week === 5 && behind > 0) [behind, rest] = [0, 24 * HOUR - 1];
  return { month, week, on, behind, rest, name, before, after };
}

function turnDay({ month, week, on, behind }, year) {
  const first = `${year}-${two(month)}-01`;
  const number = 1 + ((on - ((weekday(first) + 1) % 7) + 7) % 7) + 7 * (week - 1);
  return later(`${year}-${two(month)}-${two(number > daysIn(year, month) ? number - 7 : number)}`, behind);
}

function ruleLine({ month, week, on, behind }) {
  if (!behind) return `BYDAY=${week < 5 ? week : -1}${DAYS[on]};BYMONTH=${month}`;
  const last = week === 5 ? daysIn(FROM, month) : 7 * week;
  const days = Array.from({ length: 7 }, (_, at) => last - 6 + at + behind);
  return `BYDAY=${DAYS[(on + behind + 7) % 7]};BYMONTHDAY=${days.join(",")};BYMONTH=${month}`;
}

function turns(zone) {
  const [, name, west, other, otherWest, starts, ends] = RULE.exec(ruleOf(zone));
  const east = -seconds(west);
  if (!other) return { name: bare(name), east, found: [] };
  const otherEast = otherWest ? -seconds(otherWest) : east + HOUR;
  const found = [turnOf(starts, bare(other), east, otherEast), turnOf(ends, bare(name), otherEast, east)];
  return { name: bare(name), east, found };
}

// The last second of a day where a zone is kept, as Greenwich has it: 20270701T225959Z.
export function endOfDay(zone, day) {
  let { east, found } = turns(zone);
  const year = +day.slice(0, 4);
  const past = [year - 1, year]
    .flatMap((one) => found.map((turn) => [turnDay(turn, one), turn.after]))
    .filter(([turned]) => turned <= day)
    .sort((a, b) => (a[0] < b[0] ? -1 : 1));
  if (past.length) east = past.pop()[1];
  const last = new Date(Date.parse(`${day}T23:59:59Z`) - east * 1000);
  return `${last.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}

const offset = (east) =>
  `${east < 0 ? "-" : "+"}${two(Math.floor(Math.abs(east) / HOUR))}${two(Math.floor((Math.abs(east) % HOUR) / 60))}`;

const clockAt = (rest) => [rest / HOUR, (rest / 60) % 60, rest % 60].map((part) => two(Math.floor(part))).join("");

// The lines that state a zone in a calendar.
export function stated(zone) {
  const { name, east, found } = turns(zone);
  const lines = found
    .map((turn) => [turn.after > turn.before ? "DAYLIGHT" : "STANDARD", turn])
    .sort((a, b) => (a[0] < b[0] ? -1 : 1))
    .flatMap(([kind, turn]) => [
      `BEGIN:${kind}`,
      `DTSTART:${turnDay(turn, FROM).replace(/-/g, "")}T${clockAt(turn.rest)}`,
      `RRULE:FREQ=YEARLY;${ruleLine(turn)}`,
      `TZNAME:${turn.name}`,
      `TZOFFSETFROM:${offset(turn.before)}`,
      `TZOFFSETTO:${offset(turn.after)}`,
      `END:${kind}`,
    ]);
  if (!found.length)
    lines.push(
      "BEGIN:STANDARD",
      `DTSTART:${FROM}0101T000000`,
      `TZNAME:${name}`,
      `TZOFFSETFROM:${offset(east)}`,
      `TZOFFSETTO:${offset(east)}`,
      "END:STANDARD",
    );
  return ["BEGIN:VTIMEZONE", `TZID:${zone}`, ...lines, "END:VTIMEZONE"];
}
