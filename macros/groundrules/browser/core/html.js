// The HTML of a document.

import { MARKS } from "../shared/marks.js";
import { blankKey } from "./markup/nodes.js";
import { SCHEMES } from "./markup/words.js";
import { days, partyWords, signers, signingHeader } from "./printed.js";
import { first, lstrip, strip, words } from "./strings.js";

export const escape = (text) => text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);
const escapeAll = (text) => escape(text).replace(/"/g, "&quot;").replace(/'/g, "&#x27;");
const titled = (name) => first(name).toUpperCase() + name.slice(first(name).length);
const dataBlank = (name) => ` data-blank="${escapeAll(blankKey(name))}"`;

// The whole document; what people wrote is escaped here, once.
export function html(document) {
  const part = (id, inside) => `<section data-clause="${id}">${inside}</section>`;
  const clause = ({ id, number, title, blocks }) =>
    part(escapeAll(id), `<h2 id="${escapeAll(id)}">${number}. ${escape(title)}</h2>${blocksHtml(blocks, document)}`);
  const preamble = part("preamble", blocksHtml(document.preamble, document));
  return opening(document) + preamble + document.clauses.map(clause).join("") + signing(document);
}

function opening(document) {
  const parties = document.parties
    .map((party) => partyWords(party, document.labels, true))
    .map(([name, text]) => `<li><strong>${escape(name)}</strong>${escape(text)}</li>`);
  const dates = days(document);
  const title = `<p class="gr-document-title">${escape(document.title)}</p>`;
  const list = parties.length ? `<ul class="gr-parties">${parties.join("")}</ul>` : "";
  return title + list + (dates && `<p>${escape(dates)}</p>`);
}

function signing(document) {
  const row = (cells, tag) =>
    `<tr>${cells.map((cell) => `<${tag}>${escape(cell) || "&nbsp;"}</${tag.slice(0, 2)}>`).join("")}</tr>`;
  const signed = escapeAll(document.labels.signed);
  const head = row(signingHeader(document), 'th scope="col"');
  const body = signers(document, false).map((cells) => row(cells, "td"));
  const table = tableBox("", signed, "gr-rows gr-open", `<thead>${head}</thead><tbody>${body.join("")}</tbody>`);
  return `<section class="gr-signing" data-clause="signed"><h2>${signed}</h2>${table}</section>`;
}

// A table that scrolls by itself where the screen is narrow.
const tableBox = (attributes, label, kind, inside) =>
  `<div class="gr-table"${attributes} tabindex="0" role="region" aria-label="${label}">` +
  `<table class="${kind}">${inside}</table></div>`;

const blocksHtml = (blocks, document) =>
  blocks
    .map((block) => {
      if (block.kind === "list") return listHtml(block, document);
      if (block.kind === "table") return tableHtml(block);
      return block.kind === "note" ? noteHtml(block, document) : `<p>${inlineHtml(block.children, document)}</p>`;
    })
    .join("");

const inlineHtml = (nodes, document) => nodes.map((node) => nodeHtml(node, document)).join("");

function nodeHtml(node, document) {
  const said = (key) => escape(document.labels[key]);
  if (node.kind === "text") return escape(node.text);
  if (node.kind === "filled") return `<span class="gr-answer"${dataBlank(node.name)}>${escape(node.text)}</span>`;
  if (node.kind === "hole") {
    const unseen = `<span class="gr-unseen">${said("blank")}: </span>`;
    return `<span class="gr-blank"${dataBlank(node.name)}>${unseen}${escape(node.says)}</span>`;
  }
  if (node.kind === "number") {
    if (!node.number) return `<span class="gr-missing">${escape(node.title)} (${said("left out")})</span>`;
    return `<a href="#${escapeAll(node.id)}">${said("clause")} ${node.number}, ${escape(node.title)}</a>`;
  }
  const inside = inlineHtml(node.children, document);
  if (node.kind === "link")
    return SCHEMES.test(node.address) || node.address[0] === "/"
      ? `<a href="${escapeAll(linkTo(node.address, document.site))}">${inside}</a>`
      : inside;
  const { tag } = MARKS[node.kind];
  return `<${tag}>${inside}</${tag}>`;
}

// A relative link to a page of the site; ``site`` says where we are.
function linkTo(target, site) {
  if (target[0] !== "/") return target;
  const [, path, rest] = /^([^#]*)(.*)$/s.exec(target);
  if (path === site.here && rest.length > 1) return rest;
  const bare = strip(path, "/");
  const page =
    site.folders || !path.endsWith("/")
      ? lstrip(path, "/")
      : site.indexes.includes(path) || !bare
        ? lstrip(`${bare}/index.html`, "/")
        : `${bare}.html`;
  return (site.root + page || "./") + rest;
}

function listHtml(list, document) {
  const tag = list.ordered ? "ol" : "ul";
  const below = (item) => (item.sublist ? listHtml(item.sublist, document) : "");
  const items = list.items.map((item) => `<li>${inlineHtml(item.children, document)}${below(item)}</li>`);
  return `<${tag}>${items.join("")}</${tag}>`;
}

function tableHtml(table) {
  const head = table.columns.map((name) => `<th scope="col">${escapeAll(titled(name))}</th>`).join("");
  const open = !table.rows.length;
  const rows = open ? Array(2).fill(table.columns.map(() => "&nbsp;")) : table.rows.map((row) => row.map(escape));
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("");
  const caption = escapeAll(titled(table.name));
  const inside = `<caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody>`;
  return tableBox(dataBlank(table.name), caption, `gr-rows${open ? " gr-open" : ""}`, inside);
}

function noteHtml(note, document) {
  const [opening = "", ...rest] = note.paragraphs.map((one) => inlineHtml(one.children, document));
  const kind = escapeAll(words(note.label.toLowerCase()).join("-"));
  const label = `<strong class="gr-label">${escapeAll(note.label)}</strong>`;
  const paragraphs = [`${label} ${opening}`, ...rest];
  return `<aside class="gr-note" data-kind="${kind}">${paragraphs.map((one) => `<p>${one}</p>`).join("")}</aside>`;
}
