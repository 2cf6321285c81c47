// What people do, by the ``data-do`` of what they press.

import { addClause, bringBack, chooseWording, leaveOut, move, setText } from "../../core/workspace.js";
import { KEPT, TAKEN, namesFrom } from "../../ui/site_place.js";
import { adding } from "./adding.js";
import { clauseOf, placeOf, sectionOf, sections, steps } from "./agreement.js";
import { change, focusStep, pend, travel, withAside } from "./changes.js";
import { fresh } from "./keeping.js";
import { say, show, undoable } from "./messages.js";
import { mayLeave, restore, use } from "./opening.js";
import { form, isHere, others, parts, root, sheet, state } from "./page.js";
import { go, render, showDrafts, view } from "./render.js";
import { markNow } from "./sheet.js";
import { session, stored } from "./storage.js";
import { download, share } from "./taking_away.js";

const clear = async () => {
  if (!window.confirm("Clear all drafts and ticks that this site keeps in this browser? Your files stay.")) return;
  clearTimeout(state.timer);
  state.timer = 0;
  namesFrom(KEPT).forEach((one) => one !== TAKEN && localStorage.removeItem(one));
  if (window.caches) await caches.delete(KEPT);
  await use(fresh());
  say("Everything is cleared.");
};

const shift = (by) => {
  change({ agreement: move(state.draft.agreement, state.step, by) }, "the move");
  state.editing = state.step;
  render();
  const [same, other] = (by < 0 ? ["up", "down"] : ["down", "up"]).map((one) => form.querySelector(`[data-do=${one}]`));
  (same.disabled ? other : same).focus();
  say(`Now clause ${placeOf(state.step) + 1} of ${sections().length}.`);
};
const add = (clause) => {
  const ids = sections().map((one) => one.id);
  const next = addClause(state.draft.agreement, clause, ids.includes(state.step) ? state.step : ids[ids.length - 1]);
  const { id } = next.sections.find((one) => !ids.includes(one.id));
  change({ agreement: withAside(next, id) }, "the new clause");
  state.editing = clause.id ? "" : id;
  go(id);
  if (clause.id) return;
  const title = form.querySelector("details [data-field] input");
  title.focus();
  title.select();
};
export const actions = {
  share,
  clear,
  hush: () => {
    show();
    focusStep();
  },
  undo: () => travel(state.past, state.future, "Undone"),
  redo: () => travel(state.future, state.past, "Done again"),
  back: () => go(steps()[steps().indexOf(state.step) - 1]),
  next: () => go(steps()[steps().indexOf(state.step) + 1]),
  go: (at) => go(at.dataset.step, at.dataset.blank),
  view: () => {
    show();
    view(!root.hasAttribute("data-view"));
    (root.hasAttribute("data-view") ? markNow() || sheet : parts.steps).scrollIntoView();
  },
  md: () => download("md"),
  docx: () => download("docx"),
  ics: () => download("ics"),
  print: () => window.print(),
  new: async () => {
    if (!mayLeave()) return;
    await use(fresh());
    say("This is a new draft.");
    focusStep();
  },
  open: (at) => {
    const record = stored(at.dataset.id);
    if (!record) return void showDrafts();
    if (!isHere(record.template)) {
      session("open", record.id);
      location.href = others[record.template][0];
      return;
    }
    restore(record);
  },
  add: (at) => at.closest("[data-field]").add(),
  remove: (at) => at.closest("[data-field]").drop(at.closest(".gr-row")),
  up: () => shift(-1),
  down: () => shift(1),
  leave: () => {
    const all = steps();
    const section = sectionOf(state.step);
    state.gone[state.step] = section;
    change(
      { pending: pend(`text ${state.step}`), agreement: leaveOut(state.draft.agreement, state.step) },
      `leaving out "${section.title}"`,
    );
    go(steps().includes(state.step) ? state.step : all[all.indexOf(state.step) + 1]);
    undoable(`"${section.title}" is no longer in the document.`);
  },
  bring: () => {
    const clause = clauseOf(state.step);
    let next = bringBack(state.draft.agreement, clause);
    const { wording, text: words } = state.gone[state.step] || {};
    if (clause.wordings.some((one) => one.id === wording)) next = chooseWording(next, clause, wording);
    if (words) next = setText(next, state.step, words);
    change({ agreement: withAside(next, state.step) }, `bringing back "${clause.title}"`);
    go(state.step);
  },
  more: (at) => {
    const box = adding();
    form.querySelectorAll(".gr-adding").forEach((one) => one.remove());
    at.closest(".gr-buttons").after(box);
    box.querySelector("button").focus();
  },
  unadd: (at) => {
    at.closest(".gr-adding").remove();
    form.querySelector("[data-do=more]").focus();
  },
  own: () => add({ title: "A clause of our own", text: "We agree that …" }),
  take: (at) => add(clauseOf(at.dataset.step)),
};
