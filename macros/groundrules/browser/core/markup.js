// The small Markdown of agreement text.

import { mapOf } from "./maps.js";
import { SPACE, SPACES, code, first, lstrip, oneLine, rstrip, strip } from "./strings.js";

export const blankKey = (name) => oneLine(name).toLowerCase();

const RULE = /^[-=*_|:+~ ]+$/;
const RULE_REFUSED = "A line of signs would become a rule, a heading or a table. Leave it out.";
const MARKER_REFUSED = 'A list item starts with a hyphen: "- ". For the sign itself write a backslash before it.';
const FENCE_REFUSED = "A block of code is not allowed in agreement text. Write it as a paragraph.";
// By the first sign of a line: pattern, whether the whole line goes with it, message.
const LINE_STARTS = mapOf([
  ["`", [[/^`{3}/, true, FENCE_REFUSED]]],
  [
    "~",
    [
      [/^~{3}/, true, FENCE_REFUSED],
      [RULE, true, RULE_REFUSED],
    ],
  ],
  [
    "#",
    [[/^#{1,6}(?: |$)/, false, "A heading is not allowed here. Write it as a paragraph, or \\# for the sign itself."]],
  ],
  [
    "*",
    [
      [RULE, true, RULE_REFUSED],
      [/^\* /, true, MARKER_REFUSED],
    ],
  ],
  [
    "+",
    [
      [RULE, true, RULE_REFUSED],
      [/^\+ /, false, MARKER_REFUSED],
    ],
  ],
  [
    "|",
    [
      [RULE, true, RULE_REFUSED],
      [/^\|/, false, "A table is not allowed in agreement text. Use a blank of the type rows, or write \\|."],
    ],
  ],
  [
    ">",
    [
      [
        /^>/,
        false,
        "A note stands at the margin, with an empty line before it. For the sign itself write \\> instead.",
      ],
    ],
  ],
]);
for (const sign of "-=_:") LINE_STARTS[sign] = [[RULE, true, RULE_REFUSED]];
for (const sign of "0123456789")
  LINE_STARTS[sign] = [
    [
      /^[0-9]{1,9}\)(?: |$)/,
      false,
      'A numbered item is written with a full stop: "1. ". For the bracket itself write \\) instead.',
    ],
  ];

const ESCAPABLE = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
export const SCHEMES = /^(?:https:\/\/|http:\/\/|mailto:|tel:)/;
const SITE_PAGE = /^\/(?:[A-Za-z0-9._~-]+\/)*(?:#[A-Za-z0-9._~-]+)?$/;
const ENTITY = /&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});/y;
const HTML = /<(?:[A-Za-z/!?]|[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@)/y;
const SIGN = /[\\`*_[<&!~]/g;
const BLANK_SIGNS = /\[\[([^[\]\n]*)\]\]/y;
const NOT_A_NAME = new RegExp(`[\\\\*_\`]|~~|${HTML.source}|${ENTITY.source}`);
const ADDRESS = new RegExp(`\\(([^()${SPACES}<>]*)\\)`, "y");
const LIKELY_ADDRESS = /\([^\n()]*(?:\([^\n()]*\)[^\n()]*)*\)/y;
const ITEM = /^( *)(-|[0-9]{1,9}\.)( +|$)([^\n]*)/;
const LABEL = new RegExp(`^([^${SPACES}\\\\\`*_[\\]<>&:~][^\\\\\`*_[\\]<>&:~]{0,39}):(?: |$)`, "u");

const BIDI = {
  "\u202a": "\u202c",
  "\u202b": "\u202c",
  "\u202d": "\u202c",
  "\u202e": "\u202c",
  "\u2066": "\u2069",
  "\u2067": "\u2069",
  "\u2068": "\u2069",
};
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u180e\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\u{e0000}-\u{e007f}]/u;
const FLAG = /\u{1f3f4}[\u{e0061}-\u{e007a}\u{e0030}-\u{e0039}]+\u{e007f}/gu;
const SUSPECT = new RegExp(UNSEEN.source.slice(0, -1) + "\\u202a-\\u202e\\u2066-\\u2069]", "u");

export function hiddenCharacters(text) {
  if (!SUSPECT.test(text)) return null;
  const unseen = UNSEEN.exec(text.replace(FLAG, ""));
  if (unseen)
    return `There is a character here that nobody can see (${code(unseen[0])}). Delete it and type the words again.`;
  const waiting = [];
  for (const sign of text) {
    if (BIDI[sign]) waiting.push(BIDI[sign]);
    else if ((sign === "\u202c" || sign === "\u2069") && waiting.pop() !== sign)
      return `A direction mark (${code(sign)}) ends here that was never begun. Delete it.`;
  }
  return waiting.length
    ? "A direction mark begins here and does not end on this line, so the text may read in another order. Delete it."
    : null;
}

// Returns { blocks, findings }; never throws, and takes time in proportion to the length of the text.
export function parse(text, firstLine = 1) {
  const reader = new Reader(text, firstLine);
  const blocks = reader.blocks();
  reader.lookAtListsAroundNotes(blocks);
  reader.findings.sort((a, b) => a.line - b.line);
  return { blocks, findings: reader.findings };
}

const indentOf = (line) => line.length - lstrip(line, " ").length;
const matchAt = (pattern, text, pos, end = text.length) => {
  pattern.lastIndex = pos;
  const match = pattern.exec(text);
  return match && match.index + match[0].length <= end ? match : null;
};

class Reader {
  constructor(text, first) {
    this.lines = text.split("\n");
    this.first = first;
    this.at = 0;
    this.findings = [];
    this.said = new Set();
    this.tabbed = new Set();
    this.silent = new Set();
    if (/[^\n\x20-\x7e]/.test(text)) this.lines = this.lines.map((line, at) => this.settled(line, at));
  }

  settled(line, at) {
    if (!strip(line)) {
      if (!strip(line, " \t")) return "";
      if (!hiddenCharacters(line)) {
        this.refuse(at, "This line looks empty, but holds a space of an unusual kind. Delete what is in it.");
        return "";
      }
    }
    const hidden = hiddenCharacters(line);
    if (hidden) this.find(at, "hidden-characters", hidden);
    if (line.includes("\t")) {
      this.refuse(at, "There is a tab on this line. Write a space instead.");
      this.tabbed.add(at);
    }
    return line.replace(/\t/g, " ");
  }

  find(at, name, message) {
    const finding = { line: this.first + at, name, message };
    const key = JSON.stringify(finding);
    if (this.said.has(key)) return;
    this.said.add(key);
    this.findings.push(finding);
  }

  refuse(at, message) {
    if (!this.tabbed.has(at)) this.find(at, "not-agreement-text", message);
  }

  blocks() {
    const blocks = [];
    while (this.at < this.lines.length) {
      const line = this.lines[this.at];
      const text = lstrip(line, " ");
      if (!text) this.at++;
      else if (text[0] === ">") blocks.push(this.note());
      else if (line.length - text.length < 4 && ITEM.test(line)) blocks.push(this.itemList(1));
      else {
        if (line.startsWith("    ")) this.refuse(this.at, "This line is indented like code. Start it at the margin.");
        else if (line[0] === " ") this.refuse(this.at, "A paragraph starts at the margin. Remove the spaces.");
        blocks.push(this.paragraph());
      }
    }
    return blocks;
  }

  lookAtListsAroundNotes(blocks) {
    let kinds = [null];
    const joined = new Set();
    for (const block of blocks) {
      const ordered = block.kind === "list" ? block.ordered : null;
      if (ordered !== null && kinds.length === 2 && kinds[0] === ordered) joined.add(block.line);
      kinds = block.kind === "note" ? [kinds[0], null] : [ordered];
    }
    if (joined.size)
      this.findings = this.findings.filter((one) => !joined.has(one.line) || one.name !== "list-numbers");
    for (const line of joined)
      this.refuse(
        line - this.first,
        "Without the note before it this list would join the one above. Put a sentence between them.",
      );
  }

  inline(lines, at, skip = 0) {
    const stripped = lines.map((line) => strip(line, " "));
    stripped.forEach((text, offset) => {
      const line = lines[offset];
      if (LINE_STARTS[text[0]] && !this.silent.has(at + offset)) this.lookAtStart(text, at + offset);
      if (line.endsWith("  ") || text.endsWith("\\")) this.lookAtEnd(line, text, at + offset);
    });
    const text = stripped.join("\n");
    if (text.slice(skip).search(SIGN) < 0) {
      const plainText = strip(text.slice(skip).replace(/\n+/g, " "), " ");
      return plainText ? [{ kind: "text", text: plainText }] : [];
    }
    return new Inline(text, at, this).read(skip);
  }

  lookAtStart(text, at) {
    for (const [pattern, wholeLine, message] of LINE_STARTS[text[0]]) {
      if (!pattern.test(text)) continue;
      this.refuse(at, message);
      if (wholeLine) this.silent.add(at);
      return;
    }
  }

  lookAtEnd(line, text, at) {
    const slashes = text.length - rstrip(text, "\\").length;
    if (slashes % 2 || line.endsWith("  "))
      this.refuse(at, "This line ends in a forced line break. Remove the spaces or the backslash at its end.");
  }

  paragraph() {
    const start = this.at;
    const lines = [this.lines[this.at++]];
    while (this.at < this.lines.length) {
      const line = this.lines[this.at];
      const text = lstrip(line, " ");
      if (!text) break;
      if (text[0] === ">") {
        this.find(this.at, "note-spacing", "A note needs an empty line before it.");
        break;
      }
      const item = ITEM.exec(line);
      if (item) {
        if ((item[2] === "-" || item[2] === "1.") && item[4] && item[1].length < 4) break;
        this.refuse(
          this.at,
          "This line starts like a list item. Put an empty line before it, or start the list at 1. For the sign itself write a backslash before it.",
        );
        this.silent.add(this.at);
      }
      lines.push(line);
      this.at++;
    }
    return { kind: "paragraph", children: this.inline(lines, start), line: this.first + start };
  }

  note() {
    const start = this.at;
    const groups = this.noteParagraphs();
    const line = this.first + start;
    const match = groups.length ? LABEL.exec(groups[0][1][0]) : null;
    const label = match ? strip(match[1]) : "";
    if (!label) {
      if (!this.findings.slice(-2).some((one) => one.line === line))
        this.find(start, "note-label", 'A note starts with a label and a colon, such as "> Why: …".');
      return { kind: "note", label: "", paragraphs: this.paragraphs(groups), line };
    }
    const [at, lines] = groups[0];
    const onFirstLine = strip(lines[0].slice(match[0].length), " ");
    if (!onFirstLine && lines.length === 1) {
      this.find(start, "note-label", "This note says nothing beside its label. Write its words after the colon.");
      return { kind: "note", label, paragraphs: this.paragraphs(groups.slice(1)), line };
    }
    const opening = {
      kind: "paragraph",
      children: this.inline(lines, at, match[0].length),
      line: this.first + at + (onFirstLine ? 0 : 1),
    };
    return { kind: "note", label, paragraphs: [opening, ...this.paragraphs(groups.slice(1))], line };
  }

  noteParagraphs() {
    const groups = [];
    let fresh = true;
    while (this.at < this.lines.length && strip(this.lines[this.at], " ")) {
      const line = this.lines[this.at];
      if (lstrip(line, " ")[0] !== ">") {
        this.find(this.at, "note-spacing", "A note needs an empty line after it.");
        break;
      }
      if (line[0] === " ") this.refuse(this.at, "A note starts at the margin. Remove the spaces.");
      const text = lstrip(line, " ").slice(1).replace(/^ /, "");
      if (!strip(text, " ")) fresh = true;
      else {
        if (text.startsWith("    ") || ITEM.test(text))
          this.refuse(this.at, "A note holds plain paragraphs: no list or code in it.");
        if (fresh) groups.push([this.at, []]);
        fresh = false;
        groups[groups.length - 1][1].push(lstrip(text, " "));
      }
      this.at++;
    }
    return groups;
  }

  paragraphs(groups) {
    return groups.map(([at, lines]) => ({
      kind: "paragraph",
      children: this.inline(lines, at),
      line: this.first + at,
    }));
  }

  itemList(level) {
    const start = this.at;
    const opening = ITEM.exec(this.lines[start]);
    const column = opening[1].length;
    const ordered = opening[2] !== "-";
    if (level === 1 && column) this.refuse(start, "A list starts at the margin. Remove the spaces.");
    const items = [];
    let counted = true;
    for (let match; (match = this.nextItem(column, ordered));) {
      const number = items.length + 1;
      if (ordered && counted && match[2] !== `${number}.`) {
        this.find(
          this.at,
          "list-numbers",
          `This is item ${number} of its list: write "${number}. ". If it is no list item, write "${match[2].slice(0, -1)}\\." instead.`,
        );
        counted = false;
      }
      items.push(this.item(match, level));
    }
    if (this.at < this.lines.length && level === 1) {
      const other = ITEM.exec(this.lines[this.at]);
      if (other && !other[1] && (other[2] !== "-") !== ordered)
        this.refuse(this.at, "Two lists of different kinds need a sentence between them.");
    }
    return { kind: "list", ordered, items, line: this.first + start };
  }

  nextFull() {
    let at = this.at;
    while (at < this.lines.length && !strip(this.lines[at], " ")) at++;
    return at;
  }

  nextItem(column, ordered) {
    const at = this.nextFull();
    const match = at < this.lines.length ? ITEM.exec(this.lines[at]) : null;
    if (!match || match[1].length !== column || (match[2] !== "-") !== ordered) return null;
    this.at = at;
    return match;
  }

  item(match, level) {
    const start = this.at;
    const column = match[1].length;
    const content = column + match[2].length + 1;
    this.lookAtItem(match);
    const lines = [match[4]];
    let sublist = null;
    this.at++;
    while (this.at < this.lines.length) {
      const line = this.lines[this.at];
      if (!strip(line, " ")) {
        const at = this.nextFull();
        if (at === this.lines.length || indentOf(this.lines[at]) < content) break;
        if (lstrip(this.lines[at], " ")[0] === ">") break;
        if (!sublist) this.refuse(this.at, "Remove the empty line inside this list item.");
        this.at = at;
        continue;
      }
      const indent = indentOf(line);
      const inner = ITEM.test(line);
      if (inner && indent <= column) break;
      if (line[0] === ">") {
        this.find(this.at, "note-spacing", "A note needs an empty line before it.");
        break;
      }
      if (sublist) {
        this.refuse(this.at, "After a list inside a list, start a new item.");
        this.silent.add(this.at);
      } else if (inner && level === 2) {
        this.refuse(
          this.at,
          indent >= content
            ? "Lists go one level deep: a list inside a list, no further."
            : "Start the items of one list below each other.",
        );
        this.silent.add(this.at);
      } else if (inner) {
        if (indent < content || indent > content + 3)
          this.refuse(this.at, `Indent a list inside a list by ${content - column} spaces.`);
        sublist = this.itemList(2);
        continue;
      } else if (indent < content) {
        this.refuse(
          this.at,
          "This line carries on a list item. Indent it to the item's text, or put an empty line before it.",
        );
      }
      while (lines.length < this.at - start) lines.push("");
      lines.push(line);
      this.at++;
    }
    return { children: this.inline(lines, start), sublist, line: this.first + start };
  }

  lookAtItem(match) {
    const text = match[4];
    if (!text) this.refuse(this.at, "This list item is empty. Write its words on the same line.");
    else if (match[3].length !== 1) this.refuse(this.at, `Write one space after "${match[2]}".`);
    else if (ITEM.test(text)) {
      this.refuse(this.at, "A list item holds words, not another list sign. Write a backslash before it.");
      this.silent.add(this.at);
    } else if (/^\[[ xX]\](?: |$)/.test(text))
      this.refuse(this.at, "A box to tick is not written here. Leave it out, or write \\[ for the sign.");
  }
}

class Inline {
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
      const [stars, where] = this.stack[this.stack.length - 1];
      this.doubt(where, `${stars} is opened here and never closed. Close it, or write \\*.`);
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
    this.find(pos, "not-agreement-text", "Code is not allowed in agreement text. Use quotation marks, or write \\`.");
    return this.sign(pos);
  }

  lessThan(pos) {
    if (matchAt(HTML, this.text, pos))
      this.find(pos, "raw-html", "HTML is not allowed here. Write plain text; for the sign itself write \\<.");
    return this.sign(pos);
  }

  ampersand(pos) {
    const entity = matchAt(ENTITY, this.text, pos);
    if (entity)
      this.find(
        pos,
        "not-agreement-text",
        `${entity[0]} may be read as another sign. Write the sign you mean, or \\& for this one.`,
      );
    return this.sign(pos);
  }

  exclamation(pos) {
    if (this.text[pos + 1] === "[") {
      this.find(pos, "not-agreement-text", "A picture is not allowed in agreement text. Write \\! before the bracket.");
      if (this.text[pos + 2] !== "[") {
        this.words += "![";
        return pos + 2;
      }
    }
    return this.sign(pos);
  }

  tilde(pos) {
    if (this.text[pos + 1] !== "~") return this.sign(pos);
    this.find(pos, "stray-sign", "Two tildes would strike words out. Write \\~ for the sign itself.");
    this.words += "~~";
    return pos + 2;
  }

  doubt(pos, message) {
    const offset = this.offset(pos);
    if (this.doubted.has(offset)) return;
    this.doubted.add(offset);
    this.find(pos, "stray-sign", message);
  }

  // Where the row of one sign ends that starts at ``pos``.
  rowEnd(pos, end) {
    let at = pos;
    while (at < end && this.text[at] === this.text[pos]) at++;
    return at;
  }

  stars(pos, end) {
    const stop = this.rowEnd(pos, end);
    const stars = this.text.slice(pos, stop);
    const [opens, closes, doubtful] = this.flanks(pos, stop);
    const top = this.stack[this.stack.length - 1];
    if (stars.length > 2) {
      this.doubt(pos, "Three or more stars in a row are not allowed. Use * or **, or write \\*.");
      this.words += stars;
    } else if (doubtful) {
      this.doubt(pos, "Programs differ in how they read a star beside this sign. Put a space between them.");
      this.words += stars;
    } else if (closes && top && top[0] === stars) {
      this.flush();
      const node = { kind: stars.length === 2 ? "strong" : "emphasis", children: this.out };
      this.out = this.stack.pop()[2];
      this.out.push(node);
    } else if (opens && this.stack.every(([other]) => stars !== other)) {
      this.flush();
      this.stack.push([stars, pos, this.out]);
      this.out = [];
    } else {
      this.doubt(pos, "This star opens or closes nothing. Write \\* for the sign itself.");
      this.words += stars;
    }
    return stop;
  }

  underscores(pos, end) {
    const stop = this.rowEnd(pos, end);
    const [left, right, doubtful] = this.flanks(pos, stop);
    const opens = left && (!right || kindOf(before(this.text, pos)) !== "word");
    const closes = right && (!left || kindOf(first(this.text.slice(stop, stop + 2))) !== "word");
    if (opens || closes || doubtful || stop - pos > 2) {
      this.find(
        pos,
        "stray-sign",
        "An underscore here would be read as emphasis. Use *stars*, a blank such as [[how often]], or write \\_.",
      );
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
      this.find(
        pos,
        "broken-blank",
        "A blank starts here and does not end. Write [[its name]] on one line, or \\[ for the sign.",
      );
      this.words += "[[";
      return pos + 2;
    }
    const closing = this.closing(pos);
    if (closing === undefined || closing >= end) return this.sign(pos);
    const following = text[closing + 1];
    if (following === ":" && (pos === 0 || text[pos - 1] === "\n")) {
      this.find(
        pos,
        "not-agreement-text",
        "This would be read as a link definition and vanish. Put the colon elsewhere, or write \\[.",
      );
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
      this.find(
        pos,
        "broken-link",
        "This looks like a link, but its address is not one word in round brackets. Write [text](https://…), with %28 and %29 for round brackets in the address.",
      );
      const likely = matchAt(LIKELY_ADDRESS, text, closing + 1, end);
      if (!likely || this.inLink) return this.sign(pos);
      this.words += text.slice(pos, LIKELY_ADDRESS.lastIndex);
      return LIKELY_ADDRESS.lastIndex;
    }
    const stop = closing + 1 + address[0].length;
    if (this.inLink) {
      this.find(pos, "broken-link", "A link cannot stand inside a link.");
      return this.sign(pos);
    }
    this.checkAddress(pos, address[1]);
    this.flush();
    const { out, stack } = this;
    Object.assign(this, { out: [], stack: [], inLink: true });
    const children = this.run(pos + 1, closing);
    Object.assign(this, { out, stack, inLink: false });
    if (!strip(plainWords(children))) this.find(pos, "broken-link", "This link has no text. Write [text](address).");
    out.push({ kind: "link", children, address: address[1] });
    return stop;
  }

  blank(match) {
    const pos = match.index;
    const end = pos + match[0].length;
    const name = oneLine(match[1]);
    const line = this.reader.first + this.at + this.offset(pos);
    if (this.inLink) this.find(pos, "broken-link", "A blank cannot stand inside a link.");
    else if (this.text[end] === "(")
      this.find(
        pos,
        "broken-blank",
        "A bracket right after a blank would be read as a link. Put a space between them.",
      );
    let node = { kind: "blank", name, line };
    if (name[0] === "#") {
      if (!/^[A-Za-z0-9][A-Za-z0-9-]*$/.test(match[1].slice(1)))
        this.find(
          pos,
          "broken-blank",
          "This reference names no clause. Write the clause's id after #: [[#publicity]].",
        );
      node = { kind: "reference", clause: strip(name.slice(1)), line };
    } else if (!name) this.find(pos, "broken-blank", "This blank has no name. Write [[what goes here]].");
    else if (NOT_A_NAME.test(name))
      this.find(pos, "broken-blank", "The name of a blank is plain words. Leave out signs such as * _ ` \\ and HTML.");
    this.flush();
    this.out.push(node);
    return end;
  }

  checkAddress(pos, address) {
    if (SCHEMES.test(address) && strip(address.slice(address.indexOf(":") + 1), "/")) {
      if (/[\\[\]`"']/.test(address) || new RegExp(ENTITY.source).test(address))
        this.find(
          pos,
          "bad-address",
          `"${address}" holds a sign that a link may not hold. Copy the address from the browser.`,
        );
    } else if (!SITE_PAGE.test(address)) {
      this.find(
        pos,
        "bad-address",
        `"${address}" is not an address that may stand here. Use https:, http:, mailto:, tel:, or a page of this site such as /clauses/publicity/.`,
      );
    }
  }
}

const READERS = {
  "\\": "backslash",
  "`": "backtick",
  "*": "stars",
  _: "underscores",
  "[": "bracket",
  "<": "lessThan",
  "&": "ampersand",
  "!": "exclamation",
  "~": "tilde",
};

// The character that ends before ``pos``.
const before = (text, pos) => [...text.slice(Math.max(pos - 2, 0), pos)].pop() || "";

function kindOf(character) {
  if (!character || SPACE.test(character)) return "space";
  if (ESCAPABLE.includes(character) || /\p{P}/u.test(character)) return "punctuation";
  return /\p{S}/u.test(character) ? "symbol" : "word";
}

const flanking = (a, b) => [
  b !== "space" && (b === "word" || a !== "word"),
  a !== "space" && (a === "word" || b !== "word"),
];

// Every inline node in the blocks, parents before their children.
export function inlines(blocks) {
  const found = [];
  const inside = (nodes) =>
    nodes.forEach((node) => {
      found.push(node);
      if (node.children) inside(node.children);
    });
  const items = (list) =>
    list.items.forEach((item) => {
      inside(item.children);
      if (item.sublist) items(item.sublist);
    });
  for (const block of blocks) {
    if (block.kind === "list") items(block);
    else if (block.kind === "note") found.push(...inlines(block.paragraphs));
    else if (block.children) inside(block.children);
  }
  return found;
}

const plainWords = (children) =>
  children
    .map((node) =>
      node.kind === "text"
        ? node.text
        : node.children
          ? plainWords(node.children)
          : `[${node.kind === "blank" ? node.name : node.clause}]`,
    )
    .join("");
