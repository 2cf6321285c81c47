// A document without private answers, phones and emails.

import { entriesOf, mapOf } from "./maps.js";

const isPrivate = (definition) => definition.private === "yes";
export const around = (node, change) => (node.children ? { ...node, children: node.children.map(change) } : node);
export const inList = (list, change) => ({
  ...list,
  items: list.items.map((item) => ({
    ...item,
    children: item.children.map(change),
    sublist: item.sublist && inList(item.sublist, change),
  })),
});

export function shown(document) {
  const words = document.labels["not shown"];
  const span = (node) =>
    node.kind === "filled" && node.private
      ? { ...node, text: words + (node.stop || ""), private: false, stop: "" }
      : around(node, span);
  const blocks = (all) =>
    all.map((block) => {
      if (block.kind === "table") return shownTable(block, words);
      return block.kind === "list" ? inList(block, span) : around(block, span);
    });
  return {
    ...document,
    parties: document.parties.map((party) =>
      mapOf(entriesOf(party).filter(([key]) => key !== "phone" && key !== "email")),
    ),
    preamble: blocks(document.preamble),
    clauses: document.clauses.map((clause) => ({ ...clause, blocks: blocks(clause.blocks) })),
    blanks: document.blanks.filter(({ definition }) => !isPrivate(definition)),
  };
}

function shownTable(table, words) {
  const { definition, columns, rows } = table;
  // What nobody may see looks like a table that nobody has filled in, but is not an open one.
  if (isPrivate(definition)) return { ...table, rows: rows.length ? [[words, ...columns.slice(1).map(() => "")]] : [] };
  const seen = columns.map((_, at) => at).filter((at) => !isPrivate(definition.columns[columns[at]]));
  return { ...table, columns: seen.map((at) => columns[at]), rows: rows.map((row) => seen.map((at) => row[at])) };
}
