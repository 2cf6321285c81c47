// Files that people choose, and files that they are offered to save.

import { make } from "./elements.js";

export const TYPES = {
  md: "text/markdown",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  ics: "text/calendar",
  txt: "text/plain",
};

// The name of a file for something with that title, without its ending.
export const fileName = (title) =>
  (title.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) || ["agreement"]).join("-").slice(0, 60);

// The text of a chosen file. Throws an Error that says why it is not one, to follow the file's name.
export async function textOf(file, advice) {
  if (/\.(docx?|odt|pdf|ics)$/i.test(file.name)) throw new Error(`cannot be opened here. ${advice}`);
  if (file.size > 1e6) throw new Error("is too large for an agreement.");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new Error("is not a text file.");
  }
}

export function offer(name, blob) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
