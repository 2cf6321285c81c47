// Opening a draft or a file, and starting anew.

import { read } from "../../core/load.js";
import { buttons, make } from "../../ui/elements.js";
import { textOf } from "../../ui/files.js";
import { focusStep } from "./changes.js";
import { button } from "./elements.js";
import { fresh, keep, mark, opened } from "./keeping.js";
import { hold, queue } from "./locks.js";
import { say, wrong } from "./messages.js";
import { START, others, parts, state, template } from "./page.js";
import { render, showDrafts } from "./render.js";
import { session, stored } from "./storage.js";

export const refresh = () => {
  const record = stored(state.draft.id);
  state.draft = (record && opened(record)) || state.draft;
  render();
};

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
  queue(next.id, () => {
    state.locked = false;
    refresh();
    say("The other tab was closed. You can write here now.");
  });
  say(
    "This draft is open in another tab. You can read it here. Close the other tab to write here.",
    buttons(button("Start a new draft", "new")),
  );
};

export const load = async (file) => {
  if (!file) return;
  const no = (words, ...more) => {
    wrong(`"${file.name}" ${words} Nothing was changed.`, ...more);
    parts.wrong.focus();
  };
  let words;
  try {
    words = await textOf(file, "Choose the file that ends in .md.");
  } catch (error) {
    return no(error.message);
  }
  const { agreement, problems } = read(words);
  const list = make(
    "ul",
    null,
    ...problems.slice(0, 8).map((one) => make("li", null, `Line ${one.line}: ${one.message}`)),
  );
  if (!agreement) return no("cannot be opened.", list);
  if (agreement.front.template !== template.id) {
    const [link, title] = others[agreement.front.template] || [];
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
  await use({ ...fresh(agreement), dirty: true });
  state.draft.saved = { time: file.lastModified, mark: mark() };
  keep();
  showDrafts();
  say(`"${agreement.front.title}" is open.`, problems.length ? list : "");
  return focusStep();
};
