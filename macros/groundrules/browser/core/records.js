// The record of a meeting, drafted from its form and from what was agreed.

import { stopped } from "./answers.js";
import { writtenDate } from "./language.js";
import { keysOf, mapOf, own } from "./maps.js";
import { blankKey } from "./markup/nodes.js";
import { filled } from "./places.js";
import { around, inList, shown } from "./redact.js";
import { count, oneLine } from "./strings.js";
import { runs } from "./version.js";

const ABOUT = "about";
const RESERVED = ["parties", "start", "end", "title"];
const LONGEST_NAME = 60;
const NOT_IN_A_NAME = /[*_\\#[\]`<>{}|~&!]/g;
// Where a question pauses or ends, in the scripts that we know of.
const PAUSE = /(?<=\S)[,:;?.!(،؛؟،、。？，：（–—]/;

export const formOf = (library, kind, language) =>
  library.records[`${kind}.${language.split("-")[0]}`] || library.records[kind];
const isAbout = (block) =>
  block.kind === "paragraph" &&
  block.children.length === 1 &&
  block.children[0].kind === "blank" &&
  blankKey(block.children[0].name) === ABOUT;
export const hasPlaceForClauses = (form) => form.sections.some((section) => section.blocks.some(isAbout));

// The record of that ``day``, to be written down; ``next`` is the day of the next review.
export function draftRecord(form, kind, where, library, { day, about = [], next = "" }) {
  const document = shown(where.inForce);
  const kept = where.kept.get(where.agreed);
  const drafter = new Drafter(document, library, about);
  const { labels, locale } = document;
  const facts = [
    [labels.date, day],
    [labels["next review"], next],
  ]
    .filter(([, one]) => one)
    .map(([label, one]) => stopped(`${label}: ${writtenDate(one, locale)}`));
  const preamble = [
    ...drafter.said(form.intro),
    line({ kind: "text", text: [...facts, whichWords(where, document, day)].join(" ") }),
  ];
  const sections = form.sections
    .map((section, index) => ({
      ...section,
      id: section.id || `part-${index + 1}`,
      blocks: drafter.section(section.blocks),
    }))
    .filter((section) => section.blocks.length)
    .map(({ id, title, blocks }) => ({ id, title, wording: "", text: runs(blocks, document) }));
  const front = mapOf([
    ["title", `${form.title}: ${document.title}`],
    ["template", kind],
    ["language", document.language],
  ]);
  Object.assign(front, {
    status: "draft",
    parties: document.parties,
    blanks: drafter.asked,
    answers: mapOf(),
    signatures: [],
    date: day,
  });
  if (kept) front.version = String(kept.version);
  front.fingerprint = kept ? kept.fingerprint : where.today.fingerprint || "";
  if (next) front.next = next;
  return { front, preamble: runs(preamble, document), sections };
}

function whichWords(where, { labels, locale }, day) {
  const closed = where.rounds.find((one) => one.version === where.agreed);
  if (!where.kept.has(where.agreed) || !closed || !closed.agreed)
    return filled(labels["quoted today"], { day: writtenDate(day, locale) });
  return filled(labels["quoted version"], { version: where.agreed, day: writtenDate(closed.agreed, locale) });
}

// Turns a form's blocks into a record's; ``asked`` are the blanks for the answers.
class Drafter {
  constructor(document, library, about) {
    Object.assign(this, { document, library, asked: mapOf() });
    this.clauses = new Map(document.clauses.map((clause) => [this.now(clause.id), clause]));
    this.about = about.map((id) => this.clauses.get(this.now(id)));
  }

  // What a clause is called now.
  now(id) {
    return own(this.library.former, id) || id;
  }

  // What stands below one heading; nothing where the agreement leaves no question to ask.
  section(blocks) {
    const made = [];
    let [wanted, asked, applies] = [false, false, true];
    for (const block of blocks) {
      const quoted = this.quoted(block);
      if (quoted) {
        applies = quoted.length > 0;
        made.push(...quoted.flatMap((clause) => this.quote(clause)));
      } else if (block.kind === "list") {
        wanted = true;
        if (applies) {
          asked = true;
          made.push(...block.items.flatMap((item) => this.question(item)));
        }
      } else if (applies) made.push(...this.said([block]));
    }
    return asked || !wanted ? made : [];
  }

  // The clauses that ``block`` brings in; null if it brings in nothing.
  quoted(block) {
    if (isAbout(block)) return this.about;
    const lone = block.kind === "paragraph" && block.children.length === 1 && block.children[0];
    if (!lone || lone.kind !== "reference") return null;
    const clause = this.clauses.get(this.now(lone.clause));
    return clause ? [clause] : [];
  }

  quote(clause) {
    const lead = filled(this.document.labels["agreed words"], clause);
    const made = [line({ kind: "strong", children: [{ kind: "text", text: lead }] })];
    for (const block of clause.blocks.flatMap(quotable)) {
      const before = made[made.length - 1];
      // Two lists in a row would be read as one that somebody broke up.
      if (before.kind === "list" && block.kind === "list" && before.ordered === block.ordered)
        made[made.length - 1] = { ...before, items: [...before.items, ...block.items] };
      else made.push(block);
    }
    return made;
  }

  // The question in bold, and a blank for its answer.
  question(item) {
    const text = plain(item.children);
    const spans = item.children.map((node) => this.span(node));
    const name = this.name(text);
    this.asked[name] = mapOf([
      ["ask", text],
      ["type", "long text"],
    ]);
    return [
      spans.some((one) => one.kind === "strong") ? line(...spans) : line({ kind: "strong", children: spans }),
      ...(item.sublist ? [this.list(item.sublist)] : []),
      line({ kind: "blank", name }),
    ];
  }

  // A name for the answer, in the first words of the question, which no other answer has.
  name(question) {
    let words = oneLine(question.split(PAUSE)[0].replace(NOT_IN_A_NAME, " ")).toLowerCase();
    while (count(words) > LONGEST_NAME && words.includes(" ")) words = words.slice(0, words.lastIndexOf(" "));
    words = [...words].slice(0, LONGEST_NAME).join("") || phrase("answerNamed");
    const taken = [...keysOf(this.asked).map(blankKey), ...RESERVED, ABOUT];
    let name = words;
    for (let number = 2; taken.includes(blankKey(name)); number++) name = `${words} ${number}`;
    return name;
  }

  // The form's own words; its notes are for whoever writes forms.
  said(blocks) {
    return blocks
      .filter((block) => block.kind !== "note")
      .map((block) =>
        block.kind === "list" ? this.list(block) : line(...block.children.map((node) => this.span(node))),
      );
  }

  list(list) {
    return inList(list, (node) => this.span(node));
  }

  span(node) {
    if (node.kind !== "reference") return around(node, (one) => this.span(one));
    const clause = this.clauses.get(this.now(node.clause));
    const known = clause || this.library.clauses.find((one) => one.id === this.now(node.clause));
    return {
      kind: "number",
      id: node.clause,
      number: clause ? clause.number : 0,
      title: known ? known.title : node.clause,
    };
  }
}

const line = (...children) => ({ kind: "paragraph", children });
const plain = (nodes) =>
  nodes
    .map((node) =>
      node.kind === "text"
        ? node.text
        : node.children
          ? plain(node.children)
          : `[${node.kind === "blank" ? node.name : node.clause}]`,
    )
    .join("");

// A block without notes; a table becomes a list, since a record's blanks are its own questions.
function quotable(block) {
  if (block.kind === "list") return [inList(block, closed)];
  if (block.kind === "paragraph") return [line(...block.children.map(closed))];
  if (block.kind !== "table") return [];
  const rows = block.rows.length ? block.rows.map((row) => rowWords(block, row)) : [`[${block.name}]`];
  return [
    {
      kind: "list",
      ordered: false,
      items: rows.map((text) => ({ children: [{ kind: "text", text }], sublist: null })),
    },
  ];
}

// "book the hall (who: Ben Price; by when: the first of each month)"
function rowWords(table, [start, ...rest]) {
  const others = rest.map((cell, at) => cell && `${table.columns[at + 1]}: ${cell}`).filter(Boolean);
  return [start, others.length && `(${others.join("; ")})`].filter(Boolean).join(" ") || "–";
}

// Words for each blank that nobody has answered: a record does not ask for these.
const closed = (node) => (node.kind === "hole" ? { kind: "text", text: `[${node.name}]` } : around(node, closed));
