// Files to take away.

import { withFront } from "../../core/model.js";
import { TYPES, fileName, offer } from "../../ui/files.js";
import { bring } from "../../ui/scripts.js";
import { front } from "./agreement.js";
import { keep, mark, text } from "./keeping.js";
import { say, wrong } from "./messages.js";
import { root, state, template } from "./page.js";

export const bringExports = async () => {
  await bring(root.dataset.fingerprint, () => window.GroundRules.fingerprint);
  await bring(root.dataset.exports, () => window.GroundRules.docx);
};
const fileOf = async (kind) => {
  const { agreement } = state.draft;
  if (kind !== "md" && kind !== "txt") await bringExports();
  const { docx, ics, signedDraft } = window.GroundRules;
  const word = () => docx(signedDraft(agreement, template), template);
  const content = kind === "docx" ? await word() : kind === "ics" ? ics(agreement, template) : text();
  return new File([content], `${fileName(front().title)}.${kind}`, { type: TYPES[kind] });
};
// Whether the file is to wait for the reason of a change to words that people signed.
const waitsFor = (kind) => {
  const { rounds, agreement } = state.draft;
  const why = rounds && kind !== "docx" && kind !== "ics" && rounds.refused(agreement);
  if (why) wrong(why);
  return why;
};
export const download = async (kind) => {
  if (waitsFor(kind)) return;
  if (kind === "ics" && !front().id) {
    // A draft that was begun before there were ids: its calendar must replace itself, and no other.
    state.draft = { ...state.draft, agreement: withFront(state.draft.agreement, { id: state.draft.id }), dirty: true };
    keep();
  }
  let file;
  try {
    file = await fileOf(kind);
  } catch {
    return wrong("The file could not be made. Your draft is still here.");
  }
  offer(file.name, file);
  if (kind === "md") {
    state.draft = { ...state.draft, saved: { time: Date.now(), mark: mark() }, dirty: true };
    keep();
  }
  const waits = Object.keys(state.draft.pending).some((one) => one !== "parties");
  return say(`"${file.name}" is with your downloads.${waits ? " What could not be read is not in it." : ""}`);
};
export const shareKind = () =>
  navigator.canShare &&
  ["docx", "md", "txt"].find((kind) =>
    navigator.canShare({ files: [new File(["a"], `a.${kind}`, { type: TYPES[kind] })] }),
  );
export const share = async () => {
  if (waitsFor(shareKind())) return;
  try {
    await navigator.share({ files: [await fileOf(shareKind())], title: front().title });
  } catch (error) {
    if (error.name !== "AbortError") wrong("It could not be shared. Save it.");
  }
};
