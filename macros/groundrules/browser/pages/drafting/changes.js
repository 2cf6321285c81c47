// Changing the agreement, and undoing it.

import { isEmpty } from "../../core/answers.js";
import { find } from "../../core/fork.js";
import { blankKey } from "../../core/markup/nodes.js";
import { isText } from "../../core/strings.js";
import { setAnswer, setFront } from "../../core/workspace.js";
import { buttons, has } from "../../ui/elements.js";
import { blanksIn, front } from "./agreement.js";
import { button } from "./elements.js";
import { later } from "./keeping.js";
import { say } from "./messages.js";
import { form, redraw, state } from "./page.js";
import { paint } from "./sheet.js";

let typed = 0;
const snapshot = (what) => ({
  what,
  step: state.step,
  agreement: state.draft.agreement,
  pending: state.draft.pending,
  emptied: state.draft.emptied,
});

// Changes with the same key, made in one field within a breath, are undone together.
export const change = (next, what, key) => {
  const now = Date.now();
  const at = document.activeElement;
  const field = at.closest(".gr-day") || at;
  const { last } = state;
  if (!key || key !== last.key || field !== last.field || now - last.time > 1500)
    state.past = [...state.past.slice(-299), snapshot(what)];
  state.last = { key, field, time: now };
  state.future = [];
  const before = front().answers || {};
  const { rounds } = state.draft;
  if (rounds && next.agreement) next.agreement = rounds.settle(next.agreement);
  state.draft = { ...state.draft, ...next, dirty: true };
  for (const name of Object.keys(before))
    if (find(front().answers, name) === undefined) state.aside[blankKey(name)] = before[name];
  if (next.agreement) paint();
  later();
  typed += 1;
  if (typed % 200 === 0 && !state.nothing)
    say(
      phrase("onlyThisBrowser"),
      buttons(button(phrase("save as a file"), "md")),
    );
};
export const travel = (from, to, said) => {
  const back = from.pop();
  if (!back) return;
  to.push(snapshot(back.what));
  state.last = { key: "", time: 0 };
  const { what, step: there, ...then } = back;
  state.draft = { ...state.draft, ...then, dirty: true };
  state.step = there;
  redraw();
  later();
  say(said(what));
  if (document.activeElement === document.body) focusStep();
};

// What stands in the fields of a day that is none: it waits beside the document.
export const isPart = (value) => isText(value) && /\/.*\//.test(value);
export const answer = (name, value, waiting) => {
  const key = blankKey(name);
  const emptied = state.draft.emptied.filter((one) => one !== key);
  if (isEmpty(value) && !waiting) emptied.push(key);
  const agreement = setAnswer(state.draft.agreement, find(front().blanks, name) || name, value);
  change(
    { agreement, emptied, pending: pend(`answer ${key}`, waiting) },
    phrase("changeAnswer", { name }),
    `answer ${key}`,
  );
};
export const withAside = (agreement, id) =>
  blanksIn(agreement.sections.find((one) => one.id === id).text).reduce((whole, name) => {
    const waits = has(state.draft.pending, `answer ${blankKey(name)}`);
    const kept = !waits && has(state.aside, blankKey(name));
    const back = kept && find(whole.front.answers, name) === undefined;
    return back ? setAnswer(whole, name, state.aside[blankKey(name)]) : whole;
  }, agreement);
export const pend = (name, value) => {
  const { [name]: _, ...rest } = state.draft.pending;
  return value === undefined ? rest : { ...rest, [name]: value };
};
export const setFact = (name, value, pending = state.draft.pending) =>
  change(
    { agreement: setFront(state.draft.agreement, name, value), pending },
    { parties: phrase("changePartners"), start: phrase("changeStart"), end: phrase("changeEnd") }[name],
    `front ${name}`,
  );
export const focusStep = () => form.querySelector("#gr-step").focus();
