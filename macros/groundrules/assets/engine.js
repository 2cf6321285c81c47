/* Drafting without a page: reads, writes, assembles and exports agreements.

   Each part is a Python module over again, with the same names in the same order: frontmatter, load, source,
   answers, language, markup, assemble, html, paper, word, fork. Python is the rule; tests/test_engine_js.py
   proves the two equal. No DOM, no storage, no dependency. */
(function (root) {
"use strict";

// --- what Python has and JavaScript has not ------------------------------------------------------

// Python's white space, spelt out: \s differs (it lacks U+001C to U+001F and U+0085, and has U+FEFF).
const SPACES = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const SPACE = new RegExp(`[${SPACES}]`);
const RUNS = new RegExp(`[${SPACES}]+`);
const LINES = /\r\n|[\n-\r\x1c-\x1e\x85\u2028\u2029]/;

const among = (signs) => (signs ? (sign) => signs.includes(sign) : (sign) => SPACE.test(sign));

function lstrip(text, signs) {
  const gone = among(signs);
  let start = 0;
  while (start < text.length && gone(text[start])) start++;
  return text.slice(start);
}

function rstrip(text, signs) {
  const gone = among(signs);
  let end = text.length;
  while (end && gone(text[end - 1])) end--;
  return text.slice(0, end);
}

const strip = (text, signs) => rstrip(lstrip(text, signs), signs);
const words = (text) => text.split(RUNS).filter(Boolean);
const oneLine = (text) => words(text).join(" ");
const count = (text) => [...text].length;
const first = (text) => (text ? String.fromCodePoint(text.codePointAt(0)) : "");
const isText = (value) => typeof value === "string";
const isMap = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const code = (sign) => `U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;

// Maps are objects without a prototype, so any name may be a key. An object would put keys such as "2" first:
// the order of a map that has one stands beside it.
const ORDER = Symbol("order");

function put(map, key, value) {
  if (!(key in map)) {
    if (!map[ORDER] && /^\d+$/.test(key)) map[ORDER] = Object.keys(map);
    if (map[ORDER]) map[ORDER].push(key);
  }
  map[key] = value;
}

function mapOf(entries = []) {
  const map = Object.create(null);
  for (const [key, value] of entries) put(map, key, value);
  return map;
}

const own = (map, key) => (isMap(map) && Object.prototype.hasOwnProperty.call(map, key) ? map[key] : undefined);
const keysOf = (map) => (map && map[ORDER] ? map[ORDER].filter((key) => own(map, key) !== undefined) : Object.keys(map || {}));
const entriesOf = (map) => keysOf(map).map((key) => [key, map[key]]);

// --- frontmatter.py: a stated subset of YAML, every scalar a string -------------------------------

const MAX_DEPTH = 8;
const QUOTED = "Put the value in double quotes, on one line.";

function split(text) {
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

class FrontReader {
  constructor(text, firstLine) {
    this.lines = text.split("\n");
    this.first = firstLine;
    this.at = 0;
    this.problems = [];
  }

  read() {
    let data = mapOf();
    try {
      if (this.next()) data = this.block(this.indent(), 0);
      if (this.next()) this.refuse("broken-yaml", "The spaces at the start of this line do not match its neighbours.");
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
    if (/^ *\t/.test(line)) this.refuse("broken-yaml", "Indent with spaces, not with tabs.");
    if (/^(---|\.\.\.)( |$)/.test(line)) this.refuse("yaml-style", "This line would start another document. Remove it.");
    return true;
  }

  indent() {
    return this.lines[this.at].search(/[^ ]/);
  }

  block(indent, depth) {
    if (depth >= MAX_DEPTH) this.refuse("yaml-style", `This is nested more than ${MAX_DEPTH} deep.`);
    const line = this.lines[this.at].slice(indent);
    return /^-( |$)/.test(line) ? this.sequence(indent, depth) : this.mapping(indent, depth);
  }

  sequence(indent, depth) {
    const items = [];
    while (this.next() && this.indent() === indent) {
      const line = this.lines[this.at];
      const dash = /^-( +|$)/.exec(line.slice(indent));
      if (!dash) break;
      const rest = line.slice(indent + dash[0].length);
      if (rest && !rest.startsWith("#") && (/^-( |$)/.test(rest) || this.key(rest))) {
        const below = indent + dash[0].length;
        this.lines[this.at] = " ".repeat(below) + rest;
        items.push(this.block(below, depth + 1));
      } else items.push(this.value(rest, indent, depth, false));
    }
    this.endOf(indent);
    return items;
  }

  mapping(indent, depth) {
    const data = mapOf();
    while (this.next() && this.indent() === indent) {
      const line = this.lines[this.at].slice(indent);
      const found = this.key(line);
      if (!found || !found[0]) {
        if (/^-( |$)/.test(line)) break;
        this.refuse("broken-yaml", 'Each line is "key: value".');
      }
      const [key, rest] = found;
      const at = this.at;
      const value = this.value(rest, indent, depth, true);
      if (key in data) this.find("duplicate-key", `"${key}" stands here twice. Keep one of them.`, at);
      else put(data, key, value);
    }
    this.endOf(indent);
    return data;
  }

  endOf(indent) {
    if (this.next() && this.indent() > indent) {
      this.refuse("broken-yaml", "This line carries on another one, or is not in line with its neighbours. " + QUOTED);
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
    if (/^([[\]{}&*!|>%@`,]|[?-]( |$))/.test(key)) this.refuse("yaml-style", "A key is a word or a few words before a colon.");
    return [key, line.slice(colon.index + colon[0].length)];
  }

  value(rest, indent, depth, inMapping) {
    if (rest && !rest.startsWith("#")) return this.scalar(rest);
    this.at++;
    if (!this.next()) return "";
    const below = this.indent();
    const list = /^-( |$)/.test(this.lines[this.at].slice(below));
    return below > indent || (inMapping && below === indent && list) ? this.block(below, depth + 1) : "";
  }

  scalar(text) {
    if (/^["']/.test(text)) {
      const found = this.quoted(text, true);
      if (!/^( +#.*| *)$/.test(found[1])) this.refuse("broken-yaml", "Text stands after a closing quote. " + QUOTED);
      this.at++;
      return found[0];
    }
    if (/^[&*]/.test(text)) this.refuse("yaml-style", "Anchors (&) and aliases (*) are not read. " + QUOTED);
    if (text[0] === "!") this.refuse("yaml-style", "Tags (!) are not read. " + QUOTED);
    if (/^[[{]/.test(text)) this.refuse("yaml-style", 'Braces and square brackets are not read as lists here. Put the value in double quotes, or write a list with "- ".');
    if (/^[|>]/.test(text)) this.refuse("yaml-style", "Text after | or > is not read. " + QUOTED);
    if (/^([\]},%@`]|[?-]( |$))/.test(text)) this.refuse("broken-yaml", "A value that starts with a sign goes in double quotes.");
    if (/[ \t]#/.test(text)) this.find("yaml-style", "What follows # on this line would be left out. Put the whole value in double quotes.");
    if (/:([ \t]|$)/.test(text)) this.refuse("broken-yaml", "A value that holds a colon and a space goes in double quotes.");
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
      this.refuse("broken-yaml", "A quotation mark is opened and never closed.", start);
    }
    if (/\\\n/.test(found[1])) this.refuse("broken-yaml", "This line ends in a backslash. " + QUOTED, start);
    // A single line break is a space, an empty line a line break.
    const folded = found[1].replace(/[ \t]*\n[ \t\n]*/g, (gap) => "\n".repeat(gap.split("\n").length - 2) || " ");
    return [text[0] === "'" ? folded.replace(/''/g, "'") : this.unescaped(folded), text.slice(found[0].length)];
  }

  unescaped(text) {
    return text.replace(/\\(x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8}|[^])/g, (_, sign) => {
      const number = sign.length > 1 ? parseInt(sign.slice(1), 16) : -1;
      if (number >= 0 && number < 0x110000 && (number < 0xd800 || number > 0xdfff)) return String.fromCodePoint(number);
      const plain = own(UNESCAPED, sign);
      if (plain === undefined) this.refuse("broken-yaml", `\\${sign[0]} is not known here. For the sign \\ itself write \\\\.`);
      return plain;
    });
  }
}

const UNESCAPED = { 0: "\0", a: "\x07", b: "\b", t: "\t", "\t": "\t", n: "\n", v: "\v", f: "\f", r: "\r", e: "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", N: "\x85", _: "\xa0", L: "\u2028", P: "\u2029" };
const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r" };

const quote = (text) => '"' + text.replace(/[\\"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g, (sign) =>
  ESCAPES[sign] || `\\u${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`) + '"';

// --- model.py: the shape of front matter ----------------------------------------------------------

// A shape is "words" (never empty), "text", "day", "yes", "number", "print" (a fingerprint), "any", [each entry], { each: value } or { keys, needs }.
const COLUMN = { keys: { ask: "words", example: "text", type: "text", choices: ["words"], calendar: "text", private: "yes" }, needs: ["ask"] };
const BLANK = { keys: { ...COLUMN.keys, columns: { each: COLUMN }, "settled by": "text" }, needs: ["ask"] };
const PARTY = { keys: { name: "text", contact: "text", role: "text", organisation: "text", phone: "text", email: "text" }, needs: ["name"] };
const SIGNATURE = { keys: { party: "words", name: "words", role: "text", date: "day", version: "number", fingerprint: "print" }, needs: ["party", "name", "date"] };
const ROUND = { keys: { version: "number", opened: "day", because: "text", agreed: "day" }, needs: ["version", "opened"] };
const AGREEMENT = {
  keys: {
    title: "words", template: "words", language: "text", status: "text", start: "day", end: "day", parties: [PARTY],
    blanks: { each: BLANK }, answers: { each: "any" }, "left out": ["words"], taken: { each: "text" },
    signatures: [SIGNATURE], rounds: [ROUND], related: ["words"], publish: "yes", formerly: ["words"],
    // A worked example has these too.
    summary: "words", basis: "words", sources: ["words"], owner: "words", reviewed: "day",
    // A kept version has two of these, and a record may have all.
    date: "day", version: "number", fingerprint: "print", next: "day",
  },
  needs: ["title", "template"],
};
const DEFAULTS = { language: "en-GB", status: "draft", type: "text" };
const PRINT = /^gr1:[0-9a-f]{64}$/;
const TYPES = ["text", "long text", "date", "rhythm", "choice", "list", "rows"];
const KNOWN = { status: ["draft", "agreed", "ended"], type: TYPES };

class Shaper {
  constructor(problem) {
    this.problem = problem;
    this.right = true;
  }

  wrong(path, name, message) {
    this.right = false;
    this.problem(path, name, message);
  }

  shaped(value, shape, path) {
    const called = path.length ? `"${path[path.length - 1]}"` : "What stands here";
    if (shape === "any") return value;
    if (isText(shape)) return this.text(value, shape, path, called);
    if (Array.isArray(shape)) {
      if (value === "") return [];
      if (Array.isArray(value)) return value.map((one, index) => this.shaped(one, shape[0], [...path, index]));
      return this.wrong(path, "bad-value", `${called} must be a list. Write each entry on a line of its own, after "- ".`);
    }
    if (value === "" && shape.each) return mapOf();
    if (!isMap(value)) return this.wrong(path, "bad-value", `${called} must hold keys, each on a line of its own: "key: value".`);
    if (shape.each) return mapOf(entriesOf(value).map(([key, one]) => [key, this.shaped(one, shape.each, [...path, key])]));
    return this.keyed(value, shape, path);
  }

  keyed(value, shape, path) {
    const made = mapOf();
    for (const key of keysOf(value)) {
      const here = [...path, key];
      if (!own(shape.keys, key)) this.wrong(here, "unknown-key", `"${key}" is not a key that may stand here. It should be one of: ${keysOf(shape.keys).join(", ")}.`);
      else {
        const one = this.shaped(value[key], shape.keys[key], here);
        if (KNOWN[key] && isText(one) && !KNOWN[key].includes(one)) this.wrong(here, "bad-value", `"${one}" may not stand for "${key}". It should be one of: ${KNOWN[key].join(", ")}.`);
        if (one !== undefined) made[key] = one;
      }
    }
    for (const key of shape.needs) if (!(key in value)) this.wrong(path, "missing-key", `"${key}" is missing. Add a line "${key}: …".`);
    if (shape.keys.ask) this.fits(made, path);
    return made;
  }

  fits(blank, path) {
    const type = blank.type || "text";
    if ((type === "choice") !== !!(blank.choices && blank.choices.length)) this.wrong(path, "bad-value", '"choices" goes with the type choice, and only with it.');
    if (blank.calendar && type !== "date" && type !== "rhythm") this.wrong(path, "bad-value", '"calendar" goes with a date or a rhythm.');
    if (blank["settled by"] && !blank.calendar) this.wrong(path, "bad-value", '"settled by" goes with "calendar".');
    if (path.length < 3 && (type === "rows") !== !!keysOf(blank.columns).length) this.wrong(path, "bad-value", '"columns" goes with the type rows, and only with it.');
    if (path.length > 2 && !["text", "date", "choice"].includes(type)) this.wrong(path, "bad-value", `"${type}" may not stand for "type".`);
  }

  text(value, shape, path, called) {
    if (!isText(value)) return this.wrong(path, "bad-value", `${called} must be one line of text.`);
    if (shape === "words") return strip(value) || this.wrong(path, "bad-value", `${called}: This is empty. Fill it in, or leave the key out.`);
    if (shape === "day") return readDate(value) || this.wrong(path, "bad-value", `${called}: "${value}" is not a likely date. Write it as year-month-day, such as 2026-11-21.`);
    if (shape === "number") return /^[1-9]\d{0,3}$/.test(value) ? value : this.wrong(path, "bad-value", `${called}: "${value}" is not a number such as 1 or 12.`);
    if (shape === "print") return !value || PRINT.test(value) ? value : this.wrong(path, "bad-value", `${called}: "${value}" is not a fingerprint. It is "gr1:" and 64 signs, each 0 to 9 or a to f.`);
    if (shape === "yes") {
      if (!["yes", "true", "no", "false"].includes(value)) this.wrong(path, "bad-value", `${called}: "${value}" is neither yes nor no.`);
      return value === "yes" || value === "true" ? "yes" : undefined;
    }
    return path.length === 3 && path[0] === "parties" && path[2] === "name" ? strip(value) : value;
  }
}

// --- load.py: an agreement's file -----------------------------------------------------------------

const MAX_BYTES = 256 * 1024;
const MAX_LINE = 10000;
const MAX_PROBLEMS = 50;
const CONTROL = /[\x01-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]/g;
const TEMPLATE_CODE = /\{\{|\{%|\{#(?![a-z0-9-]*[ }])/;
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const ODD_HEADING = new RegExp(`\\[\\[|\\]\\]|<[A-Za-z/!?]|[*_\`]{1,3}[^${SPACES}][^\\n]*[*_\`]|\\]\\(|\\{|\\}`);

function read(mdText) {
  const problems = [];
  let agreement = null;
  try {
    agreement = readAgreement(String(mdText), problems) || null;
  } catch (error) {
    problems.push({ line: 1, name: "unreadable", message: "This file cannot be understood. Open the copy you downloaded." });
  }
  problems.sort((a, b) => a.line - b.line);
  return { agreement, problems };
}

function readAgreement(text, problems) {
  // Nobody reads more than these, and looking up their lines takes time.
  const problem = (line, name, message) => problems.length < MAX_PROBLEMS && problems.push({ line, name, message });
  text = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  if (text.length > MAX_BYTES) return void problem(1, "too-large", `This file has ${text.length >> 10} KB; ${MAX_BYTES >> 10} KB is the most.`);
  if (text.includes("\0")) return void problem(1, "not-utf-8", "This is not a text file. Choose the file that ends in .md.");
  const long = text.split("\n").findIndex((line) => line.length > MAX_LINE && count(line) > MAX_LINE);
  if (long >= 0) return void problem(long + 1, "too-large", `This line has more than ${MAX_LINE} signs. Write one sentence a line.`);
  for (const match of text.matchAll(CONTROL)) {
    if (problems.length === MAX_PROBLEMS) break;
    problem(text.slice(0, match.index).split("\n").length, "hidden-characters", `There is a character here that nobody can see (${code(match[0])}). Delete it, or start a new line.`);
  }
  text = text.replace(CONTROL, " ");
  const parts = split(text);
  if (!parts) {
    return void problem(1, "no-front-matter", text.startsWith("---\n")
      ? 'The front matter is never closed. Add a line of "---" after it.'
      : 'This is not an agreement: it must start with front matter between two lines of "---".');
  }
  const [frontText, body, bodyLine] = parts;
  const reader = new FrontReader(frontText, 2);
  const data = reader.read();
  problems.push(...reader.problems);
  if (reader.problems.length) return null;
  const lineOf = (path) => (problems.length < MAX_PROBLEMS ? frontLine(frontText, path) : 1);
  const shaper = new Shaper((path, name, message) => problem(lineOf(path), name, message));
  const front = shaper.shaped(data, AGREEMENT, []);
  if (!shaper.right) return null;
  lookAtValues(data, [], (path, name, message) => problem(lineOf(path), name, message));
  for (const key of ["parties", "left out", "signatures", "rounds", "related"]) front[key] = front[key] || [];
  for (const key of ["blanks", "answers", "taken"]) front[key] = front[key] || mapOf();
  for (const key of ["language", "status"]) if (!(key in front)) front[key] = DEFAULTS[key];
  if (front.start && front.end && front.end < front.start) problem(lineOf(["end"]), "bad-value", '"end" is before "start". Change one of the two.');
  return readBody(front, body, bodyLine, problem);
}

// The line of a place in front matter, or of the nearest key above it: for messages, so a guess will do.
function frontLine(text, path) {
  const lines = text.split("\n");
  let at = 0;
  path.forEach((step, depth) => {
    if (!isText(step)) return;
    const found = lines.findIndex((line, index) => index >= at && line.search(/[^ -]/) >= depth && /^[ -]*(.*?) *:( |$)/.test(line) && [step, quote(step)].includes(/^[ -]*(.*?) *:( |$)/.exec(line)[1]));
    if (found >= 0) at = found;
  });
  return at + 2;
}

function lookAtValues(value, path, problem) {
  if (isText(value)) {
    const hidden = value.split("\n").map(hiddenCharacters).find(Boolean);
    if (hidden) problem(path, "hidden-characters", hidden);
    if (["answers", "parties", "signatures"].includes(path[0])) return;
    const wrong = oddValue(value);
    if (wrong) problem(path, wrong.name, wrong.message);
  } else if (Array.isArray(value)) value.forEach((one, index) => lookAtValues(one, [...path, index], problem));
  else for (const [key, one] of entriesOf(value)) lookAtValues(one, [...path, key], problem);
}

// What may not stand in a title, or in any value that is not an answer or somebody's name.
function oddValue(value) {
  if (/<[A-Za-z/!?]/.test(value)) return { name: "raw-html", message: "HTML is not allowed here. Write plain text, with a space after the sign <." };
  const match = TEMPLATE_CODE.exec(value);
  return match && { name: "template-code", message: `"${match[0]}" looks like code, and nothing here is ever run. Write it another way.` };
}

function parts(body, firstLine, problem) {
  const intro = [];
  const found = [];
  body.split("\n").forEach((line, index) => {
    const number = firstLine + index;
    const match = /^(#{1,6})[ \t]+([^\n]*?)[ \t]*$/.exec(line);
    if (match && match[1].length === 2) {
      const attributes = /^([^\n]*?)[ \t]*\{#([^\s}]*)(?:[ \t]+wording=([^\s}]*))?[ \t]*\}$/.exec(match[2]);
      const [title, id, wording] = attributes ? [attributes[1], attributes[2], attributes[3] || ""] : [match[2], "", ""];
      const wrong = oddTitle(title);
      if (wrong) problem(number, "bad-heading", wrong);
      found.push({ title, id, wording, line: number, lines: [] });
    } else if (match) problem(number, "bad-heading", "A heading here starts with ##.");
    else (found.length ? found[found.length - 1].lines : intro).push(line);
  });
  return [intro.join("\n"), found];
}

function oddTitle(title) {
  if (!title) return "This heading has no words. Write them after the #.";
  if (ODD_HEADING.test(title) || TEMPLATE_CODE.test(title)) return "A heading is plain words: no blanks, links, emphasis, braces or HTML.";
  return hiddenCharacters(title);
}

function readBody(front, body, bodyLine, report) {
  let right = true;
  const problem = (...about) => {
    right = false;
    report(...about);
  };
  const [preamble, found] = parts(body, bodyLine, problem);
  const seen = new Set();
  for (const part of found) {
    if (!ID.test(part.id)) problem(part.line, "bad-heading", `This heading needs an id of small letters, digits and hyphens after it, such as "${part.title} {#publicity}".`);
    else if (seen.has(part.id)) problem(part.line, "duplicate-id", `"${part.id}" stands here twice. Give this one another id.`);
    seen.add(part.id);
  }
  const sections = found.map(({ id, title, wording, lines, line }) => {
    for (const one of findings(lines.join("\n"), line + 1)) report(one.line, one.name, one.message);
    return { id, title, wording, text: strip(lines.join("\n"), "\n") };
  });
  for (const one of findings(preamble, bodyLine, true)) report(one.line, one.name, one.message);
  return right ? { front, preamble: strip(preamble, "\n"), sections } : null;
}

// What is wrong with agreement text that people wrote: what the parser names, and what looks like code.
function findings(text, firstLine = 1, mayBeEmpty = false) {
  const parsed = parse(text, firstLine);
  const found = [...parsed.findings];
  text.split("\n").forEach((line, index) => {
    const match = TEMPLATE_CODE.exec(line.replace(/\\/g, ""));
    if (match) found.push({ line: firstLine + index, name: "template-code", message: oddValue(match[0]).message });
  });
  if (!parsed.blocks.length && !mayBeEmpty) found.push({ line: firstLine, name: "missing-text", message: "This clause has no text. Write it below the heading." });
  return found.sort((a, b) => a.line - b.line);
}

// --- source.py: the form that opens again ---------------------------------------------------------

function write(agreement) {
  const pieces = ["---\n" + frontMatter(agreement.front) + "---"];
  if (agreement.preamble) pieces.push(agreement.preamble);
  for (const section of agreement.sections) pieces.push(heading(section), section.text);
  return pieces.join("\n\n").replace("---\n\n", "---\n") + "\n";
}

const heading = (section) => `## ${section.title} {#${section.id}${section.wording ? ` wording=${section.wording}` : ""}}`;
const frontMatter = (front) => lines(plain(front, AGREEMENT), 0).join("");

class Bare {
  constructor(text) {
    this.text = text;
  }
}

// A value with its keys in the order of the model, and without those that are as they would be anyway.
function plain(value, shape) {
  if (["day", "yes", "number"].includes(shape)) return new Bare(value);
  if (isText(shape)) return value;
  if (Array.isArray(shape)) return value.map((one) => plain(one, shape[0]));
  if (shape.each) return mapOf(entriesOf(value).map(([key, one]) => [key, plain(one, shape.each)]));
  const kept = keysOf(shape.keys).filter((key) => {
    const one = own(value, key);
    if (one === undefined || one === null) return false;
    return shape.needs.includes(key) || (isText(one) ? one !== (DEFAULTS[key] || "") : (Array.isArray(one) ? one : keysOf(one)).length > 0);
  });
  return mapOf(kept.map((key) => [key, plain(value[key], shape.keys[key])]));
}

const lines = (data, depth) => entriesOf(data).flatMap(([key, value]) => entry(`${"  ".repeat(depth)}${writtenKey(key)}:`, value, depth));

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

// --- answers.py -----------------------------------------------------------------------------------

const RHYTHM = new RegExp(
  "^every[_]+(?:([1-9][0-9]?)[_]+)?(day|week|month|year)s?(?:[_]+on[_]+(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday))?(?:[_]+at[_]+([0-2]?[0-9][:.][0-5][0-9]))?,?[_]+(?:from|starting)[_]+([0-9]{4}-[0-9]{2}-[0-9]{2})$".replace(/_/g, SPACES), "i");

function readDate(text) {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match || match[1] < "1900" || match[1] > "2199") return null;
  const day = new Date(text + "T00:00:00Z");
  return !isNaN(day) && day.toISOString().slice(0, 10) === text ? text : null;
}

function readRhythm(text) {
  const match = RHYTHM.exec(strip(text));
  if (!match || !readDate(match[5])) return null;
  const [hour, minute] = (match[4] || "").replace(".", ":").split(":");
  if (hour && +hour > 23) return null;
  const weekday = match[3] ? match[3][0].toUpperCase() + match[3].slice(1).toLowerCase() : "";
  return { count: +(match[1] || 1), unit: match[2].toLowerCase(), weekday, time: hour ? `${hour.padStart(2, "0")}:${minute}` : "", first: match[5] };
}

function isEmpty(answer) {
  if (isText(answer)) return !strip(answer);
  if (Array.isArray(answer)) return answer.every(isEmpty);
  return !isMap(answer) || keysOf(answer).every((key) => isEmpty(answer[key]));
}

// Why an answer cannot stand for a blank, or null.
function misfit(definition, answer) {
  if (isEmpty(answer)) return null;
  const texts = isText(answer) ? [answer] : Array.isArray(answer) ? answer.flatMap((one) => (isMap(one) ? Object.values(one) : [one])) : [];
  for (const text of texts) {
    if (quote(text).length > MAX_LINE / 2) return `This has ${count(text)} signs; ${MAX_LINE / 2} is the most. Say it in fewer words.`;
    const hidden = text.split("\n").map(hiddenCharacters).find(Boolean);
    if (hidden) return hidden;
  }
  if (definition.type === "rows") {
    for (const row of answer) {
      for (const [name, cell] of entriesOf(row)) {
        const wrong = isEmpty(cell) || !own(definition.columns, name) ? null : textMisfit(definition.columns[name], cell);
        if (wrong) return `"${name}": ${wrong}`;
      }
    }
  }
  return isText(answer) ? textMisfit(definition, answer) : null;
}

function textMisfit(definition, answer) {
  if (definition.type === "date" && !readDate(answer)) return `"${answer}" is not a date. Write it as year-month-day, such as 2026-11-21.`;
  if (definition.type === "choice" && !definition.choices.includes(answer)) return `"${answer}" is not one of the choices: ${definition.choices.join(", ")}.`;
  return null;
}

function written(definition, answer, locale) {
  if (!isText(answer)) return writtenList(entries(answer), locale);
  const text = oneLine(answer);
  if (definition.type === "date") return readDate(text) ? writtenDate(text, locale) : text;
  const rhythm = definition.type === "rhythm" ? readRhythm(text) : null;
  return rhythm ? text.split(rhythm.first).join(writtenDate(rhythm.first, locale)) : text;
}

function entries(answer) {
  if (isText(answer)) return isEmpty(answer) ? [] : [oneLine(answer)];
  const found = Array.isArray(answer) ? answer : isMap(answer) ? keysOf(answer).map((key) => answer[key]) : [];
  return found.filter((one) => !isEmpty(one)).map((one) => entries(one).join(" "));
}

const paragraphs = (answer) => (isText(answer) ? answer.split(LINES) : entries(answer)).filter((line) => strip(line)).map(oneLine);

function capitalised(text) {
  const start = first(text);
  const upper = start.toUpperCase();
  return count(upper) === 1 ? upper + text.slice(start.length) : text;
}

// --- language.py: what babel knows stands in the data ---------------------------------------------

function writtenDate(day, locale) {
  const [year, month, date] = day.split("-").map(Number);
  return locale.dates[month - 1].replace(/\{(d+|y+)\}/g, (_, field) => {
    if (field[0] === "d") return String(date).padStart(field.length, "0");
    return String(field === "yy" ? year % 100 : year).padStart(field.length, "0");
  });
}

function writtenList(items, locale) {
  const joined = (pattern, a, b) => pattern.replace(/\{([01])\}/g, (_, which) => (which === "0" ? a : b));
  if (items.length < 2) return items[0] || "";
  const last = items[items.length - 1];
  const { two, start, middle, end, welsh } = locale.lists;
  let text = joined(items.length === 2 ? two : start, items[0], items[1]);
  for (const item of items.slice(2, -1)) text = joined(middle, text, item);
  if (items.length > 2) text = joined(end, text, last);
  if (welsh) {
    const gone = `a(c) ${last}`;
    text = (text.endsWith(gone) ? text.slice(0, -gone.length) : text) + (/^[aeiouwy]/i.test(last.normalize("NFD")) ? "ac " : "a ") + last;
  }
  return text;
}

// --- markup.py: the small Markdown of agreement text ----------------------------------------------

const blankKey = (name) => oneLine(name).toLowerCase();

const RULE = /^[-=*_|:+~ ]+$/;
const RULE_REFUSED = "A line of signs would become a rule, a heading or a table. Leave it out.";
const MARKER_REFUSED = 'A list item starts with a hyphen: "- ". For the sign itself write a backslash before it.';
const FENCE_REFUSED = "A block of code is not allowed in agreement text. Write it as a paragraph.";
// By the first sign of a line: pattern, whether the whole line goes with it, message.
const LINE_STARTS = mapOf([
  ["`", [[/^`{3}/, true, FENCE_REFUSED]]],
  ["~", [[/^~{3}/, true, FENCE_REFUSED], [RULE, true, RULE_REFUSED]]],
  ["#", [[/^#{1,6}(?: |$)/, false, "A heading is not allowed here. Write it as a paragraph, or \\# for the sign itself."]]],
  ["*", [[RULE, true, RULE_REFUSED], [/^\* /, true, MARKER_REFUSED]]],
  ["+", [[RULE, true, RULE_REFUSED], [/^\+ /, false, MARKER_REFUSED]]],
  ["|", [[RULE, true, RULE_REFUSED], [/^\|/, false, "A table is not allowed in agreement text. Use a blank of the type rows, or write \\|."]]],
  [">", [[/^>/, false, "A note stands at the margin, with an empty line before it. For the sign itself write \\> instead."]]],
]);
for (const sign of "-=_:") LINE_STARTS[sign] = [[RULE, true, RULE_REFUSED]];
for (const sign of "0123456789") LINE_STARTS[sign] = [[/^[0-9]{1,9}\)(?: |$)/, false, 'A numbered item is written with a full stop: "1. ". For the bracket itself write \\) instead.']];

const ESCAPABLE = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
const SCHEMES = /^(?:https:\/\/|http:\/\/|mailto:|tel:)/;
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

const BIDI = { "\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069" };
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u180e\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\u{e0000}-\u{e007f}]/u;
const FLAG = /\u{1f3f4}[\u{e0061}-\u{e007a}\u{e0030}-\u{e0039}]+\u{e007f}/gu;
const SUSPECT = new RegExp(UNSEEN.source.slice(0, -1) + "\\u202a-\\u202e\\u2066-\\u2069]", "u");

function hiddenCharacters(text) {
  if (!SUSPECT.test(text)) return null;
  const unseen = UNSEEN.exec(text.replace(FLAG, ""));
  if (unseen) return `There is a character here that nobody can see (${code(unseen[0])}). Delete it and type the words again.`;
  const waiting = [];
  for (const sign of text) {
    if (BIDI[sign]) waiting.push(BIDI[sign]);
    else if ((sign === "\u202c" || sign === "\u2069") && waiting.pop() !== sign) return `A direction mark (${code(sign)}) ends here that was never begun. Delete it.`;
  }
  return waiting.length ? "A direction mark begins here and does not end on this line, so the text may read in another order. Delete it." : null;
}

// Returns { blocks, findings }; never throws, and takes time in proportion to the length of the text.
function parse(text, firstLine = 1) {
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
    if (joined.size) this.findings = this.findings.filter((one) => !joined.has(one.line) || one.name !== "list-numbers");
    for (const line of joined) this.refuse(line - this.first, "Without the note before it this list would join the one above. Put a sentence between them.");
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
    if (slashes % 2 || line.endsWith("  ")) this.refuse(at, "This line ends in a forced line break. Remove the spaces or the backslash at its end.");
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
        this.refuse(this.at, "This line starts like a list item. Put an empty line before it, or start the list at 1. For the sign itself write a backslash before it.");
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
      if (!this.findings.slice(-2).some((one) => one.line === line)) this.find(start, "note-label", 'A note starts with a label and a colon, such as "> Why: …".');
      return { kind: "note", label: "", paragraphs: this.paragraphs(groups), line };
    }
    const [at, lines] = groups[0];
    const onFirstLine = strip(lines[0].slice(match[0].length), " ");
    if (!onFirstLine && lines.length === 1) {
      this.find(start, "note-label", "This note says nothing beside its label. Write its words after the colon.");
      return { kind: "note", label, paragraphs: this.paragraphs(groups.slice(1)), line };
    }
    const opening = { kind: "paragraph", children: this.inline(lines, at, match[0].length), line: this.first + at + (onFirstLine ? 0 : 1) };
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
        if (text.startsWith("    ") || ITEM.test(text)) this.refuse(this.at, "A note holds plain paragraphs: no list or code in it.");
        if (fresh) groups.push([this.at, []]);
        fresh = false;
        groups[groups.length - 1][1].push(lstrip(text, " "));
      }
      this.at++;
    }
    return groups;
  }

  paragraphs(groups) {
    return groups.map(([at, lines]) => ({ kind: "paragraph", children: this.inline(lines, at), line: this.first + at }));
  }

  itemList(level) {
    const start = this.at;
    const opening = ITEM.exec(this.lines[start]);
    const column = opening[1].length;
    const ordered = opening[2] !== "-";
    if (level === 1 && column) this.refuse(start, "A list starts at the margin. Remove the spaces.");
    const items = [];
    let counted = true;
    for (let match; (match = this.nextItem(column, ordered)); ) {
      const number = items.length + 1;
      if (ordered && counted && match[2] !== `${number}.`) {
        this.find(this.at, "list-numbers", `This is item ${number} of its list: write "${number}. ". If it is no list item, write "${match[2].slice(0, -1)}\\." instead.`);
        counted = false;
      }
      items.push(this.item(match, level));
    }
    if (this.at < this.lines.length && level === 1) {
      const other = ITEM.exec(this.lines[this.at]);
      if (other && !other[1] && (other[2] !== "-") !== ordered) this.refuse(this.at, "Two lists of different kinds need a sentence between them.");
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
        this.refuse(this.at, indent >= content ? "Lists go one level deep: a list inside a list, no further." : "Start the items of one list below each other.");
        this.silent.add(this.at);
      } else if (inner) {
        if (indent < content || indent > content + 3) this.refuse(this.at, `Indent a list inside a list by ${content - column} spaces.`);
        sublist = this.itemList(2);
        continue;
      } else if (indent < content) {
        this.refuse(this.at, "This line carries on a list item. Indent it to the item's text, or put an empty line before it.");
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
    } else if (/^\[[ xX]\](?: |$)/.test(text)) this.refuse(this.at, "A box to tick is not written here. Leave it out, or write \\[ for the sign.");
  }
}

class Inline {
  constructor(text, at, reader) {
    Object.assign(this, { text, at, reader, out: [], words: "", stack: [], inLink: false, doubted: new Set(), breaks: null, pairs: null });
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
    for (let match; (SIGN.lastIndex = pos) < end && (match = SIGN.exec(this.text)) && match.index < end; ) {
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
    if (matchAt(HTML, this.text, pos)) this.find(pos, "raw-html", "HTML is not allowed here. Write plain text; for the sign itself write \\<.");
    return this.sign(pos);
  }

  ampersand(pos) {
    const entity = matchAt(ENTITY, this.text, pos);
    if (entity) this.find(pos, "not-agreement-text", `${entity[0]} may be read as another sign. Write the sign you mean, or \\& for this one.`);
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
      this.find(pos, "stray-sign", "An underscore here would be read as emphasis. Use *stars*, a blank such as [[how often]], or write \\_.");
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
      this.find(pos, "broken-blank", "A blank starts here and does not end. Write [[its name]] on one line, or \\[ for the sign.");
      this.words += "[[";
      return pos + 2;
    }
    const closing = this.closing(pos);
    if (closing === undefined || closing >= end) return this.sign(pos);
    const following = text[closing + 1];
    if (following === ":" && (pos === 0 || text[pos - 1] === "\n")) {
      this.find(pos, "not-agreement-text", "This would be read as a link definition and vanish. Put the colon elsewhere, or write \\[.");
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
      this.find(pos, "broken-link", "This looks like a link, but its address is not one word in round brackets. Write [text](https://…), with %28 and %29 for round brackets in the address.");
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
    else if (this.text[end] === "(") this.find(pos, "broken-blank", "A bracket right after a blank would be read as a link. Put a space between them.");
    let node = { kind: "blank", name, line };
    if (name[0] === "#") {
      if (!/^[A-Za-z0-9][A-Za-z0-9-]*$/.test(match[1].slice(1))) this.find(pos, "broken-blank", "This reference names no clause. Write the clause's id after #: [[#publicity]].");
      node = { kind: "reference", clause: strip(name.slice(1)), line };
    } else if (!name) this.find(pos, "broken-blank", "This blank has no name. Write [[what goes here]].");
    else if (NOT_A_NAME.test(name)) this.find(pos, "broken-blank", "The name of a blank is plain words. Leave out signs such as * _ ` \\ and HTML.");
    this.flush();
    this.out.push(node);
    return end;
  }

  checkAddress(pos, address) {
    if (SCHEMES.test(address) && strip(address.slice(address.indexOf(":") + 1), "/")) {
      if (/[\\[\]`"']/.test(address) || new RegExp(ENTITY.source).test(address)) this.find(pos, "bad-address", `"${address}" holds a sign that a link may not hold. Copy the address from the browser.`);
    } else if (!SITE_PAGE.test(address)) {
      this.find(pos, "bad-address", `"${address}" is not an address that may stand here. Use https:, http:, mailto:, tel:, or a page of this site such as /clauses/publicity/.`);
    }
  }
}

const READERS = { "\\": "backslash", "`": "backtick", "*": "stars", _: "underscores", "[": "bracket", "<": "lessThan", "&": "ampersand", "!": "exclamation", "~": "tilde" };

// The character that ends before ``pos``.
const before = (text, pos) => [...text.slice(Math.max(pos - 2, 0), pos)].pop() || "";

function kindOf(character) {
  if (!character || SPACE.test(character)) return "space";
  if (ESCAPABLE.includes(character) || /\p{P}/u.test(character)) return "punctuation";
  return /\p{S}/u.test(character) ? "symbol" : "word";
}

const flanking = (a, b) => [b !== "space" && (b === "word" || a !== "word"), a !== "space" && (a === "word" || b !== "word")];

// Every inline node in the blocks, parents before their children.
function inlines(blocks) {
  const found = [];
  const inside = (nodes) => nodes.forEach((node) => {
    found.push(node);
    if (node.children) inside(node.children);
  });
  const items = (list) => list.items.forEach((item) => {
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

const plainWords = (children) => children.map((node) =>
  node.kind === "text" ? node.text : node.children ? plainWords(node.children) : `[${node.kind === "blank" ? node.name : node.clause}]`).join("");

// --- assemble.py: numbering, filling, dates -------------------------------------------------------

const withoutNotes = (blocks) => blocks.filter((block) => block.kind !== "note");
const RESERVED = mapOf([
  ["parties", { ask: "Who are the partners?", type: "list" }],
  ["start", { ask: "On what day does the agreement start?", type: "date" }],
  ["end", { ask: "On what day does the agreement end?", type: "date" }],
  ["title", { ask: "What is the agreement called?" }],
]);

// While somebody types, all clauses but one stay as they were.
const parsed = new Map();
function blocksOf(text) {
  let blocks = parsed.get(text);
  if (!blocks) {
    if (parsed.size > 400) parsed.clear();
    parsed.set(text, (blocks = parse(text).blocks));
  }
  return blocks;
}

function assemble(agreement, template) {
  const { front } = agreement;
  const filler = new Filler(agreement, template);
  const preamble = filler.blocks(blocksOf(agreement.preamble));
  const clauses = agreement.sections.map((section, index) => ({
    id: section.id, number: index + 1, title: section.title, wording: section.wording, blocks: filler.blocks(blocksOf(section.text)),
  }));
  // The sentences of a kept version hold the answers as words; those that are dates are kept as well.
  if (front.fingerprint && !front.date) keysOf(front.blanks).forEach((name) => filler.use(name));
  return {
    id: identity(front.title) || template.id, kind: front.date ? "records" : "partnerships", title: front.title, language: front.language, status: front.status, parties: front.parties,
    start: front.start || "", end: front.end || "", preamble, clauses, signatures: front.signatures, blanks: [...filler.used.values()],
    labels: template.labels, locale: template.locale, direction: template.direction, site: template.site,
  };
}

// The name that the partnership's folder would have: entries of the calendar keep their ids by it.
const identity = (title) => (title.toLowerCase().match(/[a-z0-9]+/g) || []).join("-");

class Filler {
  constructor({ front, sections }, template) {
    this.template = template;
    this.definitions = new Map([...entriesOf(front.blanks), ...entriesOf(RESERVED)].map(([name, one]) => [blankKey(name), one]));
    this.answers = new Map(entriesOf(front.answers).map(([name, given]) => [blankKey(name), given]));
    const reserved = { parties: front.parties.map((party) => party.name).filter(Boolean), start: front.start || "", end: front.end || "", title: front.title };
    for (const key of keysOf(reserved)) this.answers.set(key, reserved[key]);
    this.numbers = new Map(sections.map((section, index) => [section.id, [index + 1, section.title]]));
    this.used = new Map();
  }

  use(name) {
    const key = blankKey(name);
    if (!this.used.has(key)) this.used.set(key, { name, definition: this.definitions.get(key) || { ask: "?" }, answer: this.answers.get(key) });
    return this.used.get(key);
  }

  blocks(blocks) {
    return blocks.flatMap((block) => {
      if (block.kind === "list") return [this.itemList(block)];
      if (block.kind === "note") return [{ ...block, paragraphs: block.paragraphs.map((one) => ({ ...one, children: this.spans(one.children) })) }];
      if (block.children.length === 1 && block.children[0].kind === "blank") return this.alone(block.children[0], block);
      return [{ ...block, children: this.spans(block.children) }];
    });
  }

  itemList(list) {
    const items = list.items.map((item) => ({ ...item, children: this.spans(item.children), sublist: item.sublist && this.itemList(item.sublist) }));
    return { ...list, items };
  }

  alone(blank, block) {
    const { definition, answer } = this.use(blank.name);
    const type = definition.type;
    if (type === "rows") return [this.table(blank.name, definition, answer)];
    if (isEmpty(answer) || (type !== "long text" && type !== "list")) return [{ ...block, children: this.spans([blank]) }];
    const filled = (text) => [this.filled(blank.name, text, definition)];
    if (type === "list") return [{ kind: "list", ordered: false, items: entries(answer).map((text) => ({ children: filled(text), sublist: null, line: block.line })), line: block.line }];
    return paragraphs(answer).map((text) => ({ kind: "paragraph", children: filled(text), line: block.line }));
  }

  table(name, definition, answer) {
    const columns = keysOf(definition.columns);
    const rows = (Array.isArray(answer) ? answer : []).filter((row) => isMap(row) && !isEmpty(row));
    const cell = (row, column) => written(definition.columns[column], own(row, column) === undefined ? "" : row[column], this.template.locale);
    return { kind: "table", name, definition, columns, rows: rows.map((row) => columns.map((column) => cell(row, column))) };
  }

  spans(children) {
    return children.map((node) => this.span(node));
  }

  span(node) {
    if (node.kind === "text") return node;
    if (node.children) return { ...node, children: this.spans(node.children) };
    if (node.kind === "reference") {
      const [number, title] = this.numbers.get(node.clause) || [0, ""];
      return { kind: "number", id: node.clause, number, title: title || own(this.template.titles, node.clause) || node.clause };
    }
    const { definition, answer } = this.use(node.name);
    if (isEmpty(answer)) return { kind: "hole", name: node.name, definition };
    return this.filled(node.name, written(definition, answer, this.template.locale), definition);
  }

  filled(name, text, definition) {
    return { kind: "filled", text: /^\p{Uppercase}/u.test(name) ? capitalised(text) : text, name, private: definition.private === "yes" };
  }
}

// --- html.py --------------------------------------------------------------------------------------

const escape = (text) => text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);
const escapeAll = (text) => escape(text).replace(/"/g, "&quot;").replace(/'/g, "&#x27;");
const titled = (name) => first(name).toUpperCase() + name.slice(first(name).length);
const dataBlank = (name) => ` data-blank="${escapeAll(blankKey(name))}"`;

// The whole document; what people wrote is escaped here, once.
function html(document) {
  const clause = (one) => `<section data-clause="${escapeAll(one.id)}"><h2 id="${escapeAll(one.id)}">${one.number}. ${escape(one.title)}</h2>${blocksHtml(one.blocks, document)}</section>`;
  return opening(document) + `<section data-clause="preamble">${blocksHtml(document.preamble, document)}</section>${document.clauses.map(clause).join("")}` + signing(document);
}

function opening(document) {
  const parties = document.parties.map((party) => partyWords(party, document.labels, true)).map(([name, text]) => `<li><strong>${escape(name)}</strong>${escape(text)}</li>`);
  const dates = days(document);
  return `<p class="gr-document-title">${escape(document.title)}</p>${parties.length ? `<ul class="gr-parties">${parties.join("")}</ul>` : ""}${dates && `<p>${escape(dates)}</p>`}`;
}

function signing(document) {
  const row = (cells, tag) => `<tr>${cells.map((cell) => `<${tag}>${escape(cell) || "&nbsp;"}</${tag.slice(0, 2)}>`).join("")}</tr>`;
  const signed = escapeAll(document.labels.signed);
  return `<section class="gr-signing" data-clause="signed"><h2>${signed}</h2><div class="gr-table" tabindex="0" role="region" aria-label="${signed}"><table class="gr-rows gr-open"><thead>${row(signingHeader(document), 'th scope="col"')}</thead><tbody>${signers(document, false).map((cells) => row(cells, "td")).join("")}</tbody></table></div></section>`;
}

const blocksHtml = (blocks, document) => blocks.map((block) => {
  if (block.kind === "list") return listHtml(block, document);
  if (block.kind === "table") return tableHtml(block);
  return block.kind === "note" ? noteHtml(block, document) : `<p>${inlineHtml(block.children, document)}</p>`;
}).join("");

const inlineHtml = (nodes, document) => nodes.map((node) => nodeHtml(node, document)).join("");

function nodeHtml(node, document) {
  if (node.kind === "text") return escape(node.text);
  if (node.kind === "filled") return `<span class="gr-answer"${dataBlank(node.name)}>${escape(node.text)}</span>`;
  if (node.kind === "hole") return `<span class="gr-blank"${dataBlank(node.name)}><span class="gr-unseen">blank: </span>${escape(node.name)}</span>`;
  if (node.kind === "number") {
    if (!node.number) return `<span class="gr-missing">${escape(node.title)} (${document.labels["left out"]})</span>`;
    return `<a href="#${escapeAll(node.id)}">${document.labels.clause} ${node.number}, ${escape(node.title)}</a>`;
  }
  const inside = inlineHtml(node.children, document);
  if (node.kind === "link") return SCHEMES.test(node.address) || node.address[0] === "/" ? `<a href="${escapeAll(linkTo(node.address, document.site))}">${inside}</a>` : inside;
  return node.kind === "strong" ? `<strong>${inside}</strong>` : `<em>${inside}</em>`;
}

// A relative link to a page of the site; ``site`` says where we are.
function linkTo(target, site) {
  if (target[0] !== "/") return target;
  const [, path, rest] = /^([^#]*)(.*)$/s.exec(target);
  if (path === site.here && rest.length > 1) return rest;
  const bare = strip(path, "/");
  const page = site.folders || !path.endsWith("/") ? lstrip(path, "/") : site.indexes.includes(path) || !bare ? lstrip(`${bare}/index.html`, "/") : `${bare}.html`;
  return (site.root + page || "./") + rest;
}

const listHtml = (list, document) => {
  const tag = list.ordered ? "ol" : "ul";
  return `<${tag}>${list.items.map((item) => `<li>${inlineHtml(item.children, document)}${item.sublist ? listHtml(item.sublist, document) : ""}</li>`).join("")}</${tag}>`;
};

function tableHtml(table) {
  const head = table.columns.map((name) => `<th scope="col">${escapeAll(titled(name))}</th>`).join("");
  const open = !table.rows.length;
  const rows = open ? Array(2).fill(table.columns.map(() => "&nbsp;")) : table.rows.map((row) => row.map(escape));
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("");
  const caption = escapeAll(titled(table.name));
  return `<div class="gr-table"${dataBlank(table.name)} tabindex="0" role="region" aria-label="${caption}"><table class="gr-rows${open ? " gr-open" : ""}"><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function noteHtml(note, document) {
  const [opening = "", ...rest] = note.paragraphs.map((one) => inlineHtml(one.children, document));
  const kind = escapeAll(words(note.label.toLowerCase()).join("-"));
  return `<aside class="gr-note" data-kind="${kind}"><p><strong class="gr-label">${escapeAll(note.label)}</strong> ${opening}</p>${rest.map((text) => `<p>${text}</p>`).join("")}</aside>`;
}

// --- paper.py: the words around the clauses -------------------------------------------------------

const EMPTY_ROWS = 3;
const SIGNING_LABELS = ["signed for", "name", "role", "signature", "date"];

// Whether there is something to fill in.
const isForm = (document) => [document.preamble, ...document.clauses.map((clause) => clause.blocks)].some(isOpen);
const isOpen = (blocks) => withoutNotes(blocks).some((block) => block.kind === "table" && !block.rows.length) || inlines(withoutNotes(blocks)).some((node) => node.kind === "hole");

function partyWords(party, labels, reachable) {
  const { name, contact, role, organisation, phone, email } = party;
  const known = [contact, role, ...(reachable ? [phone, email] : [])].filter(Boolean).join(", ");
  const text = organisation ? `, ${organisation}` : "";
  return [name, text + (known && (contact ? `. ${labels.contact}: ${known}` : `, ${known}`))];
}

function days({ start, end, labels, locale }) {
  const said = [["from", start], ["to", end]].filter(([, day]) => day).map(([word, day]) => `${labels[word]} ${writtenDate(day, locale)}`);
  return capitalised(said.join(" "));
}

const signingHeader = (document) => SIGNING_LABELS.map((label) => document.labels[label]);

function signers(document, form) {
  const empty = Array(EMPTY_ROWS).fill(SIGNING_LABELS.map(() => ""));
  if (form) return empty;
  // A signature for other words stays away.
  const signatures = document.signatures.filter((one) => !one.fingerprint || one.fingerprint === document.fingerprint);
  const rows = signatures.map((one) => [one.party, one.name, one.role || "", document.labels.signed, writtenDate(one.date, document.locale)]);
  const names = signatures.map((one) => one.party);
  for (const { name, organisation, contact, role } of document.parties) {
    if (!names.includes(name)) rows.push(organisation && !contact ? [name, name, role || "", "", ""] : [name, "", "", "", ""]);
  }
  return rows.length ? rows : empty;
}

// --- fork.py, desk.py: changes, each of which returns a new agreement -----------------------------

// ``template`` is the page's own, unless another is named.
const templateOf = (template) => template || root.groundRulesTemplate || { clauses: [] };
const withFront = (agreement, changes) => ({ ...agreement, front: Object.assign(mapOf(), agreement.front, changes) });
const find = (map, name) => keysOf(map).find((one) => blankKey(one) === blankKey(name));
const sectionBlanks = (text) => inlines(withoutNotes(blocksOf(text))).filter((node) => node.kind === "blank").map((node) => node.name);

// An answer as it is kept: no white space around it, no empty entry, cell or row; columns in order.
function settled(definition, answer) {
  if (definition.type === "rows") {
    return (Array.isArray(answer) ? answer : []).filter(isMap).map((row) => {
      const given = new Map(entriesOf(row).map(([column, cell]) => [blankKey(column), isText(cell) ? strip(cell) : ""]));
      return mapOf(keysOf(definition.columns).map((column) => [column, given.get(blankKey(column))]).filter(([, cell]) => cell));
    }).filter((row) => keysOf(row).length);
  }
  if (Array.isArray(answer)) return answer.filter(isText).map((one) => strip(one)).filter(Boolean);
  return isText(answer) ? strip(answer) : "";
}

// Definitions and answers stand in the order in which the text first uses them; those it does not use go.
function settle(agreement, known) {
  const { front, sections, preamble } = agreement;
  const defined = new Map();
  for (const map of [front.blanks, known]) for (const [name, one] of entriesOf(map)) if (!defined.has(blankKey(name))) defined.set(blankKey(name), [name, one]);
  const blanks = new Map();
  for (const text of [...sections.map((section) => section.text), preamble]) {
    for (const name of sectionBlanks(text)) {
      const key = blankKey(name);
      if (!blanks.has(key) && !(key in RESERVED)) blanks.set(key, defined.get(key) || [name, mapOf([["ask", name]])]);
    }
  }
  const order = ["preamble", ...sections.map((section) => section.id)];
  const taken = order.filter((id) => own(front.taken, id)).map((id) => [id, front.taken[id]]);
  const answers = [...blanks.values()].map(([name]) => [name, find(front.answers, name)]).filter(([, given]) => given !== undefined);
  return withFront(agreement, { blanks: mapOf(blanks.values()), taken: mapOf(taken), answers: mapOf(answers.map(([, given]) => [given, front.answers[given]])) });
}

function setAnswer(agreement, blank, value) {
  const { blanks, answers } = agreement.front;
  const name = find(blanks, blank);
  if (name === undefined) return agreement;
  const given = settled(blanks[name], value);
  const old = find(answers, name);
  const changed = new Map(entriesOf(answers));
  if (!given.length) changed.delete(old);
  else changed.set(old === undefined ? name : old, given);
  const order = keysOf(blanks).map(blankKey);
  const place = (key) => (order.includes(blankKey(key)) ? order.indexOf(blankKey(key)) : order.length);
  return withFront(agreement, { answers: mapOf([...changed].sort(([a], [b]) => place(a) - place(b))) });
}

// What may not stand in the agreement's title.
const oddFront = (title) => {
  const odd = oddValue(title);
  return strip(title) ? (odd ? odd.message : hiddenCharacters(title)) : "This is empty. Fill it in.";
};

// What cannot stand in the file leaves the agreement as it is: an empty title, a day that is none.
function setFront(agreement, key, value) {
  if (key === "title") {
    if (oddFront(oneLine(value || ""))) return agreement;
    value = oneLine(value);
  }
  if (key === "start" || key === "end") value = value ? readDate(value) || agreement.front[key] : undefined;
  if (key === "parties" || key === "signatures") {
    value = value.map((one) => mapOf(keysOf(one).map((part) => [part, oneLine(one[part] || "")]).filter(([part, text]) => text || part === "name")))
      .filter((one) => keysOf(one).some((part) => one[part]));
  }
  return withFront(agreement, { [key]: value });
}

const librarySection = (clause, wordingId) => {
  const wording = clause.wordings.find((one) => one.id === wordingId) || clause.wordings[0];
  return [{ id: clause.id, title: clause.title, wording: wording.id, text: wording.text }, wording.digest];
};

// The agreement with a clause of the library at ``index``, instead of as many as ``gone`` says.
function withClause(agreement, clause, wordingId, index, gone) {
  const [section, digest] = librarySection(clause, wordingId);
  const sections = [...agreement.sections];
  if (gone) {
    const notes = sections[index].text.split("\n\n").map((run) => strip(run, "\n")).filter((run) => run[0] === ">");
    section.text = [section.text, ...notes].join("\n\n");
  }
  sections.splice(index, gone, section);
  const { front } = agreement;
  const taken = mapOf([...entriesOf(front.taken).filter(([id]) => id !== clause.id), [clause.id, digest]]);
  const leftOut = front["left out"].filter((id) => id !== clause.id);
  return settle({ ...withFront(agreement, { taken, "left out": leftOut }), sections }, clause.blanks);
}

const indexOf = (agreement, id) => agreement.sections.findIndex((section) => section.id === id);

function chooseWording(agreement, clause, wordingId) {
  const index = indexOf(agreement, clause.id);
  return index < 0 ? agreement : withClause(agreement, clause, wordingId, index, 1);
}

function leaveOut(agreement, id, template) {
  const listed = templateOf(template).clauses.map((clause) => clause.id);
  const out = [...agreement.front["left out"], id];
  const sections = agreement.sections.filter((section) => section.id !== id);
  return settle({ ...withFront(agreement, { "left out": listed.filter((one) => out.includes(one)) }), sections });
}

// A clause of the template goes back to its place, another one to the end.
function bringBack(agreement, clause, template) {
  if (indexOf(agreement, clause.id) >= 0) return agreement;
  const listed = templateOf(template).clauses.map((one) => one.id);
  const place = listed.indexOf(clause.id);
  const before = listed.slice(0, Math.max(place, 0)).filter((id) => indexOf(agreement, id) >= 0);
  const index = place < 0 ? agreement.sections.length : before.length ? indexOf(agreement, before.pop()) + 1 : 0;
  return withClause(agreement, clause, clause.wording, index, 0);
}

// A clause of the library, or one of the partners' own, which needs a title and a text.
function addClause(agreement, clause, afterId) {
  const after = indexOf(agreement, afterId);
  const index = after < 0 ? agreement.sections.length : after + 1;
  if (clause.wordings) return indexOf(agreement, clause.id) < 0 ? withClause(agreement, clause, clause.wording, index, 0) : agreement;
  const numbers = agreement.sections.map((section) => /^own-(\d+)$/.exec(section.id)).filter(Boolean).map((match) => +match[1]);
  const text = agreementText(clause.text);
  const title = oneLine(clause.title || "");
  if (oddTitle(title) || findings(text).length) return agreement;
  const sections = [...agreement.sections];
  sections.splice(index, 0, { id: `own-${Math.max(0, ...numbers) + 1}`, title, wording: "", text });
  return settle({ ...agreement, sections }, clause.blanks);
}

const agreementText = (text) => strip(String(text || "").replace(/\r\n?/g, "\n"), "\n");
const changed = (agreement, id, change) => ({ ...agreement, sections: agreement.sections.map((one) => (one.id === id ? { ...one, ...change } : one)) });

// Text in which something is wrong does not get in: show its ``findings`` meanwhile.
function setText(agreement, id, text) {
  text = agreementText(text);
  if (findings(text, 1, id === "preamble").length) return agreement;
  return settle(id === "preamble" ? { ...agreement, preamble: text } : changed(agreement, id, { text }), own(templateOf().clauses.find((one) => one.id === id), "blanks"));
}

function setTitle(agreement, id, title) {
  title = oneLine(title || "");
  return oddTitle(title) ? agreement : changed(agreement, id, { title });
}

function move(agreement, id, by) {
  const index = indexOf(agreement, id);
  const to = Math.min(Math.max(index + by, 0), agreement.sections.length - 1);
  if (index < 0 || to === index) return agreement;
  const sections = [...agreement.sections];
  sections.splice(to, 0, ...sections.splice(index, 1));
  return settle({ ...agreement, sections });
}

// --- checks/agreements.py: what is still open -----------------------------------------------------

function open(agreement, template, today = new Date().toISOString().slice(0, 10)) {
  const document = assemble(agreement, template);
  const { front } = agreement;
  const found = [];
  const seen = new Map();
  for (const { id, blocks } of [{ id: "preamble", blocks: document.preamble }, ...document.clauses]) {
    const shown = withoutNotes(blocks);
    const holes = [...inlines(shown).filter((node) => node.kind === "hole"), ...shown.filter((block) => block.kind === "table" && !block.rows.length)];
    const places = sectionBlanks(id === "preamble" ? agreement.preamble : agreement.sections[indexOf(agreement, id)].text).map(blankKey);
    for (const key of places) if (!seen.has(key)) seen.set(key, id);
    holes.sort((a, b) => places.indexOf(blankKey(a.name)) - places.indexOf(blankKey(b.name)));
    for (const { name, definition } of holes) {
      const blank = blankKey(name);
      if (!found.some((one) => one.blank === blank)) found.push({ clause: id, blank, message: definition.ask });
    }
    for (const node of inlines(shown)) if (node.kind === "number" && !node.number) found.push({ clause: id, blank: "", message: `This refers to "${node.title}", which is not in the agreement. Bring that clause back, or change the sentence.` });
  }
  if (front.start && front.end && front.end < front.start) found.push({ clause: "preamble", blank: "end", message: '"end" is before "start". Change one of the two.' });
  for (const need of template.needs) {
    const blank = need.contacts ? "parties" : need.answer ? blankKey(need.answer) : "";
    const clause = need.clause || seen.get(blank) || "preamble";
    if (unmet(agreement, need, today) && !found.some((one) => blank && one.blank === blank)) found.push({ clause, blank, message: need.message });
  }
  const order = ["preamble", ...agreement.sections.map((section) => section.id)];
  const place = (one) => (order.includes(one.clause) ? order.indexOf(one.clause) : order.length);
  return found.sort((a, b) => place(a) - place(b));
}

function unmet({ front, sections }, need, today) {
  if (need.when === "end" && !front.end) return false;
  if (need.contacts) return !front.parties.length || front.parties.some((party) => !party.contact && !party.organisation && !party.role);
  if (need.clause) return !sections.some((section) => section.id === need.clause && (!need.wording || need.wording === section.wording));
  const answer = own(front.answers, find(front.answers, need.answer));
  if (isEmpty(answer)) return true;
  if (need.columns && Array.isArray(answer) && answer.some((row) => isMap(row) && need.columns.some((column) => isEmpty(own(row, column))))) return true;
  return need.future === "yes" && front.status !== "ended" && isText(answer) && !!readDate(answer) && answer < today;
}

root.GroundRules = {
  read, write, parse, findings, oddTitle, oddFront, assemble, html, open, misfit, isEmpty, blankKey, readDate, readRhythm,
  setAnswer, setFront, chooseWording, leaveOut, bringBack, addClause, setText, setTitle, move,
  // For the scripts that are loaded after this one.
  parts: {
    EMPTY_ROWS, SPACE, isText, count, code, oneLine, strip, rstrip, capitalised, mapOf, keysOf, entriesOf, own, isMap, blankKey, readDate, readRhythm,
    entries, written, writtenDate, split, frontMatter, heading, settled, KEYS: keysOf(AGREEMENT.keys), hiddenCharacters, inlines, withoutNotes, escape, isForm, partyWords, days, signingHeader, signers,
  },
};
})(typeof window === "undefined" ? globalThis : window);
