// The canonical text of an agreement, and its fingerprint: gr2, or gr1 for what was signed before.

import { capitalised, isEmpty } from "./answers.js";
import { isForm } from "./frame.js";
import { own } from "./maps.js";
import { blankKey } from "./markup/nodes.js";
import { sha256 } from "./sha256.js";
import { SPACE, isMap, oneLine, strip } from "./strings.js";

export const OLD = "gr1";
const LIKE_A_LINK = / <(?:https?:\/\/|mailto:|tel:|\/)/;
const NOT_IN_AN_ADDRESS = /[^!-~\ud800-\udfff]|[()[\]\\]/gu;

const cells = (...all) => all.map(canonicalLine).join("\t");
export const canonicalLine = (text) => oneLine(text || "").normalize("NFC");

// The lines of ``document``, each of which ends in a line break. Phones and emails of parties are not in it.
export function canonicalText(document, form = "gr2") {
  const lined = (blocks) => blockLines(blocks, document, form);
  const lines = [
    form,
    cells("title", document.title),
    ...document.parties.map((one) => cells("party", one.name, one.organisation, one.contact, one.role)),
    cells("start", document.start),
    cells("end", document.end),
    ...lined(document.preamble),
    ...document.clauses.flatMap((one) => [cells(`${one.number}.`, one.title), ...lined(one.blocks)]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

export const fingerprint = (document, form = "gr2") => `${form}:${sha256(canonicalText(document, form))}`;
export const withFingerprint = (document, form) =>
  isForm(document) ? document : { ...document, fingerprint: fingerprint(document, form) };

export const kindOfPrint = (noted) => (noted.startsWith(OLD + ":") ? OLD : "gr2");
// Whether a fingerprint of that form tells a link in ``document`` from words that look like one.
export const tellsLinks = (document, form) => form !== OLD || !LIKE_A_LINK.test(canonicalText(document, OLD));

function blockLines(blocks, document, form) {
  const words = form === OLD ? oldWords : wordsOf;
  const itemLines = (list, indent) =>
    list.items.flatMap((item, index) => [
      indent + cells(list.ordered ? `${index + 1}.` : "-", words(item.children)),
      ...(item.sublist ? itemLines(item.sublist, `${indent}\t`) : []),
    ]);
  return blocks.flatMap((block) => {
    if (block.kind === "paragraph") return [canonicalLine(words(block.children))];
    if (block.kind === "list") return itemLines(block, "\t");
    return block.kind === "table" ? tableLines(block, document, form) : [];
  });
}

// The cells as they were given, so that no later way of writing a date makes another text of them.
function tableLines(table, document, form) {
  // The name of a table or a column is shown with a capital however it is written.
  const shown = (name) => (form === OLD ? name : capitalised(canonicalLine(name)));
  const { answer } = document.blanks.find((one) => blankKey(one.name) === blankKey(table.name)) || {};
  const rows = (Array.isArray(answer) ? answer : []).filter((row) => isMap(row) && !isEmpty(row));
  return [
    cells("table", shown(table.name)),
    cells("|", ...table.columns.map(shown)),
    ...rows.map((row) => cells("|", ...table.columns.map((column) => own(row, column)))),
  ];
}

// Links as [words](address), an open blank as [[its name]]; a bracket that is only a character has a backslash.
export function wordsOf(nodes) {
  const runs = [];
  const walk = (all, address) => {
    for (const node of all) {
      if (node.children) walk(node.children, node.kind === "link" ? node.address : address);
      else {
        const last = runs[runs.length - 1];
        const said = node.kind === "hole" ? `[[${marked(node.name)}]]` : marked(oldWords([node]));
        if (last && last.address === address) last.said += said;
        else if (said) runs.push({ address, said });
      }
    }
  };
  walk(nodes, null);
  return canonicalLine(runs.map(({ address, said }) => (address === null ? said : linkWords(said, address))).join(""));
}

// Whether a space belongs to a link, nobody can see.
function linkWords(said, address) {
  const [before, after] = [said[0], said[said.length - 1]].map((sign) => (SPACE.test(sign || "") ? " " : ""));
  return `${before}[${strip(said)}](${address.replace(NOT_IN_AN_ADDRESS, percent)})${after}`;
}

export const marked = (text) => text.replace(/[\\[\]]/g, "\\$&");
// encodeURIComponent leaves round brackets.
const percent = (sign) =>
  /[()]/.test(sign) ? `%${sign.charCodeAt(0).toString(16)}` : encodeURIComponent(sign);

const oldWords = (nodes) =>
  nodes
    .map((node) => {
      if (node.kind === "text" || node.kind === "filled") return node.text;
      if (node.kind === "link") return `${oldWords(node.children)} <${node.address}>`;
      if (node.kind === "number") return clauseWords(node);
      return node.kind === "hole" ? `[${node.name}]` : oldWords(node.children);
    })
    .join("");

// Signed with the rest of the text, so the same in every language and every toolkit.
export const clauseWords = ({ id, number, title }) => (number ? `clause ${number}, ${title}` : `${id} (left out)`);
