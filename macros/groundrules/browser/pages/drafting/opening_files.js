// Opening a file that somebody chose or dropped.

import { isMade, textOf } from "../../ui/chosen_files.js";
import { has, make } from "../../ui/elements.js";
import { stillKept } from "../../ui/still_kept.js";
import { mayLeave } from "./another.js";
import { focusStep } from "./changes.js";
import { button } from "./elements.js";
import { bringReader, fresh, keep, mark, prepared } from "./keeping.js";
import { say, wrong } from "./messages.js";
import { use } from "./opening.js";
import { isHere, others, parts, state } from "./page.js";
import { tryAgain } from "./rare.js";
import { showDrafts } from "./render.js";

const leadTo = ({ id, title }) => button(title, "open", { "data-id": id });
const isOffered = ({ template }) => has(others, template);
export const openFile = async (file) => {
  if (!mayLeave()) return;
  say(phrase("openingFile", { name: file.name }));
  const no = (words, ...more) => {
    wrong(`${words} ${phrase("nothingChanged")}`, ...more);
    parts.wrong.focus();
  };
  let words;
  let found;
  let next;
  try {
    words = await textOf(file);
  } catch (error) {
    return no(error.message, ...(isMade(file) ? stillKept(leadTo, isOffered) : []));
  }
  try {
    found = (await bringReader())(words);
    next = found.agreement && (await prepared(fresh(found.agreement)));
  } catch {
    return no(
      phrase("filesNotLoaded", { name: file.name }),
      tryAgain(() => openFile(file)),
    );
  }
  const { agreement } = found;
  const problems = [...found.problems, ...found.remarks];
  const list = make(
    "ul",
    null,
    ...problems.slice(0, 8).map((one) => make("li", null, phrase("atLine", { line: one.line, message: one.message }))),
  );
  if (!agreement) return no(phrase("cannotBeOpened", { name: file.name }), list);
  if (!isHere(agreement.front.template)) {
    const [link, title] = has(others, agreement.front.template) ? others[agreement.front.template] : [];
    return no(
      phrase("otherTemplate", { name: file.name }),
      make(
        "p",
        null,
        link
          ? make("a", { href: link }, phrase("openOnPage", { title }))
          : phrase("templateNotHere"),
      ),
    );
  }
  await use({ ...next, dirty: true });
  state.draft.saved = { time: file.lastModified, mark: mark() };
  keep();
  showDrafts();
  say(phrase("isOpen", { name: agreement.front.title }), problems.length ? list : "");
  return focusStep();
};
