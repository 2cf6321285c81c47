// The page at its start: what it listens to.
//
// People's words reach the page as text, or through html, which escapes them.

import { drawDrafts, openNamed } from "./draft_list.js";
import { parts } from "./page.js";
import { whole } from "./whole.js";

const openFiles = (files) => whole((keeping) => keeping.openFiles(files));

parts.file.addEventListener("change", async () => {
  await openFiles([...parts.file.files]);
  parts.file.value = "";
});
window.addEventListener("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
window.addEventListener("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  openFiles([...event.dataTransfer.files]);
});

parts.without.remove();
parts.app.hidden = false;
drawDrafts();
window.addEventListener("hashchange", openNamed);
openNamed();
