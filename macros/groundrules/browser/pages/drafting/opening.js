// The draft in hand takes its place on the page.

import { keep, opened } from "./keeping.js";
import { hold } from "./locks.js";
import { wrong } from "./messages.js";
import { START, state } from "./page.js";
import { rare, tryAgain } from "./rare.js";
import { render } from "./render.js";
import { session, stored } from "./storage.js";

export const refresh = async () => {
  const record = stored(state.draft.id);
  state.draft = (record && (await opened(record))) || state.draft;
  render();
};

export const use = async (next, step = () => START) => {
  if (state.timer) keep();
  state.draft = next;
  state.past = [];
  state.future = [];
  state.aside = {};
  state.gone = {};
  state.rows = {};
  state.step = step();
  session("open", next.revision && next.id);
  state.locked = !(await hold(next.id));
  render();
  if (state.locked) rare("wait")(next.id);
};

// Says that a draft is there, and that what reads it is not.
export const unopened = (record) =>
  wrong(
    phrase("openerNotLoaded", { title: record.title }),
    tryAgain(() => rare("restore")(stored(record.id) || record)),
  );
