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
    (name) => `${phrase("notAnswered", { name })} ${(definition(name) || { ask: phrase("fillInFirst") }).ask}`,
  );
  const misfits = entriesOf(answers)
    .filter(([name, given]) => definition(name) && misfit(definition(name), given))
    .map(([name, given]) => phrase("aboutAnswer", { name, message: misfit(definition(name), given) }));
  const open = where.open.map(blankKey);
  return [
    ...main().wrongs,
    ...holes,
    ...misfits,
    ...openHere(where).filter((one) => !open.includes(one.blank) || !one.blank).map((one) => one.message),
  ];
};

export const MATCHES = {
  matches: phrase("has signed these words"),
  changed: phrase("has signed earlier words"),
  "cannot check": phrase("it cannot be checked"),
};
export const stateWords = (where) => {
  const { state, agreed, missing, round } = where;
  const names = listed(missing.map((one) => one.name));
  const waiting = missing.length ? phrase("haveNotSigned", { count: missing.length, names }) : phrase("allSigned");
  const day = agreed && dayWords(where.rounds.find((one) => one.version === agreed && one.agreed).agreed);
  if (state === "ended") return phrase("stateEnded");
  if (state === "draft") return phrase("stateDraft");
  if (state === "being signed") return `${phrase("stateSigning", { version: round.version })} ${waiting}`;
  if (state === "renegotiating")
    return `${phrase("stateSettling", { version: agreed, day, next: round.version })} ${waiting}`;
  if (state === "changed")
    return where.kept.has(agreed)
      ? phrase("stateChanged", { version: agreed, day })
      : phrase("stateNotKept", { version: agreed, day });
  return agreed ? phrase("stateAgreed", { version: agreed, day }) : phrase("stateAgreedOnly");
};
