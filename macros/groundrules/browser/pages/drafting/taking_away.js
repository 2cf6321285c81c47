// Saving the draft as a file.

import { MEDIA_TYPES, fileName, offer } from "../../ui/files.js";
import { front } from "./agreement.js";
import { keep, mark, text } from "./keeping.js";
import { say, wrong } from "./messages.js";
import { state } from "./page.js";

export const fileOf = (kind, content) =>
  new File([content], `${fileName(front().title)}.${kind}`, { type: MEDIA_TYPES[kind] });
// Whether the file is to wait for the reason of a change to words that people signed.
export const waits = () => {
  const { rounds, agreement } = state.draft;
  const why = rounds && rounds.refused(agreement);
  if (why) wrong(why);
  return why;
};
export const someWait = () => Object.keys(state.draft.pending).some((one) => one !== "parties");
export const handOver = (file) => {
  offer(file.name, file);
  say(`${phrase("downloaded", { name: file.name })}${someWait() ? ` ${phrase("withoutUnread")}` : ""}`);
};
export const download = () => {
  if (waits()) return;
  handOver(fileOf("md", text()));
  state.draft = { ...state.draft, saved: { time: Date.now(), mark: mark() }, dirty: true };
  keep();
};
