// The last step.

import { heading, shape } from "./elements.js";
import { state, template } from "./page.js";
import { bringExports, shareKind } from "./taking_away.js";

export const finishStep = () => {
  const box = shape("finish");
  const calendar = box.querySelector("[data-do=ics]").parentElement;
  calendar.hidden = true;
  bringExports()
    .then(() => (calendar.hidden = !/BEGIN:VEVENT/.test(window.GroundRules.ics(state.draft.agreement, template))))
    .catch(() => {});
  box.querySelector("[data-do=share]").parentElement.hidden = !shareKind();
  return [...heading("Last step", "Finish"), box];
};
