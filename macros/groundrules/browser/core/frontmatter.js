// Front matter: a stated subset of YAML, every scalar a string.

import { mapOf, own, put } from "./maps.js";
import { rstrip, strip } from "./strings.js";
import { DEEP } from "../shared/limits.js";

export function split(text) {
  if (!text.startsWith("---\n")) return null;
  let end = text.indexOf("\n---\n", 3);
  if (end < 0) {
    if (!text.endsWith("\n---")) return null;
    end = text.length - 4;
  }
  const front = text.slice(4, end + 1);
  return [front, text.slice(end + 5), front.split("\n").length + 2];
}

class Refused extends Error {}

export class FrontReader {
  constructor(text, firstLine) {
    this.lines = text.split("\n");
    this.first = firstLine;
    this.at = 0;
    this.problems = [];
    this.places = new Map();
  }

  // The line of the place that ``path`` leads to, or of the nearest one above it.
  lineOf(path) {
    const found = this.places.get(path.join("\n"));
    return found || (path.length ? this.lineOf(path.slice(0, -1)) : this.first);
  }

  note(path) {
    this.places.set(path.join("\n"), this.first + this.at);
  }

  read() {
    let data = mapOf();
    try {
      if (this.next()) data = this.block(this.indent(), []);
      if (this.next()) this.refuse("broken-yaml", phrase("unevenSpaces"));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      data = mapOf();
    }
    return data;
  }

  find(name, message, at = this.at) {
    this.problems.push({ line: this.first + Math.min(at, this.lines.length - 1), name, message });
  }

  refuse(name, message, at) {
    this.find(name, message, at);
    throw new Refused();
  }

