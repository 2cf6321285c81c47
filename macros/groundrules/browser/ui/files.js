// Files that people are offered to save.

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

export function offer(name, blob) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
