// Changes to an agreement, each of which returns a new one.

import { readDate } from "./days.js";
import { RESERVED } from "./assemble.js";
import { findings, oddTitle, oddValue } from "./file.js";
import { definitionsOf, find, sectionBlanks, settled } from "./fork.js";
import { entriesOf, keysOf, mapOf, own } from "./maps.js";
import { hiddenCharacters } from "./markup/hidden.js";
import { blankKey } from "./markup/nodes.js";
import { withDefaults, withFront } from "./model.js";
import { oneLine, strip } from "./strings.js";

// ``template`` is the page's own, unless another is named.
const templateOf = (template) => template || globalThis.groundRulesTemplate || { clauses: [] };

// Definitions and answers stand in the order in which the text first uses them; those it does not use go.
function settle(agreement, known) {
  const { front, sections, preamble } = agreement;
  const defined = new Map();
  for (const map of [front.blanks, known])
    for (const [name, one] of entriesOf(map))
      if (!defined.has(blankKey(name))) defined.set(blankKey(name), [name, one]);
  const blanks = new Map();
  for (const text of [...sections.map((section) => section.text), preamble]) {
    for (const name of sectionBlanks(text)) {
      const key = blankKey(name);
      if (!blanks.has(key) && !(key in RESERVED)) blanks.set(key, defined.get(key) || [name, mapOf([["ask", name]])]);
    }
  }
  const order = ["library version", "preamble", ...sections.map((section) => section.id)];
  const taken = order.filter((id) => own(front.taken, id)).map((id) => [id, front.taken[id]]);
  const answers = [...blanks.values()]
    .map(([name]) => [name, find(front.answers, name)])
    .filter(([, given]) => given !== undefined);
  return withFront(agreement, {
    blanks: mapOf(blanks.values()),
    taken: mapOf(taken),
    answers: mapOf(answers.map(([, given]) => [given, front.answers[given]])),
  });
}

export function setAnswer(agreement, blank, value) {
  const { blanks, answers } = agreement.front;
  const name = find(blanks, blank);
  if (name === undefined) return agreement;
  const given = settled(blanks[name], value);
  const old = find(answers, name);
  const changed = new Map(entriesOf(answers));
  if (!given.length) changed.delete(old);
  else changed.set(old === undefined ? name : old, given);
  const order = keysOf(blanks).map(blankKey);
  const place = (key) => (order.includes(blankKey(key)) ? order.indexOf(blankKey(key)) : order.length);
  return withFront(agreement, { answers: mapOf([...changed].sort(([a], [b]) => place(a) - place(b))) });
}

// What may not stand in the agreement's title.
export const oddFront = (title) => {
  const odd = oddValue(title);
  return strip(title) ? odd || hiddenCharacters(title) : phrase("emptyTitle");
};

// What cannot stand in the file leaves the agreement as it is: an empty title, a day that is none.
export function setFront(agreement, key, value) {
  if (key === "title") {
    if (oddFront(oneLine(value || ""))) return agreement;
    value = oneLine(value);
  }
  if (key === "start" || key === "end") value = value ? readDate(value) || agreement.front[key] : undefined;
  if (key === "parties" || key === "signatures") {
    value = value
      .map((one) =>
        mapOf(
          keysOf(one)
            .map((part) => [part, oneLine(one[part] || "")])
            .filter(([part, text]) => text || part === "name"),
        ),
      )
      .filter((one) => keysOf(one).some((part) => one[part]));
  }
  return withFront(agreement, { [key]: value });
}

const librarySection = (clause, wordingId) => {
  const wording = clause.wordings.find((one) => one.id === wordingId) || clause.wordings[0];
  return [{ id: clause.id, title: clause.title, wording: wording.id, text: wording.text }, wording.digest];
};

// The agreement that partners start from.
export function forkOf({ id, title, language, preamble, taken, clauses }) {
  const chosen = clauses.map((clause) => librarySection(clause, clause.wording));
  const front = withDefaults(
    mapOf([
      ["title", title],
      ["template", id],
      ["language", language],
      ["taken", mapOf([...entriesOf(taken), ...chosen.map(([section, digest]) => [section.id, digest])])],
    ]),
  );
  const sections = chosen.map(([section]) => section);
  return settle({ front, preamble, sections }, definitionsOf(clauses));
}

