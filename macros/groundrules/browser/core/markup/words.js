// The words inside a block: emphasis, links, blanks.

import { SPACE, SPACES, first, oneLine, strip } from "../strings.js";
import { plainWords } from "./nodes.js";
import { MARKS } from "../../shared/marks.js";
import {
  blankInsideLink,
  blankNameNotPlain,
  blankNeverEnds,
  blankWithoutName,
  bracketAfterBlank,
  codeInText,
  doubtfulMark,
  entityInText,
  htmlInText,
  linkDefinition,
  linkInsideLink,
  linkWithoutAddress,
  linkWithoutText,
  markNeverClosed,
  oddAddress,
  oddSignInAddress,
  pictureInText,
  referenceToNothing,
  strayMark,
  tooManyMarks,
  twoTildes,
  underscores,
} from "../../shared/refusals.js";
import { own } from "../maps.js";

const ESCAPABLE = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
export const SCHEMES = /^(?:https:\/\/|http:\/\/|mailto:|tel:)/;
const SITE_PAGE = /^\/(?:[A-Za-z0-9._~-]+\/)*(?:#[A-Za-z0-9._~-]+)?$/;
const ENTITY = /&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});/y;
const HTML = /<(?:[A-Za-z/!?]|[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@)/y;
// The signs of marks, by the character that each is made of: shortest first.
const DELIMITERS = {};
const KINDS = {};
for (const [kind, { sign }] of Object.entries(MARKS)) {
  KINDS[sign] = kind;
  DELIMITERS[sign[0]] = [...(DELIMITERS[sign[0]] || []), sign].sort((a, b) => a.length - b.length);
}
// All that means something inside a line, as part of a pattern.
export const SPECIAL = `\\\\\`_\\[<&!~${Object.keys(DELIMITERS).map((sign) => `\\${sign}`).join("")}`;
export const isDelimiter = (sign) => own(DELIMITERS, sign) !== undefined;
export const SIGN = new RegExp(`[${SPECIAL}]`, "g");
const BLANK_SIGNS = /\[\[([^[\]\n]*)\]\]/y;
const NOT_A_NAME = new RegExp(`[\\\\*_\`]|~~|${HTML.source}|${ENTITY.source}`);
const ADDRESS = new RegExp(`\\(([^()${SPACES}<>]*)\\)`, "y");
const LIKELY_ADDRESS = /\([^\n()]*(?:\([^\n()]*\)[^\n()]*)*\)/y;
const matchAt = (pattern, text, pos, end = text.length) => {
  pattern.lastIndex = pos;
  const match = pattern.exec(text);
  return match && match.index + match[0].length <= end ? match : null;
};

export class Inline {
  constructor(text, at, reader) {
    Object.assign(this, {
      text,
      at,
      reader,
      out: [],
      words: "",
      stack: [],
      inLink: false,
      doubted: new Set(),
      breaks: null,
      pairs: null,
    });
  }

  offset(pos) {
    if (!this.breaks) this.breaks = [...this.text.matchAll(/\n/g)].map((match) => match.index);
    let low = 0;
    let high = this.breaks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.breaks[middle] < pos) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  find(pos, name, message) {
    const at = this.at + this.offset(pos);
    if (!this.reader.silent.has(at)) this.reader.find(at, name, message);
  }

  read(pos) {
    while (this.text[pos] === " " || this.text[pos] === "\n") pos++;
    return this.run(pos, this.text.length);
  }

  run(pos, end) {
    for (let match; (SIGN.lastIndex = pos) < end && (match = SIGN.exec(this.text)) && match.index < end;) {
      this.words += this.text.slice(pos, match.index);
      pos = this[READERS[match[0]]](match.index, end);
    }
    if (pos < end) this.words += this.text.slice(pos, end);
    while (this.stack.length) {
      const [sign, where] = this.stack[this.stack.length - 1];
      this.doubt(where, markNeverClosed({ sign, first: sign[0] }));
      this.reopen();
    }
    this.flush();
    return this.out;
  }

  flush() {
    if (!this.words) return;
    const last = this.out[this.out.length - 1];
    const text = this.words.replace(/\n+/g, " ");
    this.words = "";
    if (last && last.kind === "text") last.text += text;
    else this.out.push({ kind: "text", text });
  }

  reopen() {
    this.flush();
    const [stars, , before] = this.stack.pop();
    const inside = this.out;
    this.out = before;
    this.words += stars;
    if (inside.length && inside[0].kind === "text") this.words += inside.shift().text;
    this.flush();
    for (const node of inside) this.out.push(node);
  }

  sign(pos) {
    this.words += this.text[pos];
    return pos + 1;
  }

  backslash(pos, end) {
    const following = pos + 1 < end ? this.text[pos + 1] : "";
    if (!following || !ESCAPABLE.includes(following)) return this.sign(pos);
    this.words += following;
    return pos + 2;
  }

  backtick(pos) {
    this.find(pos, "not-agreement-text", codeInText);
    return this.sign(pos);
  }

  lessThan(pos) {
    if (matchAt(HTML, this.text, pos))
      this.find(pos, "raw-html", htmlInText);
    return this.sign(pos);
  }

  ampersand(pos) {
    const entity = matchAt(ENTITY, this.text, pos);
    if (entity)
      this.find(pos, "not-agreement-text", entityInText({ entity: entity[0] }));
    return this.sign(pos);
  }

  exclamation(pos) {
    if (this.text[pos + 1] === "[") {
      this.find(pos, "not-agreement-text", pictureInText);
      if (this.text[pos + 2] !== "[") {
        this.words += "![";
        return pos + 2;
      }
    }
    return this.sign(pos);
  }

  tilde(pos) {
    if (this.text[pos + 1] !== "~") return this.sign(pos);
    this.find(pos, "stray-sign", twoTildes);
    this.words += "~~";
    return pos + 2;
  }

  doubt(pos, message) {
    const offset = this.offset(pos);
    if (this.doubted.has(offset)) return;
    this.doubted.add(offset);
    this.find(pos, "stray-sign", message);
  }

  // Where the row of one character ends that starts at ``pos``.
  rowEnd(pos, end) {
    let at = pos;
    while (at < end && this.text[at] === this.text[pos]) at++;
    return at;
  }

  delimiter(pos, end) {
    const stop = this.rowEnd(pos, end);
    const signs = this.text.slice(pos, stop);
    const known = DELIMITERS[signs[0]];
    const [opens, closes, doubtful] = this.flanks(pos, stop);
    const top = this.stack[this.stack.length - 1];
    const first = signs[0];
    if (signs.length > known[known.length - 1].length) {
      this.doubt(pos, tooManyMarks({ known: known.join(", "), first }));
      this.words += signs;
    } else if (!KINDS[signs]) {
      this.words += signs;
    } else if (doubtful) {
      this.doubt(pos, doubtfulMark({ first }));
      this.words += signs;
    } else if (closes && top && top[0] === signs) {
      this.flush();
      const node = { kind: KINDS[signs], children: this.out };
      this.out = this.stack.pop()[2];
      this.out.push(node);
    } else if (opens && this.stack.every(([other]) => signs !== other)) {
      this.flush();
      this.stack.push([signs, pos, this.out]);
      this.out = [];
    } else {
      this.doubt(pos, strayMark({ first }));
      this.words += signs;
    }
    return stop;
  }

  underscores(pos, end) {
    const stop = this.rowEnd(pos, end);
    const [left, right, doubtful] = this.flanks(pos, stop);
    const opens = left && (!right || kindOf(before(this.text, pos)) !== "word");
    const closes = right && (!left || kindOf(first(this.text.slice(stop, stop + 2))) !== "word");
    if (opens || closes || doubtful || stop - pos > 2) {
      this.find(pos, "stray-sign", underscores);
    }
    this.words += this.text.slice(pos, stop);
    return stop;
  }

  flanks(pos, end) {
    const around = [kindOf(before(this.text, pos)), kindOf(first(this.text.slice(end, end + 2)))];
    const now = flanking(...around);
    const old = flanking(...around.map((kind) => (kind === "symbol" ? "word" : kind)));
    return [...now, around.includes("symbol") && (now[0] !== old[0] || now[1] !== old[1])];
  }

  bracket(pos, end) {
    const text = this.text;
    const blank = matchAt(BLANK_SIGNS, text, pos, end);
    if (blank) return this.blank(blank);
    if (text.startsWith("[[", pos)) {
      this.find(pos, "broken-blank", blankNeverEnds);
      this.words += "[[";
      return pos + 2;
    }
    const closing = this.closing(pos);
    if (closing === undefined || closing >= end) return this.sign(pos);
    const following = text[closing + 1];
    if (following === ":" && (pos === 0 || text[pos - 1] === "\n")) {
      this.find(pos, "not-agreement-text", linkDefinition);
    } else if (following === "(" || following === "[") return this.link(pos, closing, end);
    return this.sign(pos);
  }

  closing(pos) {
    if (!this.pairs) {
      this.pairs = new Map();
      const waiting = [];
      for (const match of this.text.matchAll(/\\[^]|[[\]]/g)) {
        if (match[0] === "[") waiting.push(match.index);
        else if (match[0] === "]" && waiting.length) this.pairs.set(waiting.pop(), match.index);
      }
    }
    return this.pairs.get(pos);
  }

  link(pos, closing, end) {
    const text = this.text;
    const address = matchAt(ADDRESS, text, closing + 1, end);
    if (!address) {
      this.find(pos, "broken-link", linkWithoutAddress);
      const likely = matchAt(LIKELY_ADDRESS, text, closing + 1, end);
      if (!likely || this.inLink) return this.sign(pos);
      this.words += text.slice(pos, LIKELY_ADDRESS.lastIndex);
      return LIKELY_ADDRESS.lastIndex;
    }
    const stop = closing + 1 + address[0].length;
    if (this.inLink) {
      this.find(pos, "broken-link", linkInsideLink);
      return this.sign(pos);
    }
    this.checkAddress(pos, address[1]);
    this.flush();
    const { out, stack } = this;
    Object.assign(this, { out: [], stack: [], inLink: true });
    const children = this.run(pos + 1, closing);
    Object.assign(this, { out, stack, inLink: false });
    if (!strip(plainWords(children))) this.find(pos, "broken-link", linkWithoutText);
    out.push({ kind: "link", children, address: address[1] });
    return stop;
  }

  blank(match) {
    const pos = match.index;
    const end = pos + match[0].length;
    const name = oneLine(match[1]);
    const line = this.reader.first + this.at + this.offset(pos);
    if (this.inLink) this.find(pos, "broken-link", blankInsideLink);
    else if (this.text[end] === "(")
      this.find(pos, "broken-blank", bracketAfterBlank);
    let node = { kind: "blank", name, line };
    if (name[0] === "#") {
      if (!/^[A-Za-z0-9][A-Za-z0-9-]*$/.test(match[1].slice(1)))
        this.find(pos, "broken-blank", referenceToNothing);
      node = { kind: "reference", clause: strip(name.slice(1)), line };
    } else if (!name) this.find(pos, "broken-blank", blankWithoutName);
    else if (NOT_A_NAME.test(name))
      this.find(pos, "broken-blank", blankNameNotPlain);
    this.flush();
    this.out.push(node);
    return end;
  }

  checkAddress(pos, address) {
    if (SCHEMES.test(address) && strip(address.slice(address.indexOf(":") + 1), "/")) {
      if (/[\\[\]`"']/.test(address) || new RegExp(ENTITY.source).test(address))
        this.find(pos, "bad-address", oddSignInAddress({ address }));
    } else if (!SITE_PAGE.test(address)) {
      this.find(pos, "bad-address", oddAddress({ address }));
    }
  }
}

const READERS = {
  "\\": "backslash",
  "`": "backtick",
  _: "underscores",
  "[": "bracket",
  "<": "lessThan",
  "&": "ampersand",
  "!": "exclamation",
  "~": "tilde",
};
for (const sign of Object.keys(DELIMITERS)) READERS[sign] = "delimiter";

// The character that ends before ``pos``.
const before = (text, pos) => Array.from(text.slice(Math.max(pos - 2, 0), pos)).pop() || "";

function kindOf(character) {
  if (!character || SPACE.test(character)) return "space";
  if (ESCAPABLE.includes(character) || /\p{P}/u.test(character)) return "punctuation";
  return /\p{S}/u.test(character) ? "symbol" : "word";
}

const flanking = (a, b) => [
  b !== "space" && (b === "word" || a !== "word"),
  a !== "space" && (a === "word" || b !== "word"),
];
