// The answers of a Word form that stand in several places: Word keeps each once, and shows it in all of them.

import { withoutNotes } from "./assemble.js";
import { blankKey } from "./markup/nodes.js";
import { lines } from "./by_hand.js";
import { element, quoted } from "./word_parts.js";

const NAMESPACE = "urn:groundrules:answers";
const STORE = "{60720000-0000-4000-8000-000000000000}";

export const field = (name) => `field:${blankKey(name)}`;
export const cellKey = (table, column, row) => `${blankKey(table)}/${blankKey(column)}/${row}`;

// The keys of the open blanks, and cells of open tables, that stand in more than one place.
export function repeated(document) {
  const counted = new Map();
  for (const blocks of [document.preamble, ...document.clauses.map((clause) => clause.blocks)])
    for (const key of places(withoutNotes(blocks))) counted.set(key, (counted.get(key) || 0) + 1);
  return [...counted.keys()].filter((key) => counted.get(key) > 1);
}

function places(nodes) {
  return nodes.flatMap((node) => {
    if (node.kind === "hole") return [blankKey(node.name)];
    if (node.kind === "table") return node.rows.length ? [] : cells(node);
    const items = (node.items || []).flatMap((item) => [...item.children, ...(item.sublist ? [item.sublist] : [])]);
    return places([...(node.children || []), ...items]);
  });
}

function cells({ name, columns, definition }) {
  const rows = Array.from({ length: lines(definition) }, (_, row) => row);
  return rows.flatMap((row) => columns.map((column) => cellKey(name, column, row)));
}

// The placeholder of the answer at a number, and where its data stands.
export const binding = (number) => [
  element("placeholder", {}, element("docPart", { val: `answer ${number}` })),
  element("dataBinding", {
    prefixMappings: `xmlns:g='${NAMESPACE}'`,
    xpath: `/g:answers[1]/g:answer[${number}]`,
    storeItemID: STORE,
  }),
];

export function answerParts(prompts, namespaces) {
  const answers = [...prompts.keys()].map((key) => `<answer name=${quoted(key)}></answer>`);
  const placeholders = [...prompts.values()].map((prompt, index) => placeholder(prompt, index + 1));
  const docParts = element("docParts", {}, placeholders);
  return {
    "customXml/item1.xml": `<answers xmlns="${NAMESPACE}">${answers.join("")}</answers>`,
    "word/glossary/document.xml": `<w:glossaryDocument${namespaces}>${docParts}</w:glossaryDocument>`,
  };
}

function placeholder(prompt, number) {
  const properties = element(
    "docPartPr",
    {},
    element("name", { val: `answer ${number}` }),
    element("category", {}, element("name", { val: "General" }), element("gallery", { val: "placeholder" })),
    element("types", {}, element("type", { val: "bbPlcHdr" })),
    element("behaviors", {}, element("behavior", { val: "content" })),
    element("guid", { val: `{60720000-0000-4000-8000-${String(number).padStart(12, "0")}}` }),
  );
  return element("docPart", {}, properties, element("docPartBody", {}, element("p", {}, prompt)));
}
