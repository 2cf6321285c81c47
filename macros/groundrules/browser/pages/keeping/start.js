// The page at work: what it listens to.
//
// People's words reach the page as text, or through html, which escapes them.

import { read } from "../../core/load.js";
import { proposals } from "../../core/update_compare.js";
import { main } from "./files.js";
import { settle } from "./filling.js";
import { openFiles } from "./opening.js";
import { parts, root, state } from "./page.js";
import { drawDrafts, openNamed, render } from "./render.js";

function begin() {
  root.addEventListener("redraw", render);
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
  window.addEventListener("pagehide", settle);
  document.addEventListener("visibilitychange", () => document.hidden && settle());
  window.addEventListener("beforeunload", (event) => {
    settle();
    if (state.files.some((one) => one.unsaved) && !(main() || {}).draft) event.preventDefault();
  });

  parts.without.remove();
  parts.app.hidden = false;
  drawDrafts();
  window.addEventListener("hashchange", openNamed);
  openNamed();
}

// Where a script before this one did not load, the page goes on saying what it needs.
if (read && proposals) begin();