// The agreement with a clause of the library at ``index``, instead of as many as ``gone`` says.
function withClause(agreement, clause, wordingId, index, gone) {
  const [section, digest] = librarySection(clause, wordingId);
  const sections = [...agreement.sections];
  if (gone) {
    const notes = sections[index].text
      .split("\n\n")
      .map((run) => strip(run, "\n"))
      .filter((run) => run[0] === ">");
    section.text = [section.text, ...notes].join("\n\n");
  }
  sections.splice(index, gone, section);
  const { front } = agreement;
  const taken = mapOf([...entriesOf(front.taken).filter(([id]) => id !== clause.id), [clause.id, digest]]);
  const leftOut = front["left out"].filter((id) => id !== clause.id);
  return settle({ ...withFront(agreement, { taken, "left out": leftOut }), sections }, definitionsOf([clause]));
}

export const indexOf = (agreement, id) => agreement.sections.findIndex((section) => section.id === id);

export function chooseWording(agreement, clause, wordingId) {
  const index = indexOf(agreement, clause.id);
  return index < 0 ? agreement : withClause(agreement, clause, wordingId, index, 1);
}

export function leaveOut(agreement, id, template) {
  const listed = templateOf(template).clauses.map((clause) => clause.id);
  const out = [...agreement.front["left out"], id];
  const sections = agreement.sections.filter((section) => section.id !== id);
  return settle({ ...withFront(agreement, { "left out": listed.filter((one) => out.includes(one)) }), sections });
}

// A clause of the template goes back to its place, another one to the end.
export function bringBack(agreement, clause, template) {
  if (indexOf(agreement, clause.id) >= 0) return agreement;
  const listed = templateOf(template).clauses.map((one) => one.id);
  const place = listed.indexOf(clause.id);
  const before = listed.slice(0, Math.max(place, 0)).filter((id) => indexOf(agreement, id) >= 0);
  const index = place < 0 ? agreement.sections.length : before.length ? indexOf(agreement, before.pop()) + 1 : 0;
  return withClause(agreement, clause, clause.wording, index, 0);
}

// A clause of the library, or one of the partners' own, which needs a title and a text.
export function addClause(agreement, clause, afterId) {
  const after = indexOf(agreement, afterId);
  const index = after < 0 ? agreement.sections.length : after + 1;
  if (clause.wordings)
    return indexOf(agreement, clause.id) < 0 ? withClause(agreement, clause, clause.wording, index, 0) : agreement;
  const numbers = agreement.sections
    .map((section) => /^own-(\d+)$/.exec(section.id))
    .filter(Boolean)
    .map((match) => +match[1]);
  const text = agreementText(clause.text);
  const title = oneLine(clause.title || "");
  if (oddTitle(title) || findings(text).length) return agreement;
  const sections = [...agreement.sections];
  sections.splice(index, 0, { id: `own-${Math.max(0, ...numbers) + 1}`, title, wording: "", text });
  return settle({ ...agreement, sections });
}

const agreementText = (text) => strip(String(text || "").replace(/\r\n?/g, "\n"), "\n");
const changed = (agreement, id, change) => ({
  ...agreement,
  sections: agreement.sections.map((one) => (one.id === id ? { ...one, ...change } : one)),
});

// Text in which something is wrong does not get in: show its ``findings`` meanwhile.
export function setText(agreement, id, text) {
  text = agreementText(text);
  if (findings(text, 1, id === "preamble").length) return agreement;
  return settle(
    id === "preamble" ? { ...agreement, preamble: text } : changed(agreement, id, { text }),
    definitionsOf(templateOf().clauses.filter((one) => one.id === id)),
  );
}

export function setTitle(agreement, id, title) {
  title = oneLine(title || "");
  return oddTitle(title) ? agreement : changed(agreement, id, { title });
}

export function move(agreement, id, by) {
  const index = indexOf(agreement, id);
  const to = Math.min(Math.max(index + by, 0), agreement.sections.length - 1);
  if (index < 0 || to === index) return agreement;
  const sections = [...agreement.sections];
  sections.splice(to, 0, ...sections.splice(index, 1));
  return settle({ ...agreement, sections });
}
