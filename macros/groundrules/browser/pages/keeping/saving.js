// New texts for the files that are open, and saving them.

import { rewritten } from "../../core/edit.js";
import { MEDIA_TYPES, fileName, offer } from "../../ui/files.js";
import { bring } from "../../ui/scripts.js";
import { fileFrom, main, same } from "./files.js";
import { say, wrong } from "./messages.js";
import { agreementName } from "./names.js";
import { showAgreement } from "./looking.js";
import { languages, redraw, root, state } from "./page.js";
import { whereItStands } from "./standing.js";

export const save = (name, content) => {
  offer(name, new Blob([content], { type: MEDIA_TYPES[name.split(".").pop()] }));
  say(phrase("downloaded", { name }));
};
export const saveFile = (file) => {
  save(file.name, file.text);
  file.unsaved = false;
  redraw();
  showAgreement(".gr-unsaved button");
};
export const nameOf = (document) => fileName(document.title);
export const saveWord = async (document, name) => {
  try {
    await bring(root.dataset.exports, () => window.GroundRules.docx);
    save(`${name}.docx`, await window.GroundRules.docx(document, languages[document.language]));
  } catch {
    wrong(phrase("wordNotMade"));
  }
};

// A new text for a file that is open, or a new file; it is to be saved.
export const change = (kind, name, text) => {
  const { file } = fileFrom(name, text);
  const at = state.files.findIndex((one) => same(one, file));
  const { draft } = state.files[at] || {};
  const next = { ...file, kind, name, draft, unsaved: true };
  if (at < 0) state.files.push(next);
  else state.files[at] = next;
};
export const changeMain = (agreement, after = (text) => text) => {
  const file = main();
  change("agreement", file.name, after(rewritten(file.text, file.agreement, agreement)));
  main().name = agreementName(whereItStands());
};
export const done = (words) => {
  redraw();
  say(words);
  showAgreement(".gr-next button");
};
