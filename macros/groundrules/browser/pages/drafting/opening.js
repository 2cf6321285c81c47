// Opening a draft or a file, and starting anew.

import { buttons } from "../../ui/elements.js";
import { focusStep } from "./changes.js";
import { button } from "./elements.js";
import { atRisk, keep, opened } from "./keeping.js";
import { hold, queue } from "./locks.js";
import { say, wrong } from "./messages.js";
import { START, state } from "./page.js";
import { rare, tryAgain } from "./rare.js";
import { render, unread } from "./render.js";
import { session, stored } from "./storage.js";

export const refresh = async () => {
  const record = stored(state.draft.id);
  state.draft = (record && (await opened(record))) || state.draft;
  render();
};

// Whether another draft may take the place of this one.
export const mayLeave = () => !atRisk() || window.confirm("This draft is kept nowhere. Go on, and lose it?");

export const use = async (next, step = () => START) => {
  if (state.timer) keep();
  state.draft = next;
  state.past = [];
  state.future = [];
  state.aside = {};
  state.gone = {};
  state.step = step();
  session("open", next.revision && next.id);
  state.locked = !(await hold(next.id));
  render();
  if (!state.locked) return;
  queue(next.id, async () => {
    state.locked = false;
    await refresh();
    say("The other tab was closed. You can write here now.");
  });
  say(
    "This draft is open in another tab. You can read it here. Close the other tab to write here.",
    buttons(button("Start a new draft", "new")),
  );
};

// Says that a draft is there, and that what reads it is not.
export const unopened = (record) =>
  wrong(
    `"${record.title}" is kept in this browser, but the part of this page that opens it did not load.`,
    tryAgain(() => restore(stored(record.id) || record)),
  );

// Opens a draft that is kept in this browser.
export const restore = async (record) => {
  if (!mayLeave()) return;
  say(`Opening "${record.title}" …`);
  let next;
  try {
    next = await opened(record);
  } catch {
    return void unopened(record);
  }
  if (!next) return void unread(record);
  await use(next);
  if (!state.locked) say(`"${record.title}" is open.`);
  focusStep();
};

export const load = (file) => file && mayLeave() && rare("openFile")(file);
