// Opening a draft or a file, and starting anew.

import { buttons, has, make } from "../../ui/elements.js";
import { textOf } from "../../ui/files.js";
import { focusStep } from "./changes.js";
import { button } from "./elements.js";
import { atRisk, bringReader, fresh, keep, mark, opened, prepared } from "./keeping.js";
import { hold, queue } from "./locks.js";
import { say, wrong } from "./messages.js";
import { START, isHere, others, parts, state } from "./page.js";
import { render, showDrafts, unread } from "./render.js";
import { session, stored } from "./storage.js";

export const refresh = async () => {
  const record = stored(state.draft.id);
  state.draft = (record && (await opened(record))) || state.draft;
  render();
};

// Whether another draft may take the place of this one.
export const mayLeave = () => !atRisk() || window.confirm("This draft is kept nowhere. Go on, and lose it?");

export const use = async (next) => {
  if (state.timer) keep();
  state.draft = next;
  state.past = [];
  state.future = [];
  state.aside = {};
  state.gone = {};
  state.step = START;
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

const tryAgain = (again) => buttons(button("Try again", "again", { onclick: again }));

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

export const load = async (file) => {
  if (!file || !mayLeave()) return;
  say(`Opening "${file.name}" …`);
  const no = (words, ...more) => {
    wrong(`"${file.name}" ${words} Nothing was changed.`, ...more);
    parts.wrong.focus();
  };
  let words;
  let found;
  let next;
  try {
    words = await textOf(file, "Choose the file that ends in .md.");
  } catch (error) {
    return no(error.message);
  }
  try {
    found = (await bringReader())(words);
    next = found.agreement && (await prepared(fresh(found.agreement)));
  } catch {
    return no(
      "cannot be opened yet: the part of this page that opens files did not load.",
      tryAgain(() => load(file)),
    );
  }
  const { agreement, problems } = found;
  const list = make(
    "ul",
    null,
    ...problems.slice(0, 8).map((one) => make("li", null, `Line ${one.line}: ${one.message}`)),
  );
  if (!agreement) return no("cannot be opened.", list);
  if (!isHere(agreement.front.template)) {
    const [link, title] = has(others, agreement.front.template) ? others[agreement.front.template] : [];
    return no(
      "was made from another template.",
      make(
        "p",
        null,
        link
          ? make("a", { href: link }, `Open it on the page of "${title}"`)
          : "This site does not have that template.",
      ),
    );
  }
  await use({ ...next, dirty: true });
  state.draft.saved = { time: file.lastModified, mark: mark() };
  keep();
  showDrafts();
  say(`"${agreement.front.title}" is open.`, problems.length ? list : "");
  return focusStep();
};
