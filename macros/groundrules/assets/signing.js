/* Signing without a page: canonical.py, finished.py, rounds.py and what of keeping/ needs no folder, over again.
   Loaded after engine.js. Where Python asks babel, these ask for what a language is like: its labels and how it
   writes a date, as drafting.py gives them. tests/test_keeping_js.py proves both equal. No DOM, no storage. */
(function (root) {
"use strict";

const { read, write, parse, assemble, isEmpty, blankKey } = root.GroundRules;
const { isText, oneLine, strip, mapOf, keysOf, entriesOf, own, isMap, isForm, split, frontMatter } = root.GroundRules.parts;

// --- SHA-256: crypto.subtle is missing on plain http ----------------------------------------------

const PRIMES = [];
for (let number = 2; PRIMES.length < 64; number++) if (PRIMES.every((prime) => number % prime)) PRIMES.push(number);
const fraction = (number) => ((number - Math.floor(number)) * 2 ** 32) | 0;
const ROUNDS = PRIMES.map((prime) => fraction(Math.cbrt(prime)));

// UTF-8 as Python's "surrogatepass" has it: half a character is three bytes, not the sign for what is unknown.
function utf8(text) {
  if (!/[\ud800-\udfff]/u.test(text)) return new TextEncoder().encode(text);
  return Uint8Array.from([...text].flatMap((sign) => {
    const half = /^[\ud800-\udfff]$/.test(sign) && sign.charCodeAt(0);
    return half ? [224 | (half >> 12), 128 | ((half >> 6) & 63), 128 | (half & 63)] : [...new TextEncoder().encode(sign)];
  }));
}

function sha256(text) {
  const bytes = utf8(text);
  const padded = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6);
  padded.set(bytes);
  padded[bytes.length] = 128;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length << 3);
  const turned = (word, by) => (word >>> by) | (word << (32 - by));
  const hash = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
  for (let block = 0; block < padded.length; block += 64) {
    const w = [];
    let [a, b, c, d, e, f, g, h] = hash;
    for (let i = 0; i < 64; i++) {
      if (i < 16) w[i] = view.getInt32(block + 4 * i);
      else {
        const s0 = turned(w[i - 15], 7) ^ turned(w[i - 15], 18) ^ (w[i - 15] >>> 3);
        const s1 = turned(w[i - 2], 17) ^ turned(w[i - 2], 19) ^ (w[i - 2] >>> 10);
        w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
      }
      const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[i] + w[i]) | 0;
      const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => (hash[i] = (hash[i] + word) | 0));
  }
  return hash.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

// --- canonical.py ---------------------------------------------------------------------------------

const cells = (...all) => all.map(settled).join("\t");
const settled = (text) => oneLine(text || "").normalize("NFC");

