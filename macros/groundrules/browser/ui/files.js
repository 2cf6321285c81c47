// Files that people are offered to save.

import { make } from "./elements.js";

export const MEDIA_TYPES = {
  md: "text/markdown",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  ics: "text/calendar",
  txt: "text/plain",
};

// The name of a file for something with that title, without its ending.
export const fileName = (title) =>
  (title.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) || [phrase("fileNamed")]).join("-").slice(0, 60);

export function offer(name, blob) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// The first of those kinds of file that can be handed to another app on this device, if any can.
export const shareKind = (kinds) =>
  navigator.canShare &&
  kinds.find((kind) => navigator.canShare({ files: [new File(["a"], `a.${kind}`, { type: MEDIA_TYPES[kind] })] }));
