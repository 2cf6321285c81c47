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
  const box = details(phrase("whyItMatters"));
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
    box.querySelector(".gr-needed").textContent = clause.needed || phrase("mayLeaveOut");
    return [...heading(phrase("leftOutStep"), clause.title), box, talk(clause)];
  }
  const at = placeOf(id);
  const edit = shape("edit");
  const on = (action) => edit.querySelector(`[data-do=${action}]`);
  on("up").disabled = !at;
  on("down").disabled = at === sections().length - 1;
  if (!template.clauses.includes(clause)) on("leave").textContent = phrase("removeClause");
  const retitle = (title) => setTitle(state.draft.agreement, id, title);
  edit.querySelector("[data-slot]").append(
    checked(
      `title ${id}`,
      phrase("headingField"),
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
      phrase("changeChoice"),
    );
    redraw();
    form.querySelector(`[value="${wording}"]`).focus();
    if (own) undoable(phrase("ownWordsReplaced"));
  };
  return [
    ...heading(phrase("clausePlace", { number: at + 1, count: sections().length }), section.title),
    clause && clause.optional && hint(phrase("you may leave this clause out")),
    answersOf(section.text),
    !blanksIn(section.text).length &&
      make("p", null, phrase("nothingToFillIn")),
    clause &&
      clause.wordings.length > 1 &&
      radios(
        "wording",
        phrase("whichWording"),
        clause.wordings.map((one) => [one.id, one.title, brief(one.text)]),
        section.wording,
        choose,
      ),
    talk(clause),
    edit,
  ];
};
