// The HTML of a document.

import { SCHEMES, blankKey } from "./markup.js";
import { days, partyWords, signers, signingHeader } from "./printed.js";
import { first, lstrip, strip, words } from "./strings.js";

export const escape = (text) => text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);
const escapeAll = (text) => escape(text).replace(/"/g, "&quot;").replace(/'/g, "&#x27;");
const titled = (name) => first(name).toUpperCase() + name.slice(first(name).length);
const dataBlank = (name) => ` data-blank="${escapeAll(blankKey(name))}"`;

// The whole document; what people wrote is escaped here, once.
export function html(document) {
  const clause = (one) =>
    `<section data-clause="${escapeAll(one.id)}"><h2 id="${escapeAll(one.id)}">${one.number}. ${escape(one.title)}</h2>${blocksHtml(one.blocks, document)}</section>`;
  return (
    opening(document) +
    `<section data-clause="preamble">${blocksHtml(document.preamble, document)}</section>${document.clauses.map(clause).join("")}` +
    signing(document)
  );
}

function opening(document) {
  const parties = document.parties
    .map((party) => partyWords(party, document.labels, true))
    .map(([name, text]) => `<li><strong>${escape(name)}</strong>${escape(text)}</li>`);
  const dates = days(document);
  return `<p class="gr-document-title">${escape(document.title)}</p>${parties.length ? `<ul class="gr-parties">${parties.join("")}</ul>` : ""}${dates && `<p>${escape(dates)}</p>`}`;
}

function signing(document) {
  const row = (cells, tag) =>
    `<tr>${cells.map((cell) => `<${tag}>${escape(cell) || "&nbsp;"}</${tag.slice(0, 2)}>`).join("")}</tr>`;
  const signed = escapeAll(document.labels.signed);
  return `<section class="gr-signing" data-clause="signed"><h2>${signed}</h2><div class="gr-table" tabindex="0" role="region" aria-label="${signed}"><table class="gr-rows gr-open"><thead>${row(signingHeader(document), 'th scope="col"')}</thead><tbody>${signers(
    document,
    false,
  )
    .map((cells) => row(cells, "td"))
    .join("")}</tbody></table></div></section>`;
}

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
  if (node.kind === "text") return escape(node.text);
  if (node.kind === "filled") return `<span class="gr-answer"${dataBlank(node.name)}>${escape(node.text)}</span>`;
  if (node.kind === "hole")
    return `<span class="gr-blank"${dataBlank(node.name)}><span class="gr-unseen">blank: </span>${escape(node.name)}</span>`;
  if (node.kind === "number") {
    if (!node.number) return `<span class="gr-missing">${escape(node.title)} (${document.labels["left out"]})</span>`;
    return `<a href="#${escapeAll(node.id)}">${document.labels.clause} ${node.number}, ${escape(node.title)}</a>`;
  }
  const inside = inlineHtml(node.children, document);
  if (node.kind === "link")
    return SCHEMES.test(node.address) || node.address[0] === "/"
      ? `<a href="${escapeAll(linkTo(node.address, document.site))}">${inside}</a>`
      : inside;
  return node.kind === "strong" ? `<strong>${inside}</strong>` : `<em>${inside}</em>`;
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

const listHtml = (list, document) => {
  const tag = list.ordered ? "ol" : "ul";
  return `<${tag}>${list.items.map((item) => `<li>${inlineHtml(item.children, document)}${item.sublist ? listHtml(item.sublist, document) : ""}</li>`).join("")}</${tag}>`;
};

function tableHtml(table) {
  const head = table.columns.map((name) => `<th scope="col">${escapeAll(titled(name))}</th>`).join("");
  const open = !table.rows.length;
  const rows = open ? Array(2).fill(table.columns.map(() => "&nbsp;")) : table.rows.map((row) => row.map(escape));
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("");
  const caption = escapeAll(titled(table.name));
  return `<div class="gr-table"${dataBlank(table.name)} tabindex="0" role="region" aria-label="${caption}"><table class="gr-rows${open ? " gr-open" : ""}"><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function noteHtml(note, document) {
  const [opening = "", ...rest] = note.paragraphs.map((one) => inlineHtml(one.children, document));
  const kind = escapeAll(words(note.label.toLowerCase()).join("-"));
  return `<aside class="gr-note" data-kind="${kind}"><p><strong class="gr-label">${escapeAll(note.label)}</strong> ${opening}</p>${rest.map((text) => `<p>${text}</p>`).join("")}</aside>`;
}
