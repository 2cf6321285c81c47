// The content of a Word file.

import { MARKS } from "../shared/marks.js";
import { ANSWERS_FRAME } from "../shared/word.js";
import { capitalised } from "./answers.js";
import { withoutNotes } from "./assemble.js";
import { typeOf } from "./blanks.js";
import { boxes, lines, room } from "./by_hand.js";
import { withFingerprint } from "./fingerprint.js";
import { isForm } from "./frame.js";
import { escape } from "./html.js";
import { keysOf, own } from "./maps.js";
import { blankKey } from "./markup/nodes.js";
import { days, partyWords, signers, signingHeader } from "./printed.js";
import { SIGNING_SHARES, columns, footerTitle, holdable, target } from "./printed_word.js";
import { answerParts, binding, cellKey, field, repeated } from "./word_answers.js";
import { lookOf, readsRightToLeft, smaller } from "./word_styles.js";
import {
  BULLETS,
  FIRST_OWN_LIST,
  HYPERLINK,
  NUMBERS,
  bookmark,
  element,
  emptyParts,
  quoted,
  short,
  words,
} from "./word_parts.js";

const WRITING_HEIGHT = 397;
const SIGNING_HEIGHT = 454;
// By what an answer becomes that stands alone on its line.
const ANSWER_STYLES = { list: "Answer", paragraphs: "LongAnswer" };
const CELL = "\xa0".repeat(5);
// How wide a space is that is ruled for writing, in millimetres.
const RULED = 1.42;

// The style of room for a long answer, which stays with the question above it; nothing for any other block.
function box({ kind, children }) {
  const lone = kind === "paragraph" && children.length === 1 && children[0].kind === "hole";
  return lone ? own(ANSWER_STYLES, typeOf(children[0].definition).structure) : null;
}

export class Writer {
  constructor(words, data) {
    const document = withFingerprint(words);
    Object.assign(this, {
      document,
      data,
      fillable: isForm(document),
      frame: emptyParts(document),
      labels: document.labels,
      rightToLeft: document.direction === "rtl",
    });
    this.ownLists = [];
    this.links = new Map();
    this.controls = 0;
    this.bound = new Map(this.fillable ? repeated(document).map((key, index) => [key, index + 1]) : []);
    this.prompts = new Map([...this.bound.keys()].map((key) => [key, ""]));
    this.bookmarks = 0;
  }

  files() {
    const files = new Map(Object.entries(this.frame));
    const change = (name, from, to) =>
      files.set(
        name,
        files.get(name).replace(from, () => to),
      );
    change("docProps/core.xml", "\ue000", escape(holdable(this.document.title)));
    if (this.fillable) files.set("word/styles.xml", smaller(files.get("word/styles.xml")));
    change("word/document.xml", /(?<=<w:body>).*(?=<w:sectPr>)/s, this.content().flat(Infinity).join(""));
    change("word/footer1.xml", /<w:r>(?:(?!<w:r>).)*\ue000<\/w:t><\/w:r>/s, this.run(footerTitle(this.document)));
    change("word/footer1.xml", /(?<=<w:tab\/><\/w:r>).*(?=<\/w:p>)/s, this.data.pages);
    const lists = this.ownLists.map(
      (level, index) =>
        `<w:num w:numId="${FIRST_OWN_LIST + index}"><w:abstractNumId w:val="${NUMBERS}"/>` +
        `<w:lvlOverride w:ilvl="${level}"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`,
    );
    change("word/numbering.xml", "</w:numbering>", lists.join("") + "</w:numbering>");
    const links = [...this.links].map(
      ([to, id]) => `<Relationship Id="${id}" Type="${HYPERLINK}" Target=${quoted(to)} TargetMode="External"/>`,
    );
    const more = this.prompts.size ? ANSWERS_FRAME : { types: "", relations: [] };
    const relations = more.relations.map(([kind, to], index) => {
      const id = `rId${this.known() + 1 + this.links.size + index}`;
      return `<Relationship Id="${id}" Type="${kind}" Target=${quoted(to)}/>`;
    });
    change("word/_rels/document.xml.rels", "</Relationships>", [...links, ...relations, "</Relationships>"].join(""));
    change("[Content_Types].xml", "</Types>", `${more.types}</Types>`);
    if (this.prompts.size) {
      const [declaration, namespaces] = files.get("word/document.xml").split(/<w:document|>(?=<w:body>)/);
      const parts = { ...answerParts(this.prompts, namespaces), ...more.parts };
      for (const name of keysOf(parts)) files.set(name, declaration + parts[name]);
      files.set("word/glossary/styles.xml", files.get("word/styles.xml"));
    }
    return files;
  }

