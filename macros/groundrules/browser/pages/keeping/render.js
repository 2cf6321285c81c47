// Drawing the page anew.

import { compare } from "../../core/diff.js";
import { fingerprint } from "../../core/fingerprint.js";
import { read } from "../../core/load.js";
import { draftRecord } from "../../core/records.js";
import { sign } from "../../core/signing.js";
import { proposals } from "../../core/update_compare.js";
import { make } from "../../ui/elements.js";
import { drawDrafts, unreadable } from "./draft_list.js";
import { button } from "./elements.js";
import { KINDS, main } from "./files.js";
import { settle } from "./filling.js";
import { reasons, say, wrong } from "./messages.js";
import { openFiles, take } from "./opening.js";
import { agreementParts, otherParts } from "./overview.js";
import { filesOf } from "./own_drafts.js";
import { dayWords, parts, root, state } from "./page.js";
import { whereItStands } from "./standing.js";

const drawFiles = () =>
  parts.files.replaceChildren(
    ...state.files.map((one) =>
      make(
        "li",
        null,
        make(
          "span",
          null,
          make("strong", null, KINDS[one.kind]),
          " ",
          make("bdi", null, one.agreement.front.title),
          one.kind === "version" && `, ${phrase("versionName", { version: one.agreement.front.version })}`,
          one.kind === "record" && `, ${dayWords(one.agreement.front.date)}`,
          make("span", { class: "gr-example" }, one.name, one.unsaved && ` ${phrase("notSaved")}`),
        ),
        button(phrase("putAway"), () => putAway(one), { "aria-label": `${phrase("putAway")}: ${one.name}` }),
      ),
    ),
  );
const putAway = (file) => {
  if (file.unsaved && !window.confirm(phrase("putAwayUnsaved", { name: file.name }))) return;
  state.files = state.files.filter((one) => one !== file);
  render();
  say(phrase("isPutAway", { name: file.name }));
  parts.file.focus();
};

// Opens a draft that this browser keeps.
const openDraft = (one) => {
  const { files, problems } = filesOf(one);
  if (files) return void take(files);
  unreadable.add(one.id);
  drawDrafts();
  const words = phrase("draftStays", { title: one.title });
  return wrong(words, reasons(problems));
};

export const render = () => {
  settle();
  drawFiles();
  drawDrafts();
  const where = whereItStands();
  parts.agreement.replaceChildren(...(where ? agreementParts(where) : otherParts()));
};

const begin = () => {
  root.addEventListener("redraw", render);
  window.addEventListener("pagehide", settle);
  document.addEventListener("visibilitychange", () => document.hidden && settle());
  window.addEventListener("beforeunload", (event) => {
    settle();
    if (state.files.some((one) => one.unsaved) && !(main() || {}).draft) event.preventDefault();
  });
  return { openDraft, openFiles };
};

// Where a script before this one did not come, there is nothing to work with.
export const keeping = [read, fingerprint, sign, compare, proposals, draftRecord].every(Boolean) && begin();
