/* The Word file and the calendar of a draft: word.py, word_parts.py and calendars.py over again, with the same
   names in the same order. Loaded after engine.js and signing.js, when somebody takes a file away. */
(function (root) {
"use strict";

const { withFingerprint } = root.GroundRules;
const {
  EMPTY_ROWS, SPACE, isText, count, strip, rstrip, capitalised, keysOf, own, isMap, blankKey, readDate, readRhythm, written,
  withoutNotes, escape, isForm, partyWords, days, signingHeader, signers, sha256,
} = root.GroundRules.parts;

// --- paper.py -------------------------------------------------------------------------------------

const SIGNING_SHARES = [22, 20, 17, 21, 20];
const holdable = (text) => text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/gu, "\ufffd");

// An address as a document may hold it; empty where it leads nowhere outside the site.
function target(address) {
  if (!/^(https?|mailto|tel):/i.test(address)) return "";
  const [, host] = /^[a-z]+:\/\/([^/?#]*)/i.exec(address) || ["", ""];
  if (/[/?#@:]/.test(host.replace(/[@:#?]/g, "").normalize("NFKC"))) return "";
  const safe = address.replace(/[^A-Za-z0-9!#$%&'()*+,/:;=?@~._-]/gu, (sign) => (/^[\ud800-\udfff]$/.test(sign) ? "%3F" : encodeURIComponent(sign)));
  return safe.length <= 2000 ? safe : "";
}

function footerTitle({ title }) {
  const signs = [...title];
  return signs.length <= 75 ? title : rstrip(signs.slice(0, 74).join("")) + "…";
}

const pageOfPages = (document) => (document.labels["page of pages"] || "Page {page} of {pages}").split(/(\{pages?\})/).filter(Boolean);

function shares(rows) {
  const columns = rows[0].map((_, index) => rows.map((row) => row[index]));
  const weights = columns.map((column) => (rows.length > 1 ? Math.min(Math.max(...column.map(count)), 40) || 1 : 1));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => 0.5 / columns.length + (0.5 * weight) / sum);
}

// --- word_parts.py: markup as strings -------------------------------------------------------------

const TEXT_WIDTH = 11906 - 1021 - 1021;
const LONGEST_TAG = 64;
const LONGEST_BOOKMARK = 40;
const BULLETS = 1;
const NUMBERS = 2;
const FIRST_OWN_LIST = 3;
const HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";

function element(tag, attributes, ...children) {
  const name = tag.includes(":") ? tag : `w:${tag}`;
  const opening = name + keysOf(attributes).map((key) => ` ${key.includes(":") ? key : `w:${key}`}=${quoted(attributes[key])}`).join("");
  const inside = children.flat(Infinity);
  return inside.length ? `<${opening}>${inside.join("")}</${name}>` : `<${opening}/>`;
}

function quoted(value) {
  const text = escape(holdable(String(value))).replace(/[\n\r\t]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  if (!text.includes('"')) return `"${text}"`;
  return text.includes("'") ? `"${text.replace(/"/g, "&quot;")}"` : `'${text}'`;
}

function words(text) {
  const kept = SPACE.test(text[0] || "") || SPACE.test(text[text.length - 1] || "") || text.includes("  ");
  return `<w:t${kept ? ' xml:space="preserve"' : ""}>${escape(holdable(text)).replace(/\r/g, "&#13;")}</w:t>`;
}

// A text where it fits, else its beginning and a digest.
function short(text, longest = LONGEST_TAG) {
  text = holdable(text);
  if (text.length <= longest) return text;
  const ascii = /^[\x00-\x7f]*$/.test(text);
  return `${[...text].slice(0, ascii ? longest - 9 : (longest - 9) >> 1).join("")}_${sha256(text).slice(0, 8)}`;
}

const bookmark = (id) => short(`clause_${id}`.replace(/[^A-Za-z0-9]/g, "_"), LONGEST_BOOKMARK);

// --- word.py --------------------------------------------------------------------------------------

const WRITING_HEIGHT = 397;
const SIGNING_HEIGHT = 510;
const ANSWER_STYLES = { list: "Answer", "long text": "LongAnswer" };
const ROOM = "\xa0".repeat(5);
// The scripts that are written from the right.
const LEFTWARD = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

function lookOf({ strong, emphasis, style }) {
  return [
    style ? element("rStyle", { val: style }) : [],
    strong ? [element("b"), element("bCs")] : [],
    emphasis ? [element("i"), element("iCs")] : [],
  ].flat();
}

// The style of room for a long answer, which stays with the question above it; nothing for any other block.
function box(block) {
  const hole = block.kind === "paragraph" && block.children.length === 1 && block.children[0].kind === "hole" ? block.children[0] : null;
  return hole && own(ANSWER_STYLES, hole.definition.type);
}

class Writer {
  constructor(words, data) {
    const document = withFingerprint(words);
    Object.assign(this, { document, data, fillable: isForm(document), labels: document.labels, rightToLeft: document.direction === "rtl" });
    this.ownLists = [];
    this.links = new Map();
    this.controls = 0;
    this.bookmarks = 0;
  }

  files() {
    const files = new Map(Object.entries(this.data.parts));
    const change = (name, from, to) => files.set(name, files.get(name).replace(from, () => to));
    change("docProps/core.xml", "\ue000", escape(holdable(this.document.title)));
    change("word/document.xml", /(?<=<w:body>).*(?=<w:sectPr>)/s, this.content().flat(Infinity).join(""));
    change("word/footer1.xml", /<w:r>(?:(?!<w:r>).)*\ue000<\/w:t><\/w:r>/s, this.run(footerTitle(this.document)));
    const lists = this.ownLists.map((level, index) => `<w:num w:numId="${FIRST_OWN_LIST + index}"><w:abstractNumId w:val="${NUMBERS}"/><w:lvlOverride w:ilvl="${level}"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`);
    change("word/numbering.xml", "</w:numbering>", lists.join("") + "</w:numbering>");
    const links = [...this.links].map(([to, id]) => `<Relationship Id="${id}" Type="${HYPERLINK}" Target=${quoted(to)} TargetMode="External"/>`);
    change("word/_rels/document.xml.rels", "</Relationships>", links.join("") + "</Relationships>");
    return files;
  }

  content() {
    const { document } = this;
    const line = document.fingerprint ? `${this.labels.fingerprint}: ${document.fingerprint}` : "";
    return [
      this.paragraph("Title", [this.run(document.title)]),
      this.opening(),
      this.bookmarked("preamble", this.blocks(document.preamble)),
      document.clauses.map((clause) => this.bookmarked(clause.id, [this.paragraph("Heading1", [this.run(`${clause.number}. ${clause.title}`)]), this.blocks(clause.blocks)])),
      document.kind === "records" ? [] : [this.paragraph("Signing", [this.run(capitalised(this.labels.signed))]), this.signing()],
      line ? this.paragraph("Fingerprint", [this.run(line)]) : this.paragraph("End", []),
    ];
  }

  opening() {
    const dates = days(this.document);
    return [
      this.document.parties.map((party) => this.paragraph("ListBullet", this.party(party))),
      dates ? this.paragraph("Normal", [this.run(dates)]) : [],
    ];
  }

  party(party) {
    const [name, text] = partyWords(party, this.labels, !this.fillable);
    return [this.run(name, { strong: true }), this.run(text)];
  }

  bookmarked(id, blocks) {
    if (!blocks.length) return [];
    const number = ++this.bookmarks;
    return [element("bookmarkStart", { id: number, name: bookmark(id) }), blocks, element("bookmarkEnd", { id: number })];
  }

  signing() {
    const rows = signers(this.document, this.fillable);
    const widths = SIGNING_SHARES.map((share) => Math.floor((TEXT_WIDTH * share) / 100));
    const body = rows.map((row, index) => this.row(row.map((text) => this.cell(text, "TableText", index + 1 < rows.length)), widths, SIGNING_HEIGHT));
    return this.tableOf(this.labels.signed, signingHeader(this.document), widths, body);
  }

  blocks(blocks) {
    const shown = withoutNotes(blocks);
    return shown.map((block, index) => {
      const following = shown[index + 1];
      const belongs = !!following && (following.kind !== "paragraph" || !!box(following));
      if (block.kind === "paragraph") return this.paragraphBlock(block, belongs && !box(block));
      return block.kind === "list" ? this.itemList(block, 0) : this.table(block);
    });
  }

  paragraphBlock(block, keep) {
    const hole = block.children[0];
    const style = box(block);
    if (!this.fillable || !style) return this.paragraph("Normal", this.spans(block.children, {}), null, keep);
    const prompt = this.paragraph(style, [this.run(`[${hole.name}]`, { style: "PlaceholderText" })]);
    return this.control(hole.name, field(hole.name), element("richText"), prompt);
  }

  itemList(list, level) {
    const number = list.ordered ? FIRST_OWN_LIST + this.ownLists.push(level) - 1 : BULLETS;
    const style = (list.ordered ? "ListNumber" : "ListBullet") + (level ? "2" : "");
    return list.items.map((item) => [this.paragraph(style, this.spans(item.children, {}), [level, number]), item.sublist ? this.itemList(item.sublist, 1) : []]);
  }

  paragraph(style, content, inList, keep) {
    const properties = [
      element("pStyle", { val: style }),
      keep ? element("keepNext") : [],
      inList ? element("numPr", {}, element("ilvl", { val: inList[0] }), element("numId", { val: inList[1] })) : [],
      this.ifRightToLeft("bidi"),
    ];
    return element("p", {}, element("pPr", {}, properties), content);
  }

  ifRightToLeft(tag) {
    return this.rightToLeft ? [element(tag)] : [];
  }

  spans(nodes, look) {
    return nodes.map((node) => {
      if (node.kind === "text" || node.kind === "filled") return this.run(node.text, look);
      if (node.kind === "strong") return this.spans(node.children, { ...look, strong: true });
      if (node.kind === "emphasis") return this.spans(node.children, { ...look, emphasis: true });
      if (node.kind === "link") return this.link(node, look);
      return node.kind === "number" ? this.clauseNumber(node, look) : this.hole(node, look);
    });
  }

  run(text, look = {}) {
    const properties = lookOf(look);
    if (readsRightToLeft(text, this.rightToLeft)) properties.push(element("rtl"));
    return element("r", {}, properties.length ? element("rPr", {}, properties) : [], words(text));
  }

  hole(hole, look) {
    const text = `[${hole.name}]`;
    if (!this.fillable) return this.run(text, look);
    const kind = this.kind(hole.definition) || element("richText");
    return this.control(hole.name, field(hole.name), kind, this.run(text, { ...look, style: "PlaceholderText" }), look);
  }

  link(link, look) {
    const address = target(link.address);
    if (!address || look.linked) return this.spans(link.children, look);
    const known = this.data.parts["word/_rels/document.xml.rels"].split("<Relationship ").length - 1;
    if (!this.links.has(address)) this.links.set(address, `rId${known + 1 + this.links.size}`);
    const relation = this.links.get(address);
    return element("hyperlink", { "r:id": relation }, this.spans(link.children, { ...look, style: "Hyperlink", linked: true }));
  }

  clauseNumber(node, look) {
    if (!node.number) return this.run(`${node.title} (${this.labels["left out"]})`, look);
    const text = `${this.labels.clause} ${node.number}, ${node.title}`;
    if (look.linked) return this.run(text, look);
    return element("hyperlink", { anchor: bookmark(node.id), history: 1 }, this.run(text, { ...look, style: "Hyperlink" }));
  }

  control(name, tag, kind, prompt, look = {}) {
    const answered = lookOf(look);
    const properties = element(
      "sdtPr",
      {},
      answered.length ? element("rPr", {}, answered) : [],
      element("alias", { val: short(name) }),
      element("tag", { val: short(tag) }),
      element("id", { val: ++this.controls }),
      element("showingPlcHdr"),
      kind,
    );
    return element("sdt", {}, properties, element("sdtContent", {}, prompt));
  }

  kind(definition) {
    if (definition.type === "date") {
      return element("date", {}, element("dateFormat", { val: this.data.dateFormat }), element("lid", { val: this.document.language }), element("storeMappedDataAs", { val: "date" }), element("calendar", { val: "gregorian" }));
    }
    if (definition.type === "choice") return element("dropDownList", {}, [...new Set(definition.choices)].map((one) => element("listItem", { displayText: one, value: one })));
    return null;
  }

  table(table) {
    const header = table.columns.map(capitalised);
    const widths = shares([header, ...table.rows]).map((share) => Math.floor(TEXT_WIDTH * share));
    const body = table.rows.length ? table.rows.map((row) => this.row(row.map((text) => this.cell(text)), widths)) : this.openRows(table, widths);
    return this.tableOf(capitalised(table.name), header, widths, body);
  }

  openRows(table, widths) {
    return Array.from({ length: EMPTY_ROWS }, (_, index) => {
      const keep = index + 1 < EMPTY_ROWS;
      const cells = table.columns.map((column) => (this.fillable ? this.openCell(table, column, keep) : this.cell("", "TableText", keep)));
      return this.row(cells, widths, WRITING_HEIGHT);
    });
  }

  openCell(table, column, keep) {
    const kind = this.kind(table.definition.columns[column]) || element("text");
    return this.paragraph("TableText", [this.control(column, `${field(table.name)}/${blankKey(column)}`, kind, this.run(ROOM))], null, keep);
  }

  tableOf(name, header, widths, body) {
    const properties = element(
      "tblPr",
      {},
      element("tblStyle", { val: "TableGrid" }),
      this.ifRightToLeft("bidiVisual"),
      element("tblW", { w: widths.reduce((a, b) => a + b, 0), type: "dxa" }),
      element("tblLayout", { type: "fixed" }),
      element("tblLook", { val: "0020", firstRow: 1, lastRow: 0, firstColumn: 0, lastColumn: 0, noHBand: 1, noVBand: 1 }),
      element("tblCaption", { val: name }),
    );
    const grid = element("tblGrid", {}, widths.map((width) => element("gridCol", { w: width })));
    return element("tbl", {}, properties, grid, this.row(header.map((text) => this.cell(text, "TableHeading")), widths, 0, true), body);
  }

  row(cells, widths, height, header) {
    const properties = [element("cantSplit"), height ? element("trHeight", { val: height, hRule: "atLeast" }) : [], header ? element("tblHeader") : []];
    const sized = cells.map((cell, index) => element("tc", {}, element("tcPr", {}, element("tcW", { w: widths[index], type: "dxa" })), cell));
    return element("tr", {}, element("trPr", {}, properties), sized);
  }

  cell(text, style = "TableText", keep = false) {
    return this.paragraph(style, text ? [this.run(text)] : [], null, keep);
  }
}

const field = (name) => `field:${blankKey(name)}`;

// A run of one kind of letters follows those; others follow the document.
function readsRightToLeft(text, usual) {
  const letters = text.match(/\p{L}/gu) || [];
  const toLeft = letters.some((letter) => LEFTWARD.test(letter));
  const toRight = letters.some((letter) => !LEFTWARD.test(letter));
  return toLeft === toRight ? usual : toLeft;
}

async function docx(document, template) {
  return package_(new Writer(document, template.word).files());
}

const wordParts = (document, template) => Object.fromEntries(new Writer(document, template.word).files());

// --- the zip file ---------------------------------------------------------------------------------

const CRC = Array.from({ length: 256 }, (_, number) => {
  for (let bit = 0; bit < 8; bit++) number = number & 1 ? (number >>> 1) ^ 0xedb88320 : number >>> 1;
  return number >>> 0;
});

function crc32(bytes) {
  let sum = -1;
  for (const byte of bytes) sum = CRC[(sum ^ byte) & 255] ^ (sum >>> 8);
  return (sum ^ -1) >>> 0;
}

async function deflated(bytes) {
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
    return [8, new Uint8Array(await new Response(stream).arrayBuffer())];
  } catch (error) {
    return [0, bytes];
  }
}

const little = (...fields) => new Uint8Array(fields.flatMap(([size, value]) => Array.from({ length: size }, (_, index) => (value / 2 ** (8 * index)) & 255)));

async function package_(files) {
  const pieces = [];
  const directory = [];
  const encoder = new TextEncoder();
  let place = 0;
  // Always the same time: who made a file and when would say something about people.
  const time = [[2, 0], [2, ((2026 - 1980) << 9) | (1 << 5) | 1]];
  for (const [name, content] of files) {
    const bytes = encoder.encode(content);
    const [method, packed] = await deflated(bytes);
    const path = encoder.encode(name);
    const about = [[2, 20], [2, 0], [2, method], ...time, [4, crc32(bytes)], [4, packed.length], [4, bytes.length], [2, path.length], [2, 0]];
    const local = little([4, 0x04034b50], ...about);
    directory.push(little([4, 0x02014b50], [2, 20], ...about, [2, 0], [2, 0], [2, 0], [4, 0], [4, place]), path);
    pieces.push(local, path, packed);
    place += local.length + path.length + packed.length;
  }
  const size = directory.reduce((sum, one) => sum + one.length, 0);
  const end = little([4, 0x06054b50], [2, 0], [2, 0], [2, files.size], [2, files.size], [4, size], [4, place], [2, 0]);
  return new Blob([...pieces, ...directory, end], { type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document" });
}

// --- calendars.py ---------------------------------------------------------------------------------

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
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

// Days are texts such as 2026-12-01.
const compact = (day) => day.replace(/-/g, "");
const later = (day, by) => {
  const date = new Date(day + "T00:00:00Z");
  date.setUTCDate(date.getUTCDate() + by);
  return date.toISOString().slice(0, 10);
};
const weekday = (day) => (new Date(day + "T00:00:00Z").getUTCDay() + 6) % 7;

function entries(document) {
  const found = [];
  for (const { name, definition, answer } of document.blanks) {
    const key = blankKey(name);
    if (definition.type === "rows") found.push(...inRows(definition, answer, key, document));
    else if (definition.calendar && isText(answer)) found.push(...entry([key], definition.calendar, definition.type, strip(answer)));
  }
  if (document.end) found.push({ parts: ["end"], title: document.labels.ends || "The agreement ends", day: document.end });
  return found;
}

function inRows({ columns }, answer, key, document) {
  const names = keysOf(columns);
  return (Array.isArray(answer) ? answer : []).filter(isMap).flatMap((row) => {
    const cell = (name) => own(row, name) || "";
    const start = names.map(cell).find(Boolean) || "";
    return names.filter((name) => columns[name].calendar).flatMap((name) => {
      const details = names.filter((other) => other !== name && cell(other)).map((other) => `${other}: ${written(columns[other], cell(other), document.locale)}`).join("\n");
      const title = name === names[0] ? columns[name].calendar : `${columns[name].calendar}: ${start}`;
      return entry([key, blankKey(name), start], title, columns[name].type, strip(String(cell(name)))).map((one) => ({ ...one, details }));
    });
  });
}

function entry(parts, title, kind, answer) {
  const rhythm = kind === "rhythm" ? readRhythm(answer) : null;
  const day = kind === "date" ? readDate(answer) : rhythm && firstDay(rhythm);
  return day ? [{ parts, title, day, rhythm, details: "" }] : [];
}

const firstDay = (rhythm) => (rhythm.weekday ? later(rhythm.first, (WEEKDAYS.indexOf(rhythm.weekday) - weekday(rhythm.first) + 7) % 7) : rhythm.first);

function rule({ day, rhythm }, until, zone) {
  const [, month, date] = day.split("-").map(Number);
  const { unit } = rhythm;
  const named = WEEKDAYS[weekday(day)].slice(0, 2).toUpperCase();
  const made = { FREQ: FREQUENCIES[unit], UNTIL: "", INTERVAL: rhythm.count > 1 ? rhythm.count : "", BYDAY: "", BYMONTHDAY: "", BYMONTH: unit === "year" ? month : "", BYSETPOS: "" };
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
  return keysOf(made).filter((key) => made[key] !== "").map((key) => `${key}=${made[key]}`).join(";");
}

// The last second of a day: in London's summer an hour earlier by the world's clock.
function lastMoment(day, zone) {
  const lastSunday = (month) => later(`${day.slice(0, 4)}-${month}-31`, -((weekday(`${day.slice(0, 4)}-${month}-31`) + 1) % 7));
  const summer = day >= lastSunday("03") && day < lastSunday("10");
  return `${compact(day)}T${zone && summer ? "22" : "23"}5959${zone ? "Z" : ""}`;
}

function ics(agreement, template) {
  const document = agreement.front ? root.GroundRules.assemble(agreement, template) : agreement;
  const title = holdable(document.title);
  const zone = own(ZONES, document.language);
  const stamp = document.signatures.map((one) => one.date).sort().pop() || UNSIGNED;
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
      lines.push(`DTSTART${zone ? `;TZID=${zone}` : ""}:${compact(day)}T${rhythm.time.replace(":", "")}00`, "DURATION:PT1H");
    } else lines.push(`DTSTART;VALUE=DATE:${compact(day)}`, `DTEND;VALUE=DATE:${compact(later(day, 1))}`);
    lines.push(`DTSTAMP:${compact(stamp)}T000000Z`, `UID:${uid([document.id, ...parts, ...again])}`);
    if (rhythm) lines.push(`RRULE:${rule(one, document.end, zone)}`);
    if (one.details) lines.push(`DESCRIPTION:${escaped(holdable(one.details))}`);
    if (!atTime) lines.push("TRANSP:TRANSPARENT");
    lines.push("END:VEVENT");
  }
  const head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ground Rules//groundrules//EN", "METHOD:PUBLISH", `X-WR-CALNAME:${escaped(title)}`];
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

Object.assign(root.GroundRules, { docx, wordParts, ics });
})(typeof window === "undefined" ? globalThis : window);