  content() {
    const { document } = this;
    const line = document.fingerprint ? `${this.labels.fingerprint}: ${document.fingerprint}` : "";
    return [
      this.paragraph("Title", [this.run(document.title)]),
      this.opening(),
      this.bookmarked("preamble", this.blocks(document.preamble)),
      document.clauses.map((clause) => {
        this.holding = document.kind !== "records" && clause === document.clauses[document.clauses.length - 1];
        return this.bookmarked(clause.id, [
          this.paragraph("Heading1", [this.run(`${clause.number}. ${clause.title}`)]),
          this.blocks(clause.blocks),
        ]);
      }),
      document.kind === "records"
        ? []
        : [this.paragraph("Signing", [this.run(capitalised(this.labels.signed))]), this.signing()],
      this.end(line),
    ];
  }

  end(line) {
    this.holding = false;
    return line ? this.paragraph("Fingerprint", [this.run(line)]) : this.paragraph("End", []);
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
    return [this.run(name, { marks: ["strong"] }), this.run(text)];
  }

  bookmarked(id, blocks) {
    if (!blocks.length) return [];
    const number = ++this.bookmarks;
    return [
      element("bookmarkStart", { id: number, name: bookmark(id) }),
      blocks,
      element("bookmarkEnd", { id: number }),
    ];
  }

  signing() {
    const rows = signers(this.document, this.fillable);
    const header = signingHeader(this.document);
    const fitting = columns([header, ...rows], SIGNING_SHARES);
    const cells = (row) => row.map((text) => this.cell(text, fitting, true));
    const body = rows.map((row) => this.row(cells(row), fitting, SIGNING_HEIGHT));
    return this.tableOf(this.labels.signed, header, fitting, body);
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
    const prompt = this.run(`[${hole.says}]`, { style: "PlaceholderText" });
    return this.control(hole, prompt, {}, [this.paragraph(style, [prompt]), this.lines(hole, style)]);
  }

  // Rules one below the other; an answer that stands elsewhere too is one paragraph.
  lines(hole, style) {
    const rule = element("r", {}, element("rPr", {}, element("rStyle", { val: "Room" })), element("tab"));
    const count = this.bound.has(blankKey(hole.name)) ? 0 : lines(hole.definition);
    return this.paragraph(style, [rule], null, true).repeat(count);
  }

  itemList(list, level) {
    const number = list.ordered ? FIRST_OWN_LIST + this.ownLists.push(level) - 1 : BULLETS;
    const style = (list.ordered ? "ListNumber" : "ListBullet") + (level ? "2" : "");
    return list.items.map((item) => [
      this.paragraph(style, this.spans(item.children, {}), [level, number]),
      item.sublist ? this.itemList(item.sublist, 1) : [],
    ]);
  }

