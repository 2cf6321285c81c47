// What is still open, in the list of steps.

import { openPoints } from "../../core/agreements.js";
import { find } from "../../core/fork.js";
import { today } from "../../ui/days.js";
import { make } from "../../ui/elements.js";
import { nameOf, placeOf, sections, steps } from "./agreement.js";
import { ENDS, FINISH, START, form, parts, state, template } from "./page.js";

// The step that asks what is open.
export const stepOf = ({ clause, blank }) => {
  const asks = clause === START && template.clauses.find((one) => find(one.blanks, blank) !== undefined);
  const at = asks ? asks.id : clause;
  return ENDS.includes(blank) || !steps().includes(at) ? START : at;
};
export const showOpen = () => {
  const all = steps();
  const open = openPoints(state.draft.agreement, template, today());
  const counts = {};
  open.forEach((one) => (counts[stepOf(one)] = (counts[stepOf(one)] || 0) + 1));
  const stateOf = (id) => {
    if (id === FINISH) return ["", ""];
    if (id !== START && placeOf(id) < 0) return ["out", phrase("stepLeftOut")];
    return counts[id] ? ["open", phrase("openCount", { count: counts[id] })] : ["done", phrase("stepDone")];
  };
  if (parts.list.childElementCount !== all.length)
    parts.list.replaceChildren(
      ...all.map(() =>
        make(
          "li",
          null,
          make("button", { type: "button", "data-do": "go" }, make("span"), make("span", { class: "gr-count" })),
        ),
      ),
    );
  all.forEach((id, index) => {
    const link = parts.list.children[index].firstChild;
    link.dataset.step = id;
    link.children[0].textContent = nameOf(id);
    [link.children[1].dataset.state, link.children[1].textContent] = stateOf(id);
    if (id === state.step) link.setAttribute("aria-current", "step");
    else link.removeAttribute("aria-current");
  });
  const clauses = phrase("clauseCount", { count: sections().length });
  const questions = open.length ? phrase("questionCount", { count: open.length }) : phrase("noQuestions");
  parts.count.textContent = `${clauses}, ${questions}`;
  const here = form.querySelector("[data-part=here]");
  here.textContent = counts[state.step] ? phrase("stillOpenHere", { count: counts[state.step] }) : "";
};
