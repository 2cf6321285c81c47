// Going to another draft that this browser keeps, or to a new one.

import { focusStep } from "./changes.js";
import { atRisk, fresh, opened } from "./keeping.js";
import { say, wrong } from "./messages.js";
import { unopened, use } from "./opening.js";
import { isHere, others, parts, state } from "./page.js";
import { showDrafts } from "./render.js";
import { session, stored } from "./storage.js";

// Whether another draft may take the place of this one.
export const mayLeave = () => !atRisk() || window.confirm(phrase("loseDraft"));

// A draft that is kept here, and that this site does not understand.
export const unread = ({ id, title }) => {
  state.unreadable.add(id);
  showDrafts();
  parts.menu.open = true;
  wrong(phrase("draftUnreadable", { title }));
};
export const restore = async (record) => {
  if (!mayLeave()) return;
  say(phrase("openingFile", { name: record.title }));
  let next;
  try {
    next = await opened(record);
  } catch {
    return void unopened(record);
  }
  if (!next) return void unread(record);
  await use(next);
  if (!state.locked) say(phrase("isOpen", { name: record.title }));
  focusStep();
};
export const openKept = (at) => {
  const record = stored(at.dataset.id);
  if (!record) return void showDrafts();
  if (!isHere(record.template)) {
    session("open", record.id);
    location.href = others[record.template][0];
    return;
  }
  restore(record);
};
export const startNew = async () => {
  if (!mayLeave()) return;
  await use(fresh());
  say(phrase("newDraft"));
  focusStep();
};
