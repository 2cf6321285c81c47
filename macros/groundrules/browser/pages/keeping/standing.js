// Where the agreement stands, and why its words cannot be agreed yet.

import { openPoints } from "../../core/agreements.js";
import { entriesOf } from "../../core/maps.js";
import { blankKey } from "../../core/markup/nodes.js";
import { misfit } from "../../core/misfits.js";
import { withFront } from "../../core/model.js";
import { renamed } from "../../core/renamed.js";
import { known } from "../../core/signing.js";
import { standing } from "../../core/signing_state.js";
import { today } from "../../ui/days.js";
import { has } from "../../ui/elements.js";
import { languageOf, main, versions } from "./files.js";
import { dayWords, listed, state } from "./page.js";

export const whereItStands = () => {
  const file = main();
  const language = file && languageOf(file.agreement);
  return language ? standing(file.agreement, known(file.agreement, versions(), language), language) : null;
};
export const template = ({ agreement }) =>
  state.library && has(state.library.templates, agreement.front.template)
    ? state.library.templates[agreement.front.template]
    : null;

// What is still open in today's words, in the order in which it stands there.
export const openHere = (where) => {
  const needs = (template(where) || {}).needs || [];
  const here = state.library ? renamed(where.agreement, state.library) : where.agreement;
  return openPoints(withFront(here, { status: "agreed" }), { ...where.language, needs }, today());
};

// Why today's words cannot be agreed: what cannot be read, what is open, what the template needs.
export const wrongsOf = (where) => {
  const { answers, blanks } = where.agreement.front;
  const defined = new Map(entriesOf(blanks).map(([name, one]) => [blankKey(name), one]));
  const definition = (name) => defined.get(blankKey(name));
  const holes = where.open.map(
    (name) => `"${name}" is not answered yet. ${(definition(name) || { ask: "Fill it in first." }).ask}`,
  );
  const misfits = entriesOf(answers)
    .filter(([name, given]) => definition(name) && misfit(definition(name), given))
    .map(([name, given]) => `"${name}": ${misfit(definition(name), given)}`);
  const open = where.open.map(blankKey);
  return [
    ...main().wrongs,
    ...holes,
    ...misfits,
    ...openHere(where).filter((one) => !open.includes(one.blank) || !one.blank).map((one) => one.message),
  ];
};

export const MATCHES = {
  matches: "signed these words",
  changed: "signed earlier words, which have changed since",
  "cannot check": "cannot be checked",
};
export const stateWords = (where) => {
  const { state, agreed, missing, round } = where;
  const waiting = missing.length
    ? ` ${listed(missing.map((one) => one.name))} ${missing.length > 1 ? "have" : "has"} not signed yet.`
    : " Everybody has signed.";
  const day = agreed && dayWords(where.rounds.find((one) => one.version === agreed && one.agreed).agreed);
  if (state === "ended") return "Ended.";
  if (state === "draft") return "A draft. Nobody has signed it yet.";
  if (state === "being signed") return `Being signed, as version ${round.version}.${waiting}`;
  if (state === "renegotiating")
    return (
      `Version ${agreed} was agreed on ${day}, and is in force. Version ${round.version} is ` +
      `being settled.${waiting}`
    );
  if (state === "changed")
    return where.kept.has(agreed)
      ? `Version ${agreed} was agreed on ${day}, and is in force. The words in this file have changed since.`
      : `Version ${agreed} was agreed on ${day}. Open its kept text too, ${agreed}.md: without it ` +
          "nobody can say whether these words are the same.";
  return agreed ? `Agreed on ${day} (version ${agreed}).` : "Agreed.";
};
