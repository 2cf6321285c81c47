// The page for the people whom the work is for: an agreement in plain words, made from notes in its clauses.

import { capitalised } from "./answers.js";
import { assemble, blocksOf } from "./assemble.js";
import { escape, html } from "./html.js";
import { own } from "./maps.js";
import { inlines } from "./markup/nodes.js";
import { filled } from "./places.js";

const LABEL = "Tell people";
const quoted = (said) => escape(said).replace(/"/g, "&quot;").replace(/'/g, "&#x27;");
const paragraph = (...children) => ({ kind: "paragraph", children });
const text = (said) => ({ kind: "text", text: said });
const blank = (name) => ({ kind: "blank", name });
const strong = (said) => paragraph({ kind: "strong", children: [text(said)] });
const notesIn = (blocks) => blocks.filter((block) => block.kind === "note" && block.label === LABEL);
const withoutNoteLines = (source) => {
  const kept = source.split(/\n[ \t]*\n/).filter((run) => !/^[\n ]*>/.test(run));
  return kept.join("\n\n").replace(/^\n+|\n+$/g, "");
};

// What ``words`` of the library tell of a section, beside the group of its clause; a clause of one's own has neither.
function learned(section, { clauses }, language) {
  const found = own(clauses, `${section.id}.${language}`) || own(clauses, section.id);
  return found && { group: found.group, text: own(found.wordings, section.wording) };
}

// The section with the notes that are told: its own, or those of the library where its words are the same.
function noted(section, library) {
  if (!library || !library.text || notesIn(blocksOf(section.text)).length) return section;
  const same = withoutNoteLines(section.text) === withoutNoteLines(library.text);
  return same ? { ...section, text: library.text } : { ...section, text: "", asked: true };
}

function opening({ front }, labels) {
  const said = { start: `${capitalised(labels.from)} `, end: ` ${labels.to} ` };
  const days = ["start", "end"].filter((day) => front[day] || !front.parties.length);
  const between = days.flatMap((day) => [text(said[day]), blank(day)]);
  const together = paragraph(blank("Parties"), text(` ${labels["work together"]}`));
  return days.length ? [together, paragraph(...between, text("."))] : [together];
}

export function told(agreement, template, words) {
  const { labels } = template;
  const [language] = agreement.front.language.split("-");
  const found = agreement.sections.map((section) => learned(section, words, language));
  const sections = agreement.sections.map((section, index) => noted(section, found[index]));
  const document = assemble({ ...agreement, preamble: opening(agreement, labels), sections }, template);
  const said = ({ title, blocks }, index) =>
    sections[index].asked
      ? [paragraph({ kind: "hole", name: title, says: title })]
      : notesIn(blocks).flatMap((note) => note.paragraphs.map((one) => ({ ...one, kind: "paragraph" })));
  const below = words.groups.flatMap((group, at) => {
    const inside = document.clauses.flatMap((one, index) => {
      const clause = found[index];
      return clause && clause.group === at ? said(one, index) : [];
    });
    return inside.length ? [strong(group), ...inside] : [];
  });
  const last = [strong(labels["told more"]), paragraph(text(labels["told whom"]))];
  const title = filled(labels.told, { title: document.title });
  return { ...document, title, preamble: [...document.preamble, ...below, ...last], clauses: [], parties: [] };
}

// The page, with nothing beside it that it would have to load.
export function toldPage(agreement, template, words) {
  const document = told(agreement, template, words);
  const title = quoted(document.title);
  const open = inlines(document.preamble).some((node) => node.kind === "hole");
  const form = open ? `<p class="form">${quoted(template.labels["told form"])}</p>` : "";
  // Of the whole document, which stands in the script that drafting begins with, only what is told.
  const [, body] = /<section data-clause="preamble">(.*)<\/section><section class="gr-signing"/s.exec(html(document));
  const language = quoted(document.language);
  return (
    `<!doctype html>\n<html lang="${language}" dir="${document.direction}">\n<meta charset="utf-8">\n` +
    '<meta name="viewport" content="width=device-width">\n' +
    `<title>${title}</title>\n<style>${words.style}</style>\n<h1>${title}</h1>\n${form}\n${body}\n</html>\n`
  );
}
