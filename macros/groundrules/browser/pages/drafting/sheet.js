// The document beside the form: only a clause that changed is drawn again.

import { assemble } from "../../core/assemble.js";
import { html } from "../../core/html.js";
import { make } from "../../ui/elements.js";
import { START, parts, sheet, state, template } from "./page.js";

let drawn = [];
export const paint = () => {
  const pieces = html(assemble(state.draft.agreement, template)).split(/(?=<section [^>]*data-clause=)/);
  if (pieces.length !== drawn.length) {
    parts.document.replaceChildren(...pieces.map(() => make("div")));
    drawn = [];
  }
  pieces.forEach((piece, index) => {
    if (piece !== drawn[index]) parts.document.children[index].innerHTML = piece;
  });
  drawn = pieces;
  const { rounds, agreement } = state.draft;
  if (rounds) rounds.show(agreement, state.locked);
  else parts.signed.hidden = true;
  return markNow();
};
export const markNow = () => {
  const pieces = [...parts.document.querySelectorAll("[data-clause]")];
  pieces.forEach((one) => one.toggleAttribute("data-now", one.dataset.clause === state.step));
  return pieces.find((one) => one.dataset.clause === state.step);
};
export const follow = (now) => {
  if (getComputedStyle(sheet).overflowY !== "auto") return;
  if (state.step === START) sheet.scrollTop = 0;
  else
    sheet.scrollTop +=
      (now ? now.getBoundingClientRect().top : sheet.scrollHeight) - sheet.getBoundingClientRect().top - 24;
};
