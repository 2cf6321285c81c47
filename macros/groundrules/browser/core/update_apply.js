// What becomes of an agreement when its clauses are decided.

import { isEmpty } from "./answers.js";
import { settled } from "./fork.js";
import { entriesOf, keysOf, mapOf, own } from "./maps.js";
import { blankKey } from "./markup/nodes.js";
import { misfit } from "./misfits.js";
import { withFront } from "./model.js";
import { followed, led } from "./renamed.js";
import { frontMatter } from "./source.js";
import {
  PREAMBLE,
  REWORDS,
  VERSION,
  basesOf,
  blanksIn,
  libraryText,
  mark,
  notesIn,
  partsOf,
  sameDefinition,
  takenDefinition,
  templateOf,
} from "./update_compare.js";

const byKey = (map, key) => keysOf(map).find((one) => blankKey(one) === blankKey(key));
const without = (map, gone) => mapOf(entriesOf(map).filter(([name]) => !gone(name)));

// ``map`` with a new key, after the nearest one that stands before it in ``order``, else first.
function inserted(map, key, value, order) {
  const names = keysOf(map);
  const before = order
    .slice(0, order.indexOf(key))
    .filter((one) => names.includes(one))
    .pop();
  const all = entriesOf(map);
  all.splice(before === undefined ? 0 : names.indexOf(before) + 1, 0, [key, value]);
  return mapOf(all);
}

// What becomes of an agreement and of its taken.md: ``decisions`` are "take" or "keep" by the clause of a proposal.
// ``lost`` are the answers that have no place any more.
export function decided(agreement, taken, library, all, decisions) {
  const made = new Taking(agreement, taken, library, all);
  for (const proposal of all)
    made.decide(proposal, decisions.get(proposal.clause) || (proposal.kind === "same" ? "keep" : "later"));
  return made.result();
}

class Taking {
  constructor(agreement, taken, library, all) {
    Object.assign(this, { agreement, library, front: agreement.front });
    this.template = templateOf(agreement, library);
    this.listed = this.template.clauses.map((one) => one.id);
    this.names = followed(agreement, library.former);
    const theirs = all.map((one) => one.theirs).filter((one) => one && one.wording);
    this.text = libraryText(agreement, library, this.template, theirs);
    this.sections = [...partsOf(agreement).values()];
    this.blanks = mapOf(entriesOf(this.front.blanks));
    this.answers = mapOf(entriesOf(this.front.answers));
    this.leftOut = this.front["left out"];
    this.noted = mapOf(entriesOf(this.front.taken));
    this.baseBlanks = mapOf(entriesOf(taken ? taken.front.blanks : mapOf()));
    const baseOf = basesOf(agreement, taken, partsOf(this.text), this.names);
    this.bases = new Map(
      keysOf(this.noted)
        .map((id) => [id, baseOf(id)])
        .filter(([, found]) => found),
    );
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
    const { version } = this.library;
    if (version && proposal.kind !== "same")
      this.noted = mapOf([[VERSION, version], ...entriesOf(this.noted).filter(([name]) => name !== VERSION)]);
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
    const numbers = this.sections
      .map((one) => /^own-([0-9]+)$/.exec(one.id))
      .filter(Boolean)
      .map((one) => Number(one[1]));
    this.put(mine.id, {
      ...this.section(mine.id),
      id: known ? this.nameOf(mine.id) : `own-${Math.max(0, ...numbers) + 1}`,
      wording: "",
    });
    this.noted = without(this.noted, (one) => one === mine.id);
  }

  withBoth({ mine, theirs, kind, questions }, decision) {
    const full = this.section(mine.id);
    let kept = { ...full, id: theirs.id, wording: theirs.wording };
    if (decision === "take" && REWORDS.includes(kind))
      kept = { ...kept, title: theirs.title, text: [theirs.text, ...notesIn(full.text)].join("\n\n") };
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
    if (!fits || JSON.stringify(rest) !== JSON.stringify(settled(question.mine, given)))
      this.lost.push({ name, answer: given });
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
    if (own(noted, theirs.id) === undefined)
      noted = inserted(
        noted,
        theirs.id,
        "",
        this.sections.map((one) => one.id),
      );
    noted[theirs.id] = mark(theirs);
    this.noted = noted;
    this.bases.set(theirs.id, theirs);
  }

