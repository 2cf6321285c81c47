// The canonical text of an agreement, and its fingerprint.

import { isEmpty } from "./answers.js";
import { isForm } from "./frame.js";
import { own } from "./maps.js";
import { blankKey } from "./markup/nodes.js";
import { sha256 } from "./sha256.js";
import { isMap, oneLine } from "./strings.js";

const cells = (...all) => all.map(canonicalLine).join("\t");
export const canonicalLine = (text) => oneLine(text || "").normalize("NFC");

// The lines of ``document``, each of which ends in a line break. Phones and emails of parties are not in it.
export function canonicalText(document) {
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

export const fingerprint = (document) => `gr1:${sha256(canonicalText(document))}`;
export const withFingerprint = (document) =>
  isForm(document) ? document : { ...document, fingerprint: fingerprint(document) };

function blockLines(blocks, document) {
  return blocks.flatMap((block) => {
    if (block.kind === "paragraph") return [canonicalLine(wordsOf(block.children, document))];
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
  const { answer } = document.blanks.find((one) => blankKey(one.name) === blankKey(table.name)) || {};
  const rows = (Array.isArray(answer) ? answer : []).filter((row) => isMap(row) && !isEmpty(row));
  return [
    cells("table", table.name),
    cells("|", ...table.columns),
    ...rows.map((row) => cells("|", ...table.columns.map((column) => own(row, column)))),
  ];
}

export const wordsOf = (nodes, document) =>
  nodes
    .map((node) => {
      if (node.kind === "text" || node.kind === "filled") return node.text;
      if (node.kind === "link") return `${wordsOf(node.children, document)} <${node.address}>`;
      if (node.kind === "number") return clauseWords(node, document);
      return node.kind === "hole" ? `[${node.name}]` : wordsOf(node.children, document);
    })
    .join("");

export const clauseWords = ({ id, number, title }, { labels }) =>
  number ? `${labels.clause} ${number}, ${title}` : `${id} (${labels["left out"]})`;
