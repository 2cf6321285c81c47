// Opening files.

import { isMade, textOf } from "../../ui/chosen_files.js";
import { make } from "../../ui/elements.js";
import { bring } from "../../ui/scripts.js";
import { stillKept } from "../../ui/still_kept.js";
import { fileFrom, put, same } from "./files.js";
import { reasons, say, wrong } from "./messages.js";
import { foldHelp, showAgreement } from "./looking.js";
import { redraw, root, state } from "./page.js";

const leadTo = ({ id, title }) => make("a", { href: `#draft=${id}` }, title);
export const openFiles = async (chosen) => {
  const fine = [];
  const refused = [];
  for (const file of chosen) {
    try {
      const found = fileFrom(file.name, await textOf(file));
      if (found.file) fine.push(found.file);
      else refused.push(make("li", null, phrase("cannotBeOpened", { name: file.name }), reasons(found.problems)));
    } catch (error) {
      refused.push(make("li", null, error.message, isMade(file) && stillKept(leadTo)));
    }
  }
  await take(fine, refused);
};
export const take = async (fine, refused = []) => {
  const unsaved =
    state.files.some((one) => one.unsaved) &&
    fine.some((one) => state.files.some((other) => other.unsaved && same(one, other)));
  if (unsaved && !window.confirm(phrase("replaceUnsaved"))) return;
  fine.forEach(put);
  if (fine.some((one) => one.kind === "agreement")) state.handedOn = false;
  if (fine.length)
    await bring(root.dataset.library, () => window.groundRulesLibrary).then(
      () => (state.library = window.groundRulesLibrary),
      () => {},
    );
  if (fine.length) redraw();
  if (refused.length)
    return void wrong(phrase("leftAside"), make("ul", null, refused));
  if (!fine.length) return;
  const [{ agreement }] = fine;
  say(fine.length === 1
    ? phrase("isOpen", { name: agreement.front.title })
    : phrase("filesAreOpen", { count: fine.length }));
  foldHelp();
  showAgreement();
};