// The lines of ``document``, each of which ends in a line break. Phones and emails of parties are not in it.
function canonicalText(document) {
  const lines = [
    "gr1",
    cells("title", document.title),
    ...document.parties.map((one) => cells("party", one.name, one.organisation, one.contact, one.role)),
    cells("start", document.start),
    cells("end", document.end),
    ...blockLines(document.preamble, document),
    ...document.clauses.flatMap((one) => [cells(`${one.number}.`, one.title), ...blockLines(one.blocks, document)]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

const fingerprint = (document) => `gr1:${sha256(canonicalText(document))}`;

function blockLines(blocks, document) {
  return blocks.flatMap((block) => {
    if (block.kind === "paragraph") return [settled(wordsOf(block.children, document))];
    if (block.kind === "list") return itemLines(block, document, "\t");
    return block.kind === "table" ? tableLines(block, document) : [];
  });
}

function itemLines(list, document, indent) {
  return list.items.flatMap((item, index) => [
    indent + cells(list.ordered ? `${index + 1}.` : "-", wordsOf(item.children, document)),
    ...(item.sublist ? itemLines(item.sublist, document, `${indent}\t`) : []),
  ]);
}

// The cells as they were given, so that no later way of writing a date makes another text of them.
function tableLines(table, document) {
  const { answer } = document.blanks.find((one) => blankKey(one.name) === blankKey(table.name));
  const rows = (Array.isArray(answer) ? answer : []).filter((row) => isMap(row) && !isEmpty(row));
  return [cells("table", table.name), cells("|", ...table.columns), ...rows.map((row) => cells("|", ...table.columns.map((column) => own(row, column))))];
}

const wordsOf = (nodes, document) => nodes.map((node) => {
  if (node.kind === "text" || node.kind === "filled") return node.text;
  if (node.kind === "link") return `${wordsOf(node.children, document)} <${node.address}>`;
  if (node.kind === "number") return clauseWords(node, document);
  return node.kind === "hole" ? `[${node.name}]` : wordsOf(node.children, document);
}).join("");

const clauseWords = ({ number, title }, { labels }) => (number ? `${labels.clause} ${number}, ${title}` : `${title} (${labels["left out"]})`);

// --- writers/finished.py: a version to be kept ----------------------------------------------------

const SIGNS = /[\\`*_[\]<&!~]/g;
// What a line of agreement text may not start with.
const START = /^([0-9]{1,9}(?=[.)])|(?=[-+#>|=:]))(.)/u;
const SENTENCE = /([.!?]) (?=[\p{L}\p{Nl}\p{No}])/gu;

function finished(document, front, version) {
  const kept = document.blanks.filter(({ definition }) => definition.type === "rows" || definition.private === "yes" || definition.calendar);
  const made = mapOf([["title", document.title], ["template", front.template], ["language", front.language]]);
  for (const key of ["start", "end"]) if (front[key]) made[key] = front[key];
  made.parties = front.parties;
  made.blanks = mapOf(kept.map((one) => [one.name, one.definition]));
  made.answers = mapOf(kept.filter((one) => !isEmpty(one.answer)).map((one) => [one.name, one.answer]));
  Object.assign(made, { version: String(version), fingerprint: fingerprint(document) });
  const sections = document.clauses.map(({ id, title, wording, blocks }) => ({ id, title, wording, text: runs(blocks, document) }));
  return { front: made, preamble: runs(document.preamble, document), sections };
}

function runs(blocks, document) {
  const made = [];
  for (const block of blocks) {
    const hidden = privateBlank(block);
    if (block.kind === "table") made.push(`[[${block.name}]]`);
    else if (hidden) {
      // An answer of several paragraphs or entries is one blank.
      if (made[made.length - 1] !== `[[${hidden}]]`) made.push(`[[${hidden}]]`);
    } else if (block.kind !== "note") {
      const marked = run(block, document, true);
      // Stars beside an answer that starts with a sign may not be read as emphasis, which is only a look.
      made.push(parse(marked).findings.length ? run(block, document, false) : marked);
    }
  }
  return made.join("\n\n");
}

// The name of the private blank whose answer ``block`` is, or nothing.
function privateBlank(block) {
  const nodes = block.kind === "list" ? block.items[0].children : block.children || [];
  const few = block.kind === "list" ? block.items.length === 1 : nodes.length === 1;
  return few && nodes[0].kind === "filled" && nodes[0].private ? nodes[0].name : "";
}

function run(block, document, marked) {
  if (block.kind === "list") return items(block, document, marked, "").join("\n");
  // One sentence a line, as far as signs tell: so versions compare well.
  return strip(source(block.children, document, marked, true), " ").split("\n").map(unmarked).join("\n");
}

function items(list, document, marked, indent) {
  return list.items.flatMap((item, index) => {
    const mark = list.ordered ? `${index + 1}. ` : "- ";
    const below = item.sublist ? items(item.sublist, document, marked, indent + " ".repeat(mark.length)) : [];
    return [indent + mark + unmarked(strip(source(item.children, document, marked), " ")), ...below];
  });
}

const source = (nodes, document, marked, ends) => nodes.map((node) => {
  if (node.kind === "filled" && node.private) return `[[${node.name}]]`;
  if (node.kind === "text" || node.kind === "filled") {
    const text = node.text.replace(SIGNS, "\\$&");
    return ends ? text.replace(SENTENCE, "$1\n") : text;
  }
  if (node.kind === "number") return clauseWords(node, document).replace(SIGNS, "\\$&");
  if (node.kind === "hole") return `[[${node.name}]]`;
  const inside = source(node.children, document, marked);
  if (node.kind === "link") return `[${inside}](${node.address})`;
  const stars = marked ? { strong: "**", emphasis: "*" }[node.kind] : "";
  return stars + inside + stars;
}).join("");

// ``line`` as words, whatever it starts with: "1. May" is no list.
const unmarked = (line) => line.replace(START, "$1\\$2");

