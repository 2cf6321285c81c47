/* Signing without a page: canonical.py, finished.py, rounds.py and what of keeping/ needs no folder, over again.
   Loaded after engine.js. Where Python asks babel, these ask for what a language is like: its labels and how it
   writes a date, as drafting.py gives them. tests/test_keeping_js.py proves both equal. No DOM, no storage. */
(function (root) {
"use strict";

const { read, write, parse, assemble, isEmpty, blankKey } = root.GroundRules;
const { isText, entries, oneLine, strip, mapOf, keysOf, entriesOf, own, isMap, isForm, split, frontMatter } = root.GroundRules.parts;

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
    const hidden = privateBlank(block, document);
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

// The name of the private blank whose answer ``block`` is, or nothing. A list counts only if it is the answer.
function privateBlank(block, document) {
  const isList = block.kind === "list";
  const nodes = isList ? block.items.filter((item) => item.children.length === 1 && !item.sublist).map((item) => item.children[0]) : block.children || [];
  const [one] = nodes;
  if (!one || one.kind !== "filled" || !one.private) return "";
  if (!isList) return nodes.length === 1 ? one.name : "";
  const { answer } = document.blanks.find((blank) => blankKey(blank.name) === blankKey(one.name));
  const texts = nodes.filter((node) => node.kind === "filled" && node.name === one.name).map((node) => node.text.toLowerCase());
  const given = entries(answer).map((entry) => entry.toLowerCase());
  return texts.length === block.items.length && texts.join("\n") === given.join("\n") ? one.name : "";
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

// --- rounds.py: which words were agreed, and who signed what --------------------------------------

// What an agreement, or a kept version, says once it is assembled; ``language`` is what its language is like.
const assembled = (agreement, language) => assemble(agreement, { titles: {}, ...language });

// ``versions`` are the kept versions that were opened, by number.
function standing(agreement, versions, language) {
  const { front } = agreement;
  const today = assembled(agreement, language);
  const now = fingerprint(today);
  const kept = new Map([...versions].sort(([a], [b]) => a - b).map(([number, version]) => {
    const document = assembled(version, language);
    const found = fingerprint(document);
    const noted = version.front.fingerprint;
    return [number, { version: number, agreement: version, document, fingerprint: found, noted, intact: found === noted }];
  }));
  const rounds = front.rounds.map((one) => ({ ...one, version: Number(one.version) }));
  const last = rounds[rounds.length - 1];
  const agreed = Math.max(0, ...rounds.filter((one) => one.agreed).map((one) => one.version));
  const round = last && !last.agreed ? last : null;
  const signed = front.signatures.map((signature) => ({ signature, ...match(signature, kept, now) }));
  const asAgreed = kept.has(agreed) && kept.get(agreed).fingerprint === now;
  const holds = (one) => one.match === "matches" || (!one.signature.version && !kept.size);
  const parties = signed.filter(holds).map((one) => one.signature.party);
  return {
    agreement, today, fingerprint: now, kept, signed, rounds, agreed, round, asAgreed,
    version: nextVersion(last, kept, now),
    state: stateOf(front.status, agreed, round, asAgreed),
    missing: front.parties.filter((party) => !parties.includes(party.name)),
    open: openBlanks(today),
  };
}

function stateOf(status, agreed, round, asAgreed) {
  if (status === "ended") return "ended";
  if (round) return agreed ? "renegotiating" : "being signed";
  if (agreed) return asAgreed ? "agreed" : "changed";
  return status === "agreed" ? "agreed" : "draft";
}

function match(signature, kept, now) {
  const no = (why) => ({ match: "cannot check", why });
  if (!signature.version || !signature.fingerprint) return no("It was signed without a fingerprint, on paper perhaps.");
  const version = kept.get(Number(signature.version));
  if (!version) return no(`The text of version ${signature.version} was not kept.`);
  if (version.fingerprint !== signature.fingerprint) {
    return no(version.intact ? `The fingerprint is not that of version ${signature.version}.` : `The kept text of version ${signature.version} is not the one that was signed.`);
  }
  return { match: version.fingerprint === now ? "matches" : "changed", why: "" };
}

function nextVersion(last, kept, now) {
  if (!last) return Math.max(0, ...kept.keys()) + 1;
  if (!last.agreed || (kept.has(last.version) && kept.get(last.version).fingerprint === now)) return last.version;
  return last.version + 1;
}

// The names of the blanks that nobody has answered, each once, in the order of the text.
function openBlanks(document) {
  const found = [];
  const inside = (nodes) => nodes.forEach((node) => {
    if (node.kind === "hole") found.push(node.name);
    else if (node.children) inside(node.children);
  });
  const list = (one) => one.items.forEach((item) => {
    inside(item.children);
    if (item.sublist) list(item.sublist);
  });
  for (const block of [document.preamble, ...document.clauses.map((clause) => clause.blocks)].flat()) {
    if (block.kind === "list") list(block);
    else if (block.kind === "table" && !block.rows.length) found.push(block.name);
    else if (block.kind === "paragraph") inside(block.children);
  }
  return [...new Set(found)];
}

// --- the file, changed only where it must ---------------------------------------------------------

const withFront = (agreement, changes) => ({ ...agreement, front: Object.assign(mapOf(entriesOf(agreement.front)), changes) });
const onlyKey = (front, key) => frontMatter(mapOf([["title", ""], ["template", ""], [key, front[key]]]));

// ``text``, which reads as ``before``, as the file of ``after``: lines of keys that did not change stay as they are.
function rewritten(text, before, after) {
  const whole = write(after);
  const plain = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const [front, body] = split(plain);
  const same = before.preamble === after.preamble && JSON.stringify(before.sections) === JSON.stringify(after.sections);
  const head = frontWith(front, before.front, after.front);
  const changed = `---\n${head}---\n${same ? body : split(whole)[1]}`;
  const { agreement } = read(changed);
  if (!agreement || write(agreement) !== whole) return whole;
  const ended = text.includes("\r\n") ? changed.replace(/\n/g, "\r\n") : changed;
  return (text[0] === "\ufeff" ? "\ufeff" : "") + ended;
}

function frontWith(front, before, after) {
  const chunks = [];
  for (const line of front.split("\n").slice(0, -1)) {
    const key = /^(?:"([^"]+)"|'([^']+)'|([^\s#"'-][^:]*?)) *:/.exec(line);
    if (key) chunks.push({ key: key[1] || key[2] || key[3], lines: [line] });
    else if (chunks.length) chunks[chunks.length - 1].lines.push(line);
    else chunks.push({ key: "", lines: [line] });
  }
  const order = keysOf(frontKeys);
  for (const key of order) {
    const now = onlyKey(after, key);
    if (onlyKey(before, key) === now) continue;
    const at = chunks.findIndex((one) => one.key === key);
    // The empty title and template that every front matter needs are not part of it.
    const lines = now.split("\n").filter((line) => line).slice(2);
    if (at >= 0 && lines.length) chunks[at] = { key, lines };
    else if (at >= 0) chunks.splice(at, 1);
    else if (lines.length) {
      const above = order.slice(0, order.indexOf(key)).reverse().find((one) => chunks.some((chunk) => chunk.key === one));
      chunks.splice(chunks.findIndex((chunk) => chunk.key === above) + 1, 0, { key, lines });
    }
  }
  return chunks.flatMap((chunk) => chunk.lines).map((line) => `${line}\n`).join("");
}