  // Where a new clause of the template goes: behind the nearest one that stands before it there.
  place(id) {
    const here = this.sections.map((one) => this.nameOf(one.id));
    const before = [PREAMBLE, ...this.listed.slice(0, this.listed.indexOf(id))]
      .filter((one) => here.includes(one))
      .pop();
    return before === undefined ? 0 : here.indexOf(before) + 1;
  }

  putBase(name, theirs) {
    const known = byKey(this.baseBlanks, name);
    Object.assign(this.baseBlanks, mapOf([[known === undefined ? name : known, theirs]]));
  }

  // --- what follows from all of them

  result() {
    // References to a clause that has another id now lead to it.
    this.sections = this.sections.map((one) => ({ ...one, text: led(one.text, this.ids) }));
    for (const [name, base] of this.bases) {
      const moved = { ...base, text: led(base.text, this.ids) };
      this.bases.set(name, moved);
      if (own(this.noted, name) === mark(base)) this.noted[name] = mark(moved);
    }
    this.settle();
    const agreement = withParts(
      withFront(this.agreement, {
        blanks: this.blanks,
        answers: this.answers,
        taken: this.noted,
        "left out": this.leftOut,
      }),
      this.sections,
    );
    return { agreement, taken: this.taken(), lost: this.lost };
  }

  // Define what the text newly asks; what no text asks any more goes, and its answer with it.
  settle() {
    const [before, after] = [asked(partsOf(this.agreement).values()), asked(this.sections)];
    const known = keysOf(this.blanks).map(blankKey);
    const fresh = entriesOf(this.text.front.blanks);
    for (const [name, definition] of fresh) {
      if (after.has(blankKey(name)) && !known.includes(blankKey(name)))
        this.blanks = inserted(
          this.blanks,
          name,
          definition,
          fresh.map(([one]) => one),
        );
    }
    const isGone = (name) => before.has(blankKey(name)) && !after.has(blankKey(name));
    this.blanks = without(this.blanks, isGone);
    for (const [name, given] of entriesOf(this.answers))
      if (isGone(name) && !isEmpty(given)) this.lost.push({ name, answer: given });
    this.answers = without(this.answers, isGone);
  }

  // What taken.md is to hold: each clause as it was last taken, and what its blanks asked then.
  taken() {
    const kept = keysOf(this.noted)
      .map((name) => this.bases.get(name))
      .filter(Boolean);
    const wanted = asked(kept);
    for (const [name, theirs] of entriesOf(this.text.front.blanks)) {
      const own = byKey(this.blanks, name);
      if (own === undefined || sameDefinition(this.blanks[own], theirs)) this.putBase(name, theirs);
    }
    const blanks = without(this.baseBlanks, (name) => !wanted.has(blankKey(name)));
    const front = mapOf([
      ["title", this.template.title],
      ["template", this.front.template],
      ["language", this.template.tag],
      ["blanks", blanks],
    ]);
    return withParts({ front, preamble: "", sections: [] }, kept);
  }
}

// The file with the answers that have no place any more as a remark at the end of its front matter.
export function withRemarks(text, lost, day) {
  if (!lost.length) return text;
  const answers = frontMatter(
    mapOf([
      ["title", ""],
      ["template", ""],
      ["answers", mapOf(lost.map((one) => [one.name, one.answer]))],
    ]),
  );
  const lines = answers
    .split("\n")
    .slice(3, -1)
    .map((line) => line.slice(2));
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const at = text.indexOf(`${end}---${end}`) + end.length;
  return (
    text.slice(0, at) +
    [phrase("earlierAnswers", { day }), ...lines].map((line) => `# ${line}${end}`).join("") +
    text.slice(at)
  );
}

const asked = (sections) => new Set([...sections].flatMap((one) => blanksIn(one.text, true)).map(blankKey));

// ``agreement`` with ``sections``, the first of which may be the preamble.
function withParts(agreement, sections) {
  const preamble = sections.find((one) => one.id === PREAMBLE);
  return {
    ...agreement,
    preamble: preamble ? preamble.text : "",
    sections: sections.filter((one) => one.id !== PREAMBLE),
  };
}
