// Earlier ids of clauses: whoever still says one means the clause of today.

import { entriesOf, mapOf, own } from "./maps.js";
import { withFront } from "./model.js";

const REFERENCE = /(?<!\\)((?:\\\\)*\[\[#)([a-z0-9-]+)(?=\]\])/g;

// The new ids of the clauses in ``agreement``, standing or left out, to which the library gave another. ``former`` has
// the id of today for each earlier one.
export function followed({ sections, front }, former) {
  const here = [...sections.map((one) => one.id), ...front["left out"]];
  const found = new Map();
  for (const [old, id] of entriesOf(former))
    if (here.includes(old) && !here.includes(id) && ![...found.values()].includes(id)) found.set(old, id);
  return found;
}

// ``text`` whose references lead to the ids that ``names`` has for theirs.
export const led = (text, names) =>
  text.replace(REFERENCE, (_, before, id) => before + (names.get(id) || id));

// The earlier ids by which ``agreement`` holds clauses, by those that the library gave them since.
export const idsHere = (agreement, former) =>
  new Map(
    [...followed(agreement, former)]
      .filter(([old]) => agreement.sections.some((one) => one.id === old))
      .map(([old, id]) => [id, old]),
  );

// ``agreement`` with the ids of today. Where its words are the library's, it notes that.
export function renamed(agreement, { former, clauses }) {
  const names = followed(agreement, former);
  const now = (id) => names.get(id) || id;
  const held = agreement.sections.map((one) => now(one.id));
  const gone = new Map(entriesOf(former).filter(([old]) => !held.includes(old)));
  const sections = agreement.sections.map((one, at) => ({ ...one, id: held[at], text: led(one.text, gone) }));
  const digestOf = ({ id, wording, text }) =>
    (clauses.find((one) => one.id === id) || { wordings: [] }).wordings
      .filter((one) => one.id === wording && one.text === text)
      .map((one) => one.digest)[0];
  const digests = mapOf(sections.map((one) => [one.id, digestOf(one)]));
  const taken = entriesOf(agreement.front.taken).map(([id, digest]) => [now(id), own(digests, now(id)) || digest]);
  return {
    ...withFront(agreement, { taken: mapOf(taken), "left out": agreement.front["left out"].map(now) }),
    preamble: led(agreement.preamble, gone),
    sections,
  };
}

// A draft with the ids of today, in what waits beside its document as well.
export function renamedDraft(draft, template) {
  const names = followed(draft.agreement, template.former);
  const now = (key) => key.replace(/^(text|title) (.*)/, (whole, kind, id) => `${kind} ${names.get(id) || id}`);
  return {
    ...draft,
    agreement: renamed(draft.agreement, template),
    pending: Object.fromEntries(Object.entries(draft.pending).map(([key, value]) => [now(key), value])),
  };
}
