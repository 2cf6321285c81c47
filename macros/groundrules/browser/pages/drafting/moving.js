// Moving a clause, leaving it out, and bringing it back.

import { bringBack, chooseWording, leaveOut, move, setText } from "../../core/workspace.js";
import { clauseOf, placeOf, sectionOf, sections, steps } from "./agreement.js";
import { change, pend, withAside } from "./changes.js";
import { say, undoable } from "./messages.js";
import { form, state } from "./page.js";
import { go, render } from "./render.js";

const shift = (by) => {
  change({ agreement: move(state.draft.agreement, state.step, by) }, phrase("changeMove"));
  state.editing = state.step;
  render();
  const [same, other] = (by < 0 ? ["up", "down"] : ["down", "up"]).map((one) => form.querySelector(`[data-do=${one}]`));
  (same.disabled ? other : same).focus();
  say(phrase("nowClause", { number: placeOf(state.step) + 1, count: sections().length }));
};
export const moveUp = () => shift(-1);
export const moveDown = () => shift(1);
export const leaveStep = () => {
  const all = steps();
  const section = sectionOf(state.step);
  state.gone[state.step] = section;
  change(
    { pending: pend(`text ${state.step}`), agreement: leaveOut(state.draft.agreement, state.step) },
    phrase("changeLeaveOut", { title: section.title }),
  );
  go(steps().includes(state.step) ? state.step : all[all.indexOf(state.step) + 1]);
  undoable(phrase("leftOutNow", { title: section.title }));
};
export const bringStep = () => {
  const clause = clauseOf(state.step);
  let next = bringBack(state.draft.agreement, clause);
  const { wording, text: words } = state.gone[state.step] || {};
  if (clause.wordings.some((one) => one.id === wording)) next = chooseWording(next, clause, wording);
  if (words) next = setText(next, state.step, words);
  change({ agreement: withAside(next, state.step) }, phrase("changeBringBack", { title: clause.title }));
  go(state.step);
};
