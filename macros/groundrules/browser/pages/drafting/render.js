// Drawing the step in hand, and going to another.

import { blankKey } from "../../core/markup/nodes.js";
import { drafts } from "../../ui/drafts.js";
import { has, make } from "../../ui/elements.js";
import { showInAddress } from "./address.js";
import { steps } from "./agreement.js";
import { clauseStep } from "./clause_step.js";
import { button, clock, firstControl, heading, hint } from "./elements.js";
import { bringKept, hasOld, keep, showKept } from "./keeping.js";
import { show } from "./messages.js";
import { showOpen } from "./open_points.js";
import { FINISH, START, form, others, parts, root, state } from "./page.js";
import { rare } from "./rare.js";
import { follow, paint } from "./sheet.js";
import { startStep } from "./start_step.js";

// The rest of the last step comes with what few need.
const finishStep = () => {
  const box = make("div");
  rare("finish")(box);
  return [...heading(phrase("lastStep"), phrase("finish")), box];
};
export const render = () => {
  const all = steps();
  if (!all.includes(state.step)) state.step = START;
  showInAddress();
  const now = paint();
  const shown = state.step === START ? startStep() : state.step === FINISH ? finishStep() : clauseStep(state.step);
  form.replaceChildren(...shown.filter(Boolean));
  if (state.locked)
    form
      .querySelectorAll("input, select, textarea, button")
      .forEach((one) => (one.disabled = !/^(go|md|docx|ics|print|share)$/.test(one.dataset.do)));
  root.querySelector("[data-do=back]").disabled = state.step === START;
  root.querySelector("[data-do=next]").disabled = state.step === FINISH;
  showDrafts();
  showOpen();
  showKept();
  follow(now);
};
export const go = (to, blank) => {
  if (state.timer) keep();
  state.step = to;
  show();
  parts.steps.open = false;
  view(false);
  render();
  const box = blank && [...form.querySelectorAll("[data-field]")].find((one) => one.dataset.field === blankKey(blank));
  const target = (box && firstControl(box)) || form.querySelector("#gr-step");
  target.focus({ preventScroll: true });
  (box || parts.steps).scrollIntoView({ block: box ? "center" : "start" });
};
export const view = (sheetToo) => {
  root.toggleAttribute("data-view", sheetToo);
  root.querySelector("[data-do=view]").textContent = sheetToo
    ? phrase("backToQuestions")
    : phrase("see the document");
};
export const showDrafts = () => {
  const all = drafts();
  const odd = all.filter((one) => state.unreadable.has(one.id) || !has(others, one.template));
  const lines = all
    .filter((one) => !odd.includes(one))
    .map((record) => {
      const here = record.id === state.draft.id;
      return make(
        "li",
        null,
        button(record.title, "open", { "data-id": record.id, disabled: here }),
        hint(here ? phrase("openHere") : phrase("keptSince", { time: clock(record.time) })),
      );
    });
  parts.drafts.replaceChildren(...(all.length ? lines : [make("li", null, phrase("noneYet"))]));
  if (odd.length || hasOld())
    bringKept()
      .then(({ oddDrafts, oldDrafts }) => {
        parts.drafts.querySelectorAll(".gr-odd").forEach((one) => one.remove());
        parts.drafts.append(...oddDrafts(odd.map((one) => one.id), showDrafts), ...oldDrafts(showDrafts));
      })
      .catch(() => {});
};
