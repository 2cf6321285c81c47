// The form of an agreement that opens again.

import { DEFAULTS, WRITTEN } from "../shared/shape.js";
import { entriesOf, keysOf, mapOf, own } from "./maps.js";
import { isMap, isText, lstrip } from "./strings.js";

export function write(agreement) {
  const pieces = ["---\n" + frontMatter(agreement.front) + "---"];
  if (agreement.preamble) pieces.push(agreement.preamble);
  for (const section of agreement.sections) pieces.push(heading(section), section.text);
  return pieces.join("\n\n").replace("---\n\n", "---\n") + "\n";
}

export const heading = (section) =>
  `## ${section.title} {#${section.id}${section.wording ? ` wording=${section.wording}` : ""}}`;
export const frontMatter = (front) => lines(plain(front, WRITTEN), 0).join("");

class Bare {
  constructor(text) {
    this.text = text;
  }
}

// A value with its keys in the order of the model, and without those that are as they would be anyway.
function plain(value, shape) {
  if (isText(shape)) return shape === "bare" ? new Bare(value) : value;
  if (Array.isArray(shape)) return value.map((one) => plain(one, shape[0]));
  if (shape.each) return mapOf(entriesOf(value).map(([key, one]) => [key, plain(one, shape.each)]));
  const kept = keysOf(shape.keys).filter((key) => {
    const one = own(value, key);
    if (one === undefined || one === null) return false;
    return (
      shape.needs.includes(key) ||
      (isText(one) ? one !== (DEFAULTS[key] || "") : (Array.isArray(one) ? one : keysOf(one)).length > 0)
    );
  });
  return mapOf(kept.map((key) => [key, plain(value[key], shape.keys[key])]));
}

const lines = (data, depth) =>
  entriesOf(data).flatMap(([key, value]) => entry(`${"  ".repeat(depth)}${writtenKey(key)}:`, value, depth));

function entry(start, value, depth) {
  const under = below(value, depth + 1);
  return under.length ? [start + "\n", ...under] : [`${start} ${scalar(value)}\n`];
}

function below(value, depth) {
  if (Array.isArray(value)) return value.flatMap((one) => listItem(one, depth));
  return isMap(value) && !(value instanceof Bare) ? lines(value, depth) : [];
}

const scalar = (value) => (value instanceof Bare ? value.text : quote(isText(value) ? value : ""));

function listItem(value, depth) {
  const dash = "  ".repeat(depth) + "- ";
  const under = below(value, depth + 1);
  return under.length ? [dash + lstrip(under[0]), ...under.slice(1)] : [`${dash}${scalar(value)}\n`];
}

const writtenKey = (key) => (/^[A-Za-z](?:[A-Za-z0-9 -]*[A-Za-z0-9])?$/.test(key) ? key : quote(key));

const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r" };

export const quote = (text) =>
  '"' +
  text.replace(
    /[\\"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (sign) => ESCAPES[sign] || `\\u${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`,
  ) +
  '"';
