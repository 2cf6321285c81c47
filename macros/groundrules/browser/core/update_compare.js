// In which clauses a fork is behind its template, and what there is to decide.

import { withoutNotes } from "./assemble.js";
import { definitionsOf } from "./fork.js";
import { entriesOf, keysOf, mapOf, own } from "./maps.js";
import { parse } from "./markup/blocks.js";
import { blankKey, inlines } from "./markup/nodes.js";
import { followed, idsHere, led } from "./renamed.js";
import { sha256 } from "./sha256.js";
import { heading } from "./source.js";
import { strip } from "./strings.js";

export const PREAMBLE = "preamble";
// Among what an agreement notes as taken: the version of the library. No clause has such an id.
export const VERSION = "library version";
const UNITS = [["ask"], ["example"], ["type", "choices", "columns", "calendar", "settled by", "private"]];
export const REWORDS = ["library", "both", "no base"];

// What of a definition changes together, as text to compare; keys that are missing are as they would be anyway.
function unitOf(definition, unit) {
  const usual = { type: "text", choices: [], private: "no" };
  return JSON.stringify(
    unit.map((key) => {
      const value = own(definition, key);
      if (key !== "columns") return value === undefined ? usual[key] || "" : value;
      return keysOf(value)
        .sort()
        .map((name) => [
          name,
          ...["ask", "example", "type", "choices", "calendar", "private"].map((one) => unitOf(value[name], [one])),
        ]);
    }),
  );
}
const alike = (one, other, unit) => unitOf(one, unit) === unitOf(other, unit);
export const sameDefinition = (one, other) => !!one && !!other && UNITS.every((unit) => alike(one, other, unit));

// The library's definition, in which stays what only the partners changed.
export function takenDefinition({ mine, theirs, base }) {
  const kept = UNITS.filter((unit) => base && alike(theirs, base, unit)).flat();
  return mapOf([
    ...entriesOf(theirs).filter(([key]) => !kept.includes(key)),
    ...entriesOf(mine).filter(([key]) => kept.includes(key)),
  ]);
}

// Whether the partners changed what the library changed, too; without a base nobody knows.
const isDisputed = ({ mine, theirs, base }) =>
  UNITS.some((unit) => !alike(mine, theirs, unit) && !(base && (alike(mine, base, unit) || alike(theirs, base, unit))));

export const templateOf = (agreement, library) => own(library.templates, agreement.front.template);
const clauseIn = (library, id, language) =>
  (own(library.translated, language) || []).find((one) => one.id === id) ||
  library.clauses.find((one) => one.id === id);
const runsOf = (text) => text.split(/\n[ \t]*\n/);
const textWithoutNotes = (text) =>
  strip(
    runsOf(text)
      .filter((run) => !/^[\n ]*>/.test(run))
      .join("\n\n"),
    "\n",
  );
export const notesIn = (text) =>
  runsOf(text)
    .filter((run) => /^[\n ]*>/.test(run))
    .map((run) => strip(run, "\n"));
export const blanksIn = (text, notesToo) => {
  const { blocks } = parse(text);
  return inlines(notesToo ? blocks : withoutNotes(blocks))
    .filter((node) => node.kind === "blank")
    .map((node) => node.name);
};
export const mark = (section) =>
  sha256(section.id === PREAMBLE ? `${section.text}\n` : `${heading(section)}\n\n${section.text}\n`);
const bare = (agreement) => ({
  ...agreement,
  preamble: textWithoutNotes(agreement.preamble),
  sections: agreement.sections.map((one) => ({ ...one, text: textWithoutNotes(one.text) })),
});

// The preamble, if there is one, and the clauses, by id.
export function partsOf(agreement) {
  const preamble = { id: PREAMBLE, title: phrase("thePreamble"), wording: "", text: agreement.preamble };
  return new Map([...(agreement.preamble ? [preamble] : []), ...agreement.sections].map((one) => [one.id, one]));
}

// The library's text for pairs of a clause and a wording, with the definitions that they use.
function drafted(template, library, pairs) {
  const sections = [];
  const blanks = mapOf();
  const keys = new Set();
  for (const [id, name] of pairs) {
    const clause = clauseIn(library, id, template.language);
    const wording = clause && clause.wordings.find((one) => one.id === name);
    if (!wording) continue;
    sections.push({ id, title: clause.title, wording: name, text: wording.text });
    const defined = new Map(entriesOf(definitionsOf([clause])).map(([blank, one]) => [blankKey(blank), [blank, one]]));
    for (const key of blanksIn(wording.text).map(blankKey)) {
      if (!defined.has(key) || keys.has(key)) continue;
      keys.add(key);
      const [blank, one] = defined.get(key);
      Object.assign(blanks, mapOf([[blank, one]]));
    }
  }
  return { front: { blanks }, preamble: template.preamble, sections };
}

// It refers to a clause by the id that it has in ``agreement``.
export function libraryText(agreement, library, template, more) {
  const ids = idsHere(agreement, library.former);
  const names = followed(agreement, library.former);
  const here = agreement.sections.filter((one) => one.wording).map((one) => [names.get(one.id) || one.id, one.wording]);
  const { front, preamble, sections } = drafted(template, library, [
    ...here,
    ...more.map((one) => [one.id, one.wording]),
  ]);
  return {
    front,
    preamble: led(preamble, ids),
    sections: sections.map((one) => ({ ...one, text: led(one.text, ids) })),
  };
}

