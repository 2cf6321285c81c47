// Adding a clause, of the library or of one's own.

import { addClause } from "../../core/workspace.js";
import { make } from "../../ui/elements.js";
import { bring } from "../../ui/scripts.js";
import { clauseOf, placeOf, sections } from "./agreement.js";
import { change, withAside } from "./changes.js";
import { button, shape } from "./elements.js";
import { form, root, state } from "./page.js";
import { go } from "./render.js";

export const adding = () => {
  const box = shape("adding");
  const search = box.querySelector("input");
  const fill = () => {
    const found = window.groundRulesLibrary.clauses.filter(
      (one) => placeOf(one.id) < 0 && one.title.toLowerCase().includes(search.value.trim().toLowerCase()),
    );
    box
      .querySelector("ul")
      .replaceChildren(...found.map((one) => make("li", null, button(one.title, "take", { "data-step": one.id }))));
  };
  search.oninput = () => window.groundRulesLibrary && fill();
  bring(root.dataset.library, () => window.groundRulesLibrary).then(fill, () => (box.lastElementChild.hidden = false));
  return box;
};
const add = (clause) => {
  const ids = sections().map((one) => one.id);
  const next = addClause(state.draft.agreement, clause, ids.includes(state.step) ? state.step : ids[ids.length - 1]);
  const { id } = next.sections.find((one) => !ids.includes(one.id));
  change({ agreement: withAside(next, id) }, phrase("changeNewClause"));
  state.editing = clause.id ? "" : id;
  go(id);
  if (clause.id) return;
  const title = form.querySelector("details [data-field] textarea");
  title.focus();
  title.select();
};
export const showAdding = (at) => {
  const box = adding();
  form.querySelectorAll(".gr-adding").forEach((one) => one.remove());
  at.closest(".gr-buttons").after(box);
  box.querySelector("button").focus();
};
export const closeAdding = (at) => {
  at.closest(".gr-adding").remove();
  form.querySelector("[data-do=more]").focus();
};
export const addOwn = () => add({ title: phrase("ownClauseTitle"), text: phrase("ownClauseText") });
export const addTaken = (at) => add(clauseOf(at.dataset.step));
