// Opening a file that somebody chose or dropped.

import { drafts } from "../../ui/drafts.js";
import { has, make } from "../../ui/elements.js";
import { isMade, textOf } from "../../ui/chosen_files.js";
import { mayLeave } from "./another.js";
import { focusStep } from "./changes.js";
import { button } from "./elements.js";
import { bringReader, fresh, keep, mark, prepared } from "./keeping.js";
import { say, wrong } from "./messages.js";
import { use } from "./opening.js";
import { isHere, others, parts, state } from "./page.js";
import { tryAgain } from "./rare.js";
import { showDrafts } from "./render.js";

// Drafts of this browser, of which the file that cannot be opened may have been made.
const stillKept = () => {
  const kept = drafts().filter((one) => one.raw === undefined && has(others, one.template));
  const links = kept.slice(0, 5).map((one) => make("li", null, button(one.title, "open", { "data-id": one.id })));
  return links.length ? [make("p", null, "The draft may still be in this browser:"), make("ul", null, ...links)] : [];
};
export const openFile = async (file) => {
  if (!mayLeave()) return;
  say(`Opening "${file.name}" …`);
  const no = (words, ...more) => {
    wrong(`"${file.name}" ${words} Nothing was changed.`, ...more);
    parts.wrong.focus();
  };
  let words;
  let found;
  let next;
  try {
    words = await textOf(file);
  } catch (error) {
    return no(error.message, ...(isMade(file) ? stillKept() : []));
  }
  try {
    found = (await bringReader())(words);
    next = found.agreement && (await prepared(fresh(found.agreement)));
  } catch {
    return no(
      "cannot be opened yet: the part of this page that opens files did not load.",
      tryAgain(() => openFile(file)),
    );
  }
  const { agreement } = found;
  const problems = [...found.problems, ...found.remarks];
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
