// From text and answers to the finished document: numbering, filling, dates.

import { FULL_STOP, capitalised, ended, entries, isEmpty, paragraphs, written } from "./answers.js";
import { typeOf } from "./blanks.js";
import { entriesOf, keysOf, mapOf, own } from "./maps.js";
import { parse } from "./markup/blocks.js";
import { blankKey } from "./markup/nodes.js";
import { isMap } from "./strings.js";

export const withoutNotes = (blocks) => blocks.filter((block) => block.kind !== "note");
// Of which type each is; what it asks, and what readers call it, is among the labels.
export const RESERVED = mapOf([["parties", "list"], ["start", "date"], ["end", "date"], ["title"]]);

// While somebody types, all clauses but one stay as they were. What is no text has been read already.
const parsed = new Map();
export function blocksOf(text) {
  if (Array.isArray(text)) return text;
  let blocks = parsed.get(text);
  if (!blocks) {
    if (parsed.size > 400) parsed.clear();
    parsed.set(text, (blocks = parse(text).blocks));
  }
  return blocks;
}

export function assemble(agreement, template) {
  const { front } = agreement;
  const filler = new Filler(agreement, template);
  const preamble = filler.blocks(blocksOf(agreement.preamble));
  const clauses = agreement.sections.map((section, index) => ({
    id: section.id,
    number: index + 1,
    title: section.title,
    wording: section.wording,
    blocks: filler.blocks(blocksOf(section.text)),
  }));
  // The sentences of a kept version hold the answers as words; those that are dates are kept as well.
  if (front.fingerprint && !front.date) keysOf(front.blanks).forEach((name) => filler.use(name));
  return {
    kind: front.date ? "records" : "partnerships",
    title: front.title,
    language: front.language,
    status: front.status,
    parties: front.parties,
    start: front.start || "",
    end: front.end || "",
    preamble,
    clauses,
    signatures: [],
    blanks: [...filler.used.values()],
    labels: template.labels,
    locale: template.locale,
    direction: template.direction,
    site: template.site,
  };
}

// One full stop where a value that ends a sentence itself meets that of its own sentence, which it then holds.
const oneStop = (nodes, before = {}) =>
  nodes.map((node) => {
    if (node.children) return { ...node, children: oneStop(node.children, before) };
    const { value } = before;
    before.value = node;
    const found = node.kind === "text" && value && value.kind !== "text" && FULL_STOP.exec(node.text);
    if (!found || !ended(value.text || value.title)) return node;
    if (value.kind === "filled") value.stop = found[2];
    return { ...node, text: found[1] + node.text.slice(found[0].length) };
  });

class Filler {
  constructor({ front, sections }, template) {
    this.template = template;
    const { labels } = template;
    const asked = entriesOf(RESERVED).map(([name, type]) => [name, { ask: labels["ask" + capitalised(name)], type }]);
    this.definitions = new Map([...entriesOf(front.blanks).map(([name, one]) => [blankKey(name), one]), ...asked]);
    this.answers = new Map(entriesOf(front.answers).map(([name, given]) => [blankKey(name), given]));
    const reserved = {
      parties: front.parties.map((party) => party.name).filter(Boolean),
      start: front.start || "",
      end: front.end || "",
      title: front.title,
    };
    for (const key of keysOf(reserved)) this.answers.set(key, reserved[key]);
    this.numbers = new Map(sections.map((section, index) => [section.id, [index + 1, section.title]]));
    this.used = new Map();
  }

  use(name) {
    const key = blankKey(name);
    if (!this.used.has(key))
      this.used.set(key, {
        name,
        definition: this.definitions.get(key) || { ask: "?" },
        answer: this.answers.get(key),
      });
    return this.used.get(key);
  }

  blocks(blocks) {
    return blocks.flatMap((block) => {
      if (block.kind === "list") return [this.itemList(block)];
      if (block.kind === "note")
        return [
          { ...block, paragraphs: block.paragraphs.map((one) => ({ ...one, children: this.spans(one.children) })) },
        ];
      if (block.children.length === 1 && block.children[0].kind === "blank")
        return this.alone(block.children[0], block);
      return [{ ...block, children: this.spans(block.children) }];
    });
  }

  itemList(list) {
    const items = list.items.map((item) => ({
      ...item,
      children: this.spans(item.children),
      sublist: item.sublist && this.itemList(item.sublist),
    }));
    return { ...list, items };
  }

  alone(blank, block) {
    const { definition, answer } = this.use(blank.name);
    const { structure } = typeOf(definition);
    if (structure === "table") return [this.table(blank.name, definition, answer)];
    if (isEmpty(answer) || !structure) return [{ ...block, children: this.spans([blank]) }];
    const filled = (text) => [this.filled(blank.name, text, definition)];
    if (structure === "list")
      return [
        {
          kind: "list",
          ordered: false,
          items: entries(answer).map((text) => ({ children: filled(text), sublist: null, line: block.line })),
          line: block.line,
        },
      ];
    return paragraphs(answer).map((text) => ({ kind: "paragraph", children: filled(text), line: block.line }));
  }

  table(name, definition, answer) {
    const columns = keysOf(definition.columns);
    const rows = (Array.isArray(answer) ? answer : []).filter((row) => isMap(row) && !isEmpty(row));
    const cell = (row, column) =>
      written(definition.columns[column], own(row, column) === undefined ? "" : row[column], this.template.locale);
    return {
      kind: "table",
      name,
      definition,
      columns,
      rows: rows.map((row) => columns.map((column) => cell(row, column))),
    };
  }

  spans(children) {
    const spans = children.map((node) => this.span(node));
    return this.template.twoStops ? spans : oneStop(spans);
  }

  span(node) {
    if (node.kind === "text") return node;
    if (node.children) return { ...node, children: node.children.map((one) => this.span(one)) };
    if (node.kind === "reference") {
      const [number, title] = this.numbers.get(node.clause) || [0, ""];
      return {
        kind: "number",
        id: node.clause,
        number,
        title: title || own(this.template.titles, node.clause) || node.clause,
      };
    }
    const { definition, answer } = this.use(node.name);
    if (isEmpty(answer)) return { kind: "hole", name: node.name, says: this.says(node.name), definition };
    return this.filled(node.name, written(definition, answer, this.template.locale), definition);
  }

  // What readers call a blank that every toolkit has under the same name.
  says(name) {
    const key = blankKey(name);
    const said = key in RESERVED ? this.template.labels[key] : key;
    if (said === key) return name;
    return /^\p{Uppercase}/u.test(name) ? capitalised(said) : said;
  }

  filled(name, text, definition) {
    return {
      kind: "filled",
      text: /^\p{Uppercase}/u.test(name) ? capitalised(text) : text,
      name,
      private: definition.private === "yes",
    };
  }
}