  // Whether a line is left; goes to it, over empty lines and comments.
  next() {
    while (this.at < this.lines.length && /^[ \t]*(#.*)?$/.test(this.lines[this.at])) this.at++;
    if (this.at >= this.lines.length) return false;
    const line = this.lines[this.at];
    if (/^ *\t/.test(line)) this.refuse("broken-yaml", phrase("tabInFrontMatter"));
    if (/^(---|\.\.\.)( |$)/.test(line))
      this.refuse("yaml-style", phrase("anotherDocument"));
    return true;
  }

  indent() {
    return this.lines[this.at].search(/[^ ]/);
  }

  block(indent, path) {
    if (path.length >= DEEP) this.refuse("yaml-style", phrase("nestedTooDeep", { most: DEEP }));
    const line = this.lines[this.at].slice(indent);
    return /^-( |$)/.test(line) ? this.sequence(indent, path) : this.mapping(indent, path);
  }

  sequence(indent, path) {
    const items = [];
    while (this.next() && this.indent() === indent) {
      const line = this.lines[this.at];
      const dash = /^-( +|$)/.exec(line.slice(indent));
      if (!dash) break;
      const rest = line.slice(indent + dash[0].length);
      const here = [...path, items.length];
      this.note(here);
      if (rest && !rest.startsWith("#") && (/^-( |$)/.test(rest) || this.key(rest))) {
        const below = indent + dash[0].length;
        this.lines[this.at] = " ".repeat(below) + rest;
        items.push(this.block(below, here));
      } else items.push(this.value(rest, indent, here, false));
    }
    this.endOf(indent);
    return items;
  }

  mapping(indent, path) {
    const data = mapOf();
    while (this.next() && this.indent() === indent) {
      const line = this.lines[this.at].slice(indent);
      const found = this.key(line);
      if (!found || !found[0]) {
        if (/^-( |$)/.test(line)) break;
        this.refuse("broken-yaml", phrase("oneKeyALine"));
      }
      const [key, rest] = found;
      const at = this.at;
      const here = [...path, key];
      if (!(key in data)) this.note(here);
      const value = this.value(rest, indent, here, true);
      if (key in data) this.find("duplicate-key", phrase("keyTwice", { key }), at);
      else put(data, key, value);
    }
    this.endOf(indent);
    return data;
  }

  endOf(indent) {
    if (this.next() && this.indent() > indent) {
      this.refuse("broken-yaml", phrase("carriesOn"));
    }
  }

  // The key with which ``line`` starts, and what follows its colon.
  key(line) {
    if (/^["']/.test(line)) {
      const scalar = this.quoted(line, false);
      const colon = scalar && /^ *:(?: +|$)/.exec(scalar[1]);
      return colon ? [scalar[0], scalar[1].slice(colon[0].length)] : null;
    }
    const colon = /:( +|$)/.exec(line);
    if (!colon) return null;
    const key = rstrip(line.slice(0, colon.index), " ");
    if (/(^| )#/.test(key)) return null;
    if (/^([[\]{}&*!|>%@`,]|[?-]( |$))/.test(key))
      this.refuse("yaml-style", phrase("oddKey"));
    return [key, line.slice(colon.index + colon[0].length)];
  }

  value(rest, indent, path, inMapping) {
    if (rest && !rest.startsWith("#")) return this.scalar(rest);
    this.at++;
    if (!this.next()) return "";
    const below = this.indent();
    const list = /^-( |$)/.test(this.lines[this.at].slice(below));
    return below > indent || (inMapping && below === indent && list) ? this.block(below, path) : "";
  }

  scalar(text) {
    if (/^["']/.test(text)) {
      const found = this.quoted(text, true);
      if (!/^( +#.*| *)$/.test(found[1])) this.refuse("broken-yaml", phrase("afterQuote"));
      this.at++;
      return found[0];
    }
    if (/^[&*]/.test(text)) this.refuse("yaml-style", phrase("anchorsInFrontMatter"));
    if (text[0] === "!") this.refuse("yaml-style", phrase("tagsInFrontMatter"));
    if (/^[[{]/.test(text))
      this.refuse("yaml-style", phrase("bracesInFrontMatter"));
    if (/^[|>]/.test(text)) this.refuse("yaml-style", phrase("blockInFrontMatter"));
    if (/^([\]},%@`]|[?-]( |$))/.test(text))
      this.refuse("broken-yaml", phrase("specialStart"));
    if (/[ \t]#/.test(text))
      this.find("yaml-style", phrase("commentAfterValue"));
    if (/:([ \t]|$)/.test(text))
      this.refuse("broken-yaml", phrase("colonInValue"));
    this.at++;
    return strip(text, " \t");
  }

  // The quoted scalar with which ``text`` starts and what follows it; it may go on over further lines.
  quoted(text, further) {
    const pattern = text[0] === '"' ? /^"((?:[^"\\]|\\[^])*)"/ : /^'((?:[^']|'')*)'(?!')/;
    const start = this.at;
    let found = pattern.exec(text);
    for (let left = 200; !found && further && left && this.at + 1 < this.lines.length; left--) {
      text += "\n" + this.lines[++this.at];
      found = pattern.exec(text);
    }
    if (!found) {
      if (!further) return null;
      this.refuse("broken-yaml", phrase("quoteNeverClosed"), start);
    }
    if (/\\\n/.test(found[1])) this.refuse("broken-yaml", phrase("endsInBackslash"), start);
    // A single line break is a space, an empty line a line break.
    const folded = found[1].replace(/[ \t]*\n[ \t\n]*/g, (gap) => "\n".repeat(gap.split("\n").length - 2) || " ");
    return [text[0] === "'" ? folded.replace(/''/g, "'") : this.unescaped(folded), text.slice(found[0].length)];
  }

  unescaped(text) {
    return text.replace(/\\(x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8}|[^])/g, (_, sign) => {
      const number = sign.length > 1 ? parseInt(sign.slice(1), 16) : -1;
      if (number >= 0 && number < 0x110000 && (number < 0xd800 || number > 0xdfff)) return String.fromCodePoint(number);
      const plain = own(UNESCAPED, sign);
      if (plain === undefined)
        this.refuse("broken-yaml", phrase("unknownEscape", { sign: sign[0] }));
      return plain;
    });
  }
}

const UNESCAPED = {
  0: "\0",
  a: "\x07",
  b: "\b",
  t: "\t",
  "\t": "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1b",
  " ": " ",
  '"': '"',
  "/": "/",
  "\\": "\\",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
};
