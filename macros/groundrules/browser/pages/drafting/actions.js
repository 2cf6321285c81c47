// What people do, by the ``data-do`` of what they press.

import { steps } from "./agreement.js";
import { focusStep, travel } from "./changes.js";
import { show } from "./messages.js";
import { parts, root, sheet, state } from "./page.js";
import { rare } from "./rare.js";
import { go, view } from "./render.js";
import { markNow } from "./sheet.js";
import { download } from "./taking_away.js";

export const actions = {
  hush: () => {
    show();
    focusStep();
  },
  undo: () => travel(state.past, state.future, (what) => phrase("undone", { what })),
  redo: () => travel(state.future, state.past, (what) => phrase("redone", { what })),
  back: () => go(steps()[steps().indexOf(state.step) - 1]),
  next: () => go(steps()[steps().indexOf(state.step) + 1]),
  go: (at) => go(at.dataset.step, at.dataset.blank),
  view: () => {
    show();
    view(!root.hasAttribute("data-view"));
    (root.hasAttribute("data-view") ? markNow() || sheet : parts.steps).scrollIntoView();
  },
  md: download,
  print: () => window.print(),
  add: (at) => at.closest("[data-field]").add(),
  remove: (at) => at.closest("[data-field]").drop(at.closest(".gr-row")),
  ...Object.fromEntries(
    "bring clear docx down ics leave more new open own share sign take unadd up"
      .split(" ")
      .map((one) => [one, rare(one)]),
  ),
};
