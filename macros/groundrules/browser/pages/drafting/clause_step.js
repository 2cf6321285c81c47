// The step of one clause.

import { chooseWording, setTitle } from "../../core/workspace.js";
import { has, make } from "../../ui/elements.js";
import { blanksIn, clauseOf, placeOf, sectionOf, sections, titleOf } from "./agreement.js";
import { change, pend, withAside } from "./changes.js";
import { details, heading, hint, shape } from "./elements.js";
import { answersOf, radios } from "./field_kinds.js";
import { rare } from "./rare.js";
import { undoable } from "./messages.js";
import { form, redraw, state, template } from "./page.js";
import { badTitle, checked, wordingField } from "./wording.js";

let talking = window.matchMedia("(min-width: 60em)").matches;
const talk = (clause) => {
  if (!clause) return null;
  const box = details("Why it matters, and what to ask each other");
  const fill = () => talking && rare("talk")([box, clause]);
  fill();
  const ontoggle = () => fill((talking = box.open));
  return Object.assign(box, { lang: template.language, open: talking, ontoggle });
};
const brief = (words) => {
  const line = words
    .replace(/\[\[[^\]]+\]\]/g, "…")
    .replace(/[*\\]/g, "")
    .split(/\s+/)
    .join(" ");
  return line.length > 140 ? `${line.slice(0, 140).replace(/\s\S*$/, "")} …` : line;
};
export const clauseStep = (id) => {
  const clause = clauseOf(id);
  const section = sectionOf(id);
  if (!section) {
    const box = shape("left");
    box.querySelector(".gr-needed").textContent = clause.needed || "You may leave it out.";
    return [...heading("Left out", clause.title), box, talk(clause)];
  }
  const at = placeOf(id);
  const edit = shape("edit");
  const on = (action) => edit.querySelector(`[data-do=${action}]`);
  on("up").disabled = !at;
  on("down").disabled = at === sections().length - 1;
  if (!template.clauses.includes(clause)) on("leave").textContent = "Remove this clause";
  const retitle = (title) => setTitle(state.draft.agreement, id, title);
  edit.querySelector("[data-slot]").append(
    checked(
      `title ${id}`,
      "Heading",
      section.title,
      badTitle,
      retitle,
      0,
      () => (form.querySelector("#gr-step").textContent = titleOf(id)),
    ),
    wordingField(id, section.text),
  );
  const waits = ["text", "title"].some((part) => has(state.draft.pending, `${part} ${id}`));
  // Whoever opens what was signed comes to change it.
  edit.open = state.draft.rounds || waits || state.editing === id;
  edit.ontoggle = () => (state.editing = edit.open ? id : "");
  const choose = (wording) => {
    const own = !clause.wordings.some((one) => one.text === sectionOf(id).text);
    change(
      { pending: pend(`text ${id}`), agreement: withAside(chooseWording(state.draft.agreement, clause, wording), id) },
      "the choice of wording",
    );
    redraw();
    form.querySelector(`[value="${wording}"]`).focus();
    if (own) undoable("Your own words were replaced.");
  };
  return [
    ...heading(`Clause ${at + 1} of ${sections().length}`, section.title),
    clause && clause.optional && hint("You may leave this clause out."),
    answersOf(section.text),
    !blanksIn(section.text).length &&
      make("p", null, "Nothing to fill in here. Read it, and change what does not fit."),
    clause &&
      clause.wordings.length > 1 &&
      radios(
        "wording",
        "Which wording?",
        clause.wordings.map((one) => [one.id, one.title, brief(one.text)]),
        section.wording,
        choose,
      ),
    talk(clause),
    edit,
  ];
};