// The library's text that each clause was taken from: where its digest is the noted one.
export function basesOf(agreement, taken, theirs, names) {
  const noted = agreement.front.taken;
  const places = [taken ? partsOf(taken) : new Map(), partsOf(bare(agreement))];
  return (id) => {
    const now = theirs.get(names.get(id) || id);
    const found = [...places.map((place) => place.get(id)), now && { ...now, id }];
    return found.find((one) => one && mark(one) === own(noted, id)) || null;
  };
}

const numbers = (version) => ((version || "").match(/[0-9]+/g) || []).map(Number);
// Whether the library is older than the one that ``agreement`` was last compared with, as far as both say.
export function isOlder(agreement, library) {
  const [noted, here] = [own(agreement.front.taken, VERSION), library.version].map(numbers);
  const at = noted.findIndex((one, index) => one !== here[index]);
  return here.length > 0 && at >= 0 && !(here[at] > noted[at]);
}

// What there is to decide, in the order of the text; what is new comes behind the clause it is to follow.
export function proposals(agreement, taken, library) {
  const template = templateOf(agreement, library);
  if (!template || isOlder(agreement, library)) return [];
  const { front } = agreement;
  const names = followed(agreement, library.former);
  const here = [...agreement.sections.map((one) => one.id), ...front["left out"]].map((id) => names.get(id) || id);
  const fresh = template.clauses.filter((entry) => !here.includes(entry.id));
  const before = libraryText(agreement, library, template, fresh);
  const baseOf = basesOf(agreement, taken, partsOf(before), names);
  const reworded = rewordedIn(agreement, library, template, names, baseOf);
  const whole = reworded.length ? libraryText(agreement, library, template, [...reworded, ...fresh]) : before;
  const theirs = partsOf(whole);
  const compared = comparing({ agreement, taken, names, whole, theirs, baseOf });
  return [
    ...[...partsOf(bare(agreement)).values()].map(compared),
    ...front["left out"].map((id) => leftOut(id, { template, library, names })),
    ...fresh
      .filter(({ id }) => theirs.has(id))
      .map(({ id }) => ({
        clause: id,
        title: theirs.get(id).title,
        kind: "new",
        mine: null,
        theirs: theirs.get(id),
        base: null,
        questions: [],
      })),
  ].filter(Boolean);
}

// The clauses and wordings that have the words of the base, where those of the agreement are gone.
function rewordedIn(agreement, library, template, names, baseOf) {
  const ids = idsHere(agreement, library.former);
  return agreement.sections.flatMap((mine) => {
    const id = names.get(mine.id) || mine.id;
    const base = baseOf(mine.id);
    const clause = base && clauseIn(library, id, template.language);
    if (!clause || clause.wordings.some((one) => one.id === mine.wording)) return [];
    const found = clause.wordings.find((one) => led(one.text, ids) === base.text);
    return found ? [{ id, wording: found.id }] : [];
  });
}

function comparing({ agreement, taken, names, whole, theirs: all, baseOf }) {
  const asked = new Set();
  const { front } = agreement;
  const questionsOf = (theirs) => {
    const [now, before, mine] = [whole.front.blanks, taken ? taken.front.blanks : mapOf(), front.blanks].map(
      (map) => new Map(entriesOf(map).map(([name, one]) => [blankKey(name), [name, one]])),
    );
    const found = [];
    for (const key of new Set(blanksIn(theirs.text).map(blankKey))) {
      if (asked.has(key) || !mine.has(key) || !now.has(key)) continue;
      asked.add(key);
      const question = {
        name: mine.get(key)[0],
        mine: mine.get(key)[1],
        theirs: now.get(key)[1],
        base: before.has(key) ? before.get(key)[1] : null,
      };
      if (!sameDefinition(question.theirs, question.base) && !sameDefinition(takenDefinition(question), question.mine))
        found.push(question);
    }
    return found;
  };
  return (mine) => {
    const noted = own(front.taken, mine.id);
    const base = baseOf(mine.id);
    const theirs = all.get(names.get(mine.id) || mine.id);
    const proposal = { clause: mine.id, title: mine.title, mine, theirs: theirs || null, base };
    if (!theirs) return noted ? { ...proposal, kind: "dropped", questions: [] } : null;
    const questions = questionsOf(theirs);
    let kind = kindOf(mark(mine), mark({ ...theirs, id: mine.id, wording: mine.wording }), noted, base);
    if ((!kind || kind === "same") && questions.length) kind = "question";
    else if ((!kind || kind === "same") && (theirs.id !== mine.id || theirs.wording !== mine.wording)) kind = "renamed";
    else if (kind === "library" && questions.some(isDisputed)) kind = "both";
    return kind && { ...proposal, kind, questions };
  };
}

// What a clause's text calls for, from its digests.
function kindOf(mine, theirs, noted, base) {
  if (theirs === noted) return "";
  if (mine === theirs) return "same";
  if (mine === noted) return "library";
  return base ? "both" : "no base";
}

// What was left out stays out; but its id may have changed, or the template may no longer have it.
function leftOut(id, { template, library, names }) {
  const listed = (one) => template.clauses.find((entry) => entry.id === one);
  if (listed(id)) return null;
  const proposal = { clause: id, mine: null, base: null, questions: [] };
  const now = names.get(id);
  if (listed(now)) {
    const [theirs] = drafted(template, library, [[now, listed(now).wording]]).sections;
    return theirs ? { ...proposal, title: theirs.title, kind: "renamed", theirs } : null;
  }
  const clause = clauseIn(library, id, template.language);
  return { ...proposal, title: clause ? clause.title : id, kind: "dropped", theirs: null };
}