  paragraph(style, content, inList, keep) {
    const properties = [
      element("pStyle", { val: style }),
      keep || this.holding ? element("keepNext") : [],
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
      if (MARKS[node.kind]) return this.spans(node.children, { ...look, marks: [...(look.marks || []), node.kind] });
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
    const text = `[${hole.says}]`;
    if (!this.fillable) return this.run(text, look);
    return this.control(hole, this.run(text, { ...look, style: "PlaceholderText" }) + this.room(hole.definition), look);
  }

  // Boxes to tick, or rules to write on.
  room(definition) {
    const ticks = boxes(definition).map((one) => ` ☐\xa0${one}`);
    const rules = room(definition).map((one) => this.run("\xa0".repeat(Math.round(one / RULED)), { style: "Room" }));
    const prompt = { style: "PlaceholderText" };
    return ticks.length ? this.run(ticks.join(""), prompt) : rules.join(this.run("/", prompt));
  }

  link(link, look) {
    const address = target(link.address);
    if (!address || look.linked) return this.spans(link.children, look);
    if (!this.links.has(address)) this.links.set(address, `rId${this.known() + 1 + this.links.size}`);
    const relation = this.links.get(address);
    return element(
      "hyperlink",
      { "r:id": relation },
      this.spans(link.children, { ...look, style: "Hyperlink", linked: true }),
    );
  }

  known() {
    return this.frame["word/_rels/document.xml.rels"].split("<Relationship ").length - 1;
  }

  clauseNumber(node, look) {
    if (!node.number) return this.run(`${node.title} (${this.labels["left out"]})`, look);
    const text = `${this.labels.clause} ${node.number}, ${node.title}`;
    if (look.linked) return this.run(text, look);
    return element(
      "hyperlink",
      { anchor: bookmark(node.id), history: 1 },
      this.run(text, { ...look, style: "Hyperlink" }),
    );
  }

  control(hole, prompt, look, shown) {
    const key = blankKey(hole.name);
    const several = own(ANSWER_STYLES, typeOf(hole.definition).structure) ? { multiLine: 1 } : {};
    const kind = this.kind(hole.definition) || (this.bound.has(key) ? element("text", several) : element("richText"));
    return this.controlOf(hole.says, field(hole.name), key, kind, prompt, look, shown);
  }

  controlOf(name, tag, key, kind, prompt, look = {}, shown = prompt) {
    const answered = lookOf(look);
    const [placeholder, data] = this.bound.has(key) ? binding(this.bound.get(key)) : [[], []];
    if (this.prompts.has(key)) this.prompts.set(key, this.prompts.get(key) || prompt);
    const properties = element(
      "sdtPr",
      {},
      answered.length ? element("rPr", {}, answered) : [],
      element("alias", { val: short(name) }),
      element("tag", { val: short(tag) }),
      element("id", { val: ++this.controls }),
      placeholder,
      element("showingPlcHdr"),
      data,
      kind,
    );
    return element("sdt", {}, properties, element("sdtContent", {}, shown));
  }

  kind(definition) {
    const { isDay, needs } = typeOf(definition);
    if (isDay) {
      return element(
        "date",
        {},
        element("dateFormat", { val: this.data.dateFormat }),
        element("lid", { val: this.document.language }),
        element("storeMappedDataAs", { val: "date" }),
        element("calendar", { val: "gregorian" }),
      );
    }
    if (needs === "choices")
      return element(
        "dropDownList",
        {},
        boxes(definition).map((one) => element("listItem", { displayText: one, value: one })),
      );
    return null;
  }

  table(table) {
    const header = table.columns.map(capitalised);
    const fitting = columns([header, ...table.rows]);
    const body = table.rows.length
      ? table.rows.map((row) =>
          this.row(
            row.map((text) => this.cell(text, fitting)),
            fitting,
          ),
        )
      : this.openRows(table, fitting);
    return this.tableOf(capitalised(table.name), header, fitting, body);
  }

  openRows(table, fitting) {
    const rows = lines(table.definition);
    return Array.from({ length: rows }, (_, index) => {
      const keep = index + 1 < rows;
      const cells = table.columns.map((column) =>
        this.fillable ? this.openCell(table, column, index, fitting, keep) : this.cell("", fitting, keep),
      );
      return this.row(cells, fitting, WRITING_HEIGHT);
    });
  }

  openCell(table, column, row, { suffix }, keep) {
    const tag = `${field(table.name)}/${blankKey(column)}`;
    const kind = this.kind(table.definition.columns[column]) || element("text");
    return this.paragraph(
      `TableText${suffix}`,
      [this.controlOf(column, tag, cellKey(table.name, column, row), kind, this.run(CELL))],
      null,
      keep,
    );
  }

  tableOf(name, header, fitting, body) {
    const properties = element(
      "tblPr",
      {},
      element("tblStyle", { val: "TableGrid" }),
      this.ifRightToLeft("bidiVisual"),
      element("tblW", { w: fitting.widths.reduce((a, b) => a + b, 0), type: "dxa" }),
      element("tblLayout", { type: "fixed" }),
      element("tblLook", {
        val: "0020",
        firstRow: 1,
        lastRow: 0,
        firstColumn: 0,
        lastColumn: 0,
        noHBand: 1,
        noVBand: 1,
      }),
      element("tblCaption", { val: name }),
    );
    const grid = element(
      "tblGrid",
      {},
      fitting.widths.map((width) => element("gridCol", { w: width })),
    );
    return element(
      "tbl",
      {},
      properties,
      grid,
      this.row(
        header.map((text) => this.cell(text, fitting, false, "TableHeading")),
        fitting,
        0,
        true,
      ),
      body,
    );
  }

  row(cells, { widths }, height, header) {
    const properties = [
      element("cantSplit"),
      height ? element("trHeight", { val: height, hRule: "atLeast" }) : [],
      header ? element("tblHeader") : [],
    ];
    const sized = cells.map((cell, index) =>
      element("tc", {}, element("tcPr", {}, element("tcW", { w: widths[index], type: "dxa" })), cell),
    );
    return element("tr", {}, element("trPr", {}, properties), sized);
  }

  cell(text, { suffix }, keep = false, style = "TableText") {
    return this.paragraph(style + suffix, text ? [this.run(text)] : [], null, keep);
  }
}
