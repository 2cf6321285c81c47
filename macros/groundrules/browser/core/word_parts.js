// The parts of a Word file, as strings.

import { FRAMES } from "../shared/word.js";
import { escape } from "./html.js";
import { keysOf } from "./maps.js";
import { holdable } from "./printed_word.js";
import { sha256 } from "./sha256.js";
import { SPACE } from "./strings.js";

const LONGEST_TAG = 64;
const LONGEST_BOOKMARK = 40;
export const BULLETS = 1;
export const NUMBERS = 2;
export const FIRST_OWN_LIST = 3;
export const HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";

// What a Word file in a document's language holds before anything is written into it.
export function emptyParts({ direction, language }) {
  const parts = Object.entries(FRAMES[direction]);
  return Object.fromEntries(parts.map(([name, text]) => [name, text.replaceAll("\ue001", escape(holdable(language)))]));
}

export function element(tag, attributes, ...children) {
  const name = tag.includes(":") ? tag : `w:${tag}`;
  const opening =
    name +
    keysOf(attributes)
      .map((key) => ` ${key.includes(":") ? key : `w:${key}`}=${quoted(attributes[key])}`)
      .join("");
  const inside = children.flat(Infinity);
  return inside.length ? `<${opening}>${inside.join("")}</${name}>` : `<${opening}/>`;
}

export function quoted(value) {
  const text = escape(holdable(String(value))).replace(/[\n\r\t]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  if (!text.includes('"')) return `"${text}"`;
  return text.includes("'") ? `"${text.replace(/"/g, "&quot;")}"` : `'${text}'`;
}

export function words(text) {
  const kept = SPACE.test(text[0] || "") || SPACE.test(text[text.length - 1] || "") || text.includes("  ");
  return `<w:t${kept ? ' xml:space="preserve"' : ""}>${escape(holdable(text)).replace(/\r/g, "&#13;")}</w:t>`;
}

// A text where it fits, else its beginning and a digest.
export function short(text, longest = LONGEST_TAG) {
  text = holdable(text);
  if (text.length <= longest) return text;
  const ascii = /^[\x00-\x7f]*$/.test(text);
  return `${[...text].slice(0, ascii ? longest - 9 : (longest - 9) >> 1).join("")}_${sha256(text).slice(0, 8)}`;
}

export const bookmark = (id) => short(`clause_${id}`.replace(/[^A-Za-z0-9]/g, "_"), LONGEST_BOOKMARK);
