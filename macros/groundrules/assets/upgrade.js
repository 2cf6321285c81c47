/* What a fork's template and library have learned since it was taken: upgrade.py and keeping/taking.py over again, with
   the same names in the same order. Loaded after engine.js, signing.js and compare.js; ``library`` is the data of library.js.
   tests/test_keeping_js.py proves both equal. No DOM. */
(function (root) {
"use strict";

const { parse, misfit, isEmpty, blankKey } = root.GroundRules;
const { entries, strip, isMap, mapOf, keysOf, entriesOf, own, inlines, withoutNotes, settled, heading, frontMatter, sha256, withFront } = root.GroundRules.parts;
const { tokens, edits, aligned, stripOf, piecesOf } = root.GroundRules.parts;

// --- upgrade.py -----------------------------------------------------------------------------------

const PREAMBLE = "preamble";
const UNITS = [["ask"], ["example"], ["type", "choices", "columns", "calendar", "settled by", "private"]];
const REWORDS = ["library", "both", "no base"];

// What of a definition changes together, as text to compare; keys that are missing are as they would be anyway.
function unitOf(definition, unit) {
  const usual = { type: "text", choices: [], private: "no" };
  return JSON.stringify(unit.map((key) => {
    const value = own(definition, key);
    if (key !== "columns") return value === undefined ? usual[key] || "" : value;
    return keysOf(value).sort().map((name) => [name, ...["ask", "example", "type", "choices", "calendar", "private"].map((one) => unitOf(value[name], [one]))]);
  }));
}
const alike = (one, other, unit) => unitOf(one, unit) === unitOf(other, unit);
const sameDefinition = (one, other) => !!one && !!other && UNITS.every((unit) => alike(one, other, unit));

// The library's definition, in which stays what only the partners changed.
function takenDefinition({ mine, theirs, base }) {
  const kept = UNITS.filter((unit) => base && alike(theirs, base, unit)).flat();
  return mapOf([...entriesOf(theirs).filter(([key]) => !kept.includes(key)), ...entriesOf(mine).filter(([key]) => kept.includes(key))]);
}

// Whether the partners changed what the library changed, too; without a base nobody knows.
const isDisputed = ({ mine, theirs, base }) => UNITS.some((unit) => !alike(mine, theirs, unit) && !(base && (alike(mine, base, unit) || alike(theirs, base, unit))));

const templateOf = (agreement, library) => own(library.templates, agreement.front.template);
const clauseIn = (library, id, language) => (own(library.translated, language) || []).find((one) => one.id === id) || library.clauses.find((one) => one.id === id);
const runsOf = (text) => text.split(/\n[ \t]*\n/);
const textWithoutNotes = (text) => strip(runsOf(text).filter((run) => !/^[\n ]*>/.test(run)).join("\n\n"), "\n");
const notesIn = (text) => runsOf(text).filter((run) => /^[\n ]*>/.test(run)).map((run) => strip(run, "\n"));
const blanksIn = (text, notesToo) => {
  const { blocks } = parse(text);
  return inlines(notesToo ? blocks : withoutNotes(blocks)).filter((node) => node.kind === "blank").map((node) => node.name);
};
const mark = (section) => sha256(section.id === PREAMBLE ? `${section.text}\n` : `${heading(section)}\n\n${section.text}\n`);
const bare = (agreement) => ({ ...agreement, preamble: textWithoutNotes(agreement.preamble), sections: agreement.sections.map((one) => ({ ...one, text: textWithoutNotes(one.text) })) });

// The preamble, if there is one, and the clauses, by id.
function partsOf(agreement) {
  const preamble = { id: PREAMBLE, title: "The preamble", wording: "", text: agreement.preamble };
  return new Map([...(agreement.preamble ? [preamble] : []), ...agreement.sections].map((one) => [one.id, one]));
}

// The new ids of the clauses in ``agreement``, standing or left out, to which the library gave another.
function followed(agreement, library) {
  const here = [...agreement.sections.map((one) => one.id), ...agreement.front["left out"]];
  const found = new Map();
  for (const { id, formerly } of library.clauses) {
    for (const old of formerly) {
      if (here.includes(old) && !library.clauses.some((one) => one.id === old) && !here.includes(id) && ![...found.values()].includes(id)) found.set(old, id);
    }
  }
  return found;
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
    const defined = new Map(entriesOf(mapOf(Object.entries(clause.blanks))).map(([blank, one]) => [blankKey(blank), [blank, one]]));
    for (const key of blanksIn(wording.text).map(blankKey)) {
      if (!defined.has(key) || keys.has(key)) continue;
      keys.add(key);
      const [blank, one] = defined.get(key);
      Object.assign(blanks, mapOf([[blank, one]]));
    }
  }
  return { front: { blanks }, preamble: template.preamble, sections };
}

function libraryText(agreement, library, template, more) {
  const names = followed(agreement, library);
  const here = agreement.sections.filter((one) => one.wording).map((one) => [names.get(one.id) || one.id, one.wording]);
  return drafted(template, library, [...here, ...more.map((one) => [one.id, one.wording])]);
}

// The library's text that each clause was taken from: where its digest is the noted one.
function basesOf(agreement, taken, theirs, names) {
  const noted = agreement.front.taken;
  const places = [taken ? partsOf(taken) : new Map(), partsOf(bare(agreement))];
  return (id) => {
    const now = theirs.get(names.get(id) || id);
    const found = [...places.map((place) => place.get(id)), now && { ...now, id }];
    return found.find((one) => one && mark(one) === own(noted, id)) || null;
  };
}

// What there is to decide, in the order of the text; what is new comes behind the clause it is to follow.
function proposals(agreement, taken, library) {
  const template = templateOf(agreement, library);
  if (!template) return [];
  const { front } = agreement;
  const names = followed(agreement, library);
  const here = [...agreement.sections.map((one) => one.id), ...front["left out"]].map((id) => names.get(id) || id);
  const fresh = template.clauses.filter((entry) => !here.includes(entry.id));
  const whole = libraryText(agreement, library, template, fresh);
  const theirs = partsOf(whole);
  const baseOf = basesOf(agreement, taken, theirs, names);
  const compared = comparing({ agreement, taken, library, template, names, whole, theirs, baseOf });
  return [
    ...[...partsOf(bare(agreement)).values()].map(compared),
    ...front["left out"].map((id) => leftOut(id, { template, library, names })),
    ...fresh.filter(({ id }) => theirs.has(id)).map(({ id }) => ({ clause: id, title: theirs.get(id).title, kind: "new", mine: null, theirs: theirs.get(id), base: null, questions: [] })),
  ].filter(Boolean);
}

function comparing({ agreement, taken, library, template, names, whole, theirs: all, baseOf }) {
  const asked = new Set();
  const { front } = agreement;
  const rewordedTo = (mine, base) => {
    const id = names.get(mine.id) || mine.id;
    const clause = base && clauseIn(library, id, template.language);
    const found = clause && clause.wordings.find((one) => one.text === base.text);
    return found ? { id, title: clause.title, wording: found.id, text: found.text } : null;
  };
  const questionsOf = (theirs) => {
    const [now, before, mine] = [whole.front.blanks, taken ? taken.front.blanks : mapOf(), front.blanks].map((map) => new Map(entriesOf(map).map(([name, one]) => [blankKey(name), [name, one]])));
    const found = [];
    for (const key of new Set(blanksIn(theirs.text).map(blankKey))) {
      if (asked.has(key) || !mine.has(key) || !now.has(key)) continue;
      asked.add(key);
      const question = { name: mine.get(key)[0], mine: mine.get(key)[1], theirs: now.get(key)[1], base: before.has(key) ? before.get(key)[1] : null };
      if (!sameDefinition(question.theirs, question.base) && !sameDefinition(takenDefinition(question), question.mine)) found.push(question);
    }
    return found;
  };
  return (mine) => {
    const noted = own(front.taken, mine.id);
    const base = baseOf(mine.id);
    const theirs = all.get(names.get(mine.id) || mine.id) || rewordedTo(mine, base);
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

// --- keeping/proposing.py: what is theirs, what is mine, and what both came from ------------------

const SAID = {
  library: "The library has other words now. Yours are still those that you took.",
  both: "You changed this clause, and so did the library.",
  "no base": "The library's words are not yours, and nobody knows which of them you took.",
  new: "The template has this clause, and your agreement does not.",
  dropped: "The library no longer has this clause, or this wording of it. Yours stays as it is.",
  renamed: "The library calls this clause by another id. Its words are the same.",
  question: "The library asks for these answers in another way. The words are the same.",
  same: "The library now has the words that you had already.",
};

// What has happened, in a sentence or two.
function said({ kind, mine, theirs, clause }) {
  if (!mine && kind === "dropped") return "You left this out, and the template no longer has it. It is taken off the list of what you left out.";
  if (!mine && kind === "renamed") return "You left this out, and it has another id now. It stays left out.";
  const moved = mine && theirs && kind !== "renamed" && (theirs.id !== clause || theirs.wording !== mine.wording);
  return SAID[kind] + (moved ? ` The library now calls it "${theirs.id}".` : "");
}

// The lines of ``now`` in pieces, with what of ``old`` is gone and what came.
function markedLines(old, now) {
  const lines = (one, other) => [...(one.title !== other.title && one.id !== PREAMBLE ? [one.title] : []), ...one.text.split("\n")].map((text) => stripOf("", text));
  const [before, after] = [lines(old, now), lines(now, old)];
  return aligned(before, after).map(([i, j]) => piecesOf(edits(i === null ? [] : before[i].tokens, j === null ? [] : after[j].tokens)));
}

// What of the definition of a blank changes: a key, and its text in pieces.
function questionLines(question) {
  const [old, now] = [flat(question.mine), flat(takenDefinition(question))];
  return [...new Set([...old.keys(), ...now.keys()])].filter((key) => (old.get(key) || "") !== (now.get(key) || ""))
    .map((key) => [key, piecesOf(edits(tokens(old.get(key) || ""), tokens(now.get(key) || "")))]);
}

function flat(value, path = "") {
  if (isMap(value)) return new Map(entriesOf(value).flatMap(([key, below]) => [...flat(below, `${path} ${key}`)]));
  return new Map([[strip(path), entries(value).join("; ")]]);
}

// --- keeping/taking.py ----------------------------------------------------------------------------

const byKey = (map, key) => keysOf(map).find((one) => blankKey(one) === blankKey(key));
const without = (map, gone) => mapOf(entriesOf(map).filter(([name]) => !gone(name)));

// ``map`` with a new key, after the nearest one that stands before it in ``order``, else first.
function inserted(map, key, value, order) {
  const names = keysOf(map);
  const before = order.slice(0, order.indexOf(key)).filter((one) => names.includes(one)).pop();
  const all = entriesOf(map);
  all.splice(before === undefined ? 0 : names.indexOf(before) + 1, 0, [key, value]);
  return mapOf(all);
}

// What becomes of an agreement and of its taken.md: ``decisions`` are "take" or "keep" by the clause of a proposal.
// ``lost`` are the answers that have no place any more.
function decided(agreement, taken, library, all, decisions) {
  const made = new Taking(agreement, taken, library);
  for (const proposal of all) made.decide(proposal, decisions.get(proposal.clause) || (proposal.kind === "same" ? "keep" : "later"));
  return made.result();
}

class Taking {
  constructor(agreement, taken, library) {
    Object.assign(this, { agreement, library, front: agreement.front });
    this.template = templateOf(agreement, library);
    this.listed = this.template.clauses.map((one) => one.id);
    this.names = followed(agreement, library);
    const here = agreement.sections.map((one) => this.nameOf(one.id));
    this.text = libraryText(agreement, library, this.template, this.template.clauses.filter((entry) => !here.includes(entry.id)));
    this.sections = [...partsOf(agreement).values()];
    this.blanks = mapOf(entriesOf(this.front.blanks));
    this.answers = mapOf(entriesOf(this.front.answers));
    this.leftOut = this.front["left out"];
    this.noted = this.front.taken;
    this.baseBlanks = mapOf(entriesOf(taken ? taken.front.blanks : mapOf()));
    const baseOf = basesOf(agreement, taken, partsOf(this.text), this.names);
    this.bases = new Map(keysOf(this.noted).map((id) => [id, baseOf(id)]).filter(([, found]) => found));
    this.ids = new Map();
    this.lost = [];
  }

  nameOf(id) {
    return this.names.get(id) || id;
  }

  decide(proposal, decision) {
    if (decision === "later") return;
    if (!proposal.mine) this.withoutMine(proposal, decision);
    else if (!proposal.theirs) this.letGo(proposal.mine);
    else this.withBoth(proposal, decision);
  }

  // What is new, and what was left out and has another id now, or none.
  withoutMine({ clause, kind, theirs }, decision) {
    if (kind === "new" && decision === "take") {
      this.sections.splice(this.place(theirs.id), 0, theirs);
      return this.note(clause, theirs);
    }
    const out = [...this.leftOut, ...(theirs ? [theirs.id] : [])].filter((one) => kind === "new" || one !== clause);
    const others = this.leftOut.filter((one) => out.includes(one) && !this.listed.includes(one));
    this.leftOut = [...others, ...this.listed.filter((one) => out.includes(one))];
  }

  // The library no longer has this clause, or this wording of it: its words are the partners' own now.
  letGo(mine) {
    const known = this.library.clauses.some((one) => one.id === mine.id) || this.names.has(mine.id);
    const numbers = this.sections.map((one) => /^own-([0-9]+)$/.exec(one.id)).filter(Boolean).map((one) => Number(one[1]));
    this.put(mine.id, { ...this.section(mine.id), id: known ? this.nameOf(mine.id) : `own-${Math.max(0, ...numbers) + 1}`, wording: "" });
    this.noted = without(this.noted, (one) => one === mine.id);
  }

  withBoth({ mine, theirs, kind, questions }, decision) {
    const full = this.section(mine.id);
    let kept = { ...full, id: theirs.id, wording: theirs.wording };
    if (decision === "take" && REWORDS.includes(kind)) kept = { ...kept, title: theirs.title, text: [theirs.text, ...notesIn(full.text)].join("\n\n") };
    this.put(mine.id, kept);
    this.note(mine.id, theirs);
    for (const question of questions) {
      this.putBase(question.name, question.theirs);
      if (decision === "take") this.ask(question);
    }
  }

  // Define a blank as the library does now; an answer that no longer fits it goes.
  ask(question) {
    const taken = takenDefinition(question);
    this.blanks[question.name] = taken;
    const name = byKey(this.answers, question.name);
    const given = name === undefined ? "" : this.answers[name];
    if (isEmpty(given) || misfit(question.mine, given) || !misfit(taken, given)) return;
    const rest = settled(taken, given);
    const fits = rest.length && !misfit(taken, rest);
    if (!fits || JSON.stringify(rest) !== JSON.stringify(settled(question.mine, given))) this.lost.push({ name, answer: given });
    if (fits) this.answers[name] = rest;
    else this.answers = without(this.answers, (one) => one === name);
  }

  section(id) {
    return this.sections.find((one) => one.id === id);
  }

  put(id, section) {
    this.sections = this.sections.map((one) => (one.id === id ? section : one));
    if (section.id !== id) this.ids.set(id, section.id);
  }

  // Note that ``theirs`` is what the clause was last compared with.
  note(id, theirs) {
    let noted = mapOf(entriesOf(this.noted).map(([name, value]) => [name === id ? theirs.id : name, value]));
    if (own(noted, theirs.id) === undefined) noted = inserted(noted, theirs.id, "", this.sections.map((one) => one.id));
    noted[theirs.id] = mark(theirs);
    this.noted = noted;
    this.bases.set(theirs.id, theirs);
  }

  // Where a new clause of the template goes: behind the nearest one that stands before it there.
  place(id) {
    const here = this.sections.map((one) => this.nameOf(one.id));
    const before = [PREAMBLE, ...this.listed.slice(0, this.listed.indexOf(id))].filter((one) => here.includes(one)).pop();
    return before === undefined ? 0 : here.indexOf(before) + 1;
  }

  putBase(name, theirs) {
    const known = byKey(this.baseBlanks, name);
    Object.assign(this.baseBlanks, mapOf([[known === undefined ? name : known, theirs]]));
  }

  // --- what follows from all of them

  result() {
    this.sections = this.sections.map((one) => this.led(one));
    this.settle();
    const agreement = withParts(withFront(this.agreement, { blanks: this.blanks, answers: this.answers, taken: this.noted, "left out": this.leftOut }), this.sections);
    return { agreement, taken: this.taken(), lost: this.lost };
  }

  // A section whose references to a clause that has another id now lead to it.
  led(section) {
    let { text } = section;
    for (const [old, now] of this.ids) text = text.replace(new RegExp(`(?<!\\\\)((?:\\\\\\\\)*)\\[\\[#${old}\\]\\]`, "g"), `$1[[#${now}]]`);
    return { ...section, text };
  }

  // Define what the text newly asks; what no text asks any more goes, and its answer with it.
  settle() {
    const [before, after] = [asked(partsOf(this.agreement).values()), asked(this.sections)];
    const known = keysOf(this.blanks).map(blankKey);
    const fresh = entriesOf(this.text.front.blanks);
    for (const [name, definition] of fresh) {
      if (after.has(blankKey(name)) && !known.includes(blankKey(name))) this.blanks = inserted(this.blanks, name, definition, fresh.map(([one]) => one));
    }
    const isGone = (name) => before.has(blankKey(name)) && !after.has(blankKey(name));
    this.blanks = without(this.blanks, isGone);
    for (const [name, given] of entriesOf(this.answers)) if (isGone(name) && !isEmpty(given)) this.lost.push({ name, answer: given });
    this.answers = without(this.answers, isGone);
  }

  // What taken.md is to hold: each clause as it was last taken, and what its blanks asked then.
  taken() {
    const kept = keysOf(this.noted).map((name) => this.bases.get(name)).filter(Boolean);
    const wanted = asked(kept);
    for (const [name, theirs] of entriesOf(this.text.front.blanks)) {
      const own = byKey(this.blanks, name);
      if (own === undefined || sameDefinition(this.blanks[own], theirs)) this.putBase(name, theirs);
    }
    const blanks = without(this.baseBlanks, (name) => !wanted.has(blankKey(name)));
    const front = mapOf([["title", this.template.title], ["template", this.front.template], ["language", this.template.tag], ["blanks", blanks]]);
    return withParts({ front, preamble: "", sections: [] }, kept);
  }
}

// The file with the answers that have no place any more as a remark at the end of its front matter.
function withRemarks(text, lost, day) {
  if (!lost.length) return text;
  const answers = frontMatter(mapOf([["title", ""], ["template", ""], ["answers", mapOf(lost.map((one) => [one.name, one.answer]))]]));
  const lines = answers.split("\n").slice(3, -1).map((line) => line.slice(2));
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const at = text.indexOf(`${end}---${end}`) + end.length;
  return text.slice(0, at) + [`Earlier answers, which have no place since ${day}:`, ...lines].map((line) => `# ${line}${end}`).join("") + text.slice(at);
}

const asked = (sections) => new Set([...sections].flatMap((one) => blanksIn(one.text, true)).map(blankKey));

// ``agreement`` with ``sections``, the first of which may be the preamble.
function withParts(agreement, sections) {
  const preamble = sections.find((one) => one.id === PREAMBLE);
  return { ...agreement, preamble: preamble ? preamble.text : "", sections: sections.filter((one) => one.id !== PREAMBLE) };
}

Object.assign(root.GroundRules, { proposals, decided, withRemarks, said, markedLines, questionLines });
})(typeof window === "undefined" ? globalThis : window);
