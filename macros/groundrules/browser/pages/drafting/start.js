// The page at work: what it listens to, and the draft with which it begins.
//
// The text of a draft is its file. People's words reach the page as text, or through html, which escapes them.

import { PLACE, drafts } from "../../ui/drafts.js";
import { buttons, has } from "../../ui/elements.js";
import { trying } from "../../ui/site_place.js";
import { actions } from "./actions.js";
import { inAddress, stepInAddress } from "./address.js";
import { change } from "./changes.js";
import { button, clock } from "./elements.js";
import { readers } from "./fields.js";
import { atRisk, bringKept, fresh, hasOld, keep, opened } from "./keeping.js";
import { say } from "./messages.js";
import { refresh, unopened, use } from "./opening.js";
import { ENDS, START, form, isHere, others, parts, root, state } from "./page.js";
import { rare } from "./rare.js";
import { go, render, showDrafts } from "./render.js";
import { remembered, session, stored } from "./storage.js";

const listen = () => {
  root.addEventListener("redraw", render);
  root.addEventListener("click", (event) => {
    const at = event.target.closest("[data-do]");
    if (at && has(actions, at.dataset.do)) return void actions[at.dataset.do](at);
    const place = event.target.closest("article :is([data-blank], h2)");
    if (!place || event.target.closest("a")) return;
    const { blank } = place.dataset;
    const { clause } = place.closest("[data-clause]").dataset;
    go(ENDS.includes(blank) ? START : clause, blank);
  });
  form.addEventListener("input", (event) => {
    const box = event.target.closest("[data-field]");
    if (box && !state.locked) readers.get(box)();
  });
  form.addEventListener("beforeinput", (event) => {
    const { target, data, inputType } = event;
    if (target.rows !== 1 || !(/^insert(Line|Par)/.test(inputType) || /\n/.test(data))) return;
    event.preventDefault();
    if (data) rare("paste")(event);
  });
  if (!CSS.supports("field-sizing", "content")) rare("grow")(form);
  parts.signed.addEventListener("input", ({ target }) => {
    const { rounds, agreement } = state.draft;
    change({ agreement: rounds.because(agreement, target.value) }, phrase("changeReason"), "reason");
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  parts.file.addEventListener("change", async () => {
    if (parts.file.files[0]) await rare("openFile")(parts.file.files[0]);
    parts.file.value = "";
  });
  // At once: who wants nothing kept may leave the page before any other script has come.
  parts.nothing.addEventListener("change", () => {
    state.nothing = parts.nothing.checked;
    session("nothing", state.nothing && "yes");
    state.draft = { ...state.draft, dirty: state.draft.dirty || state.draft.revision > 0 };
    if (state.nothing && !state.locked) {
      trying(() => localStorage.removeItem(PLACE + state.draft.id));
      session("open", "");
      state.draft = { ...state.draft, revision: 0, time: 0 };
    }
    keep();
    showDrafts();
  });
  document.addEventListener("keydown", (event) => {
    if (
      state.locked ||
      !(event.ctrlKey || event.metaKey) ||
      event.altKey ||
      event.target.matches("input, select, textarea")
    )
      return;
    const key = `${event.shiftKey ? "shift " : ""}${event.key.toLowerCase()}`;
    const action = { z: "undo", "shift z": "redo", y: "redo" }[key];
    if (!action) return;
    event.preventDefault();
    actions[action]();
  });
  window.addEventListener("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
  window.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    rare("openFile")(event.dataTransfer.files[0]);
  });
  window.addEventListener("storage", (event) => {
    if (state.locked && event.key === PLACE + state.draft.id) refresh();
    else showDrafts();
  });
  window.addEventListener("hashchange", () => {
    const moves = !location.hash || inAddress("step");
    if (moves && stepInAddress() !== state.step) go(stepInAddress());
  });
  window.addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => document.hidden && keep());
  window.addEventListener("beforeunload", (event) => {
    keep();
    if (atRisk()) event.preventDefault();
  });
};

const begin = async () => {
  root.dataset.runs = "yes";
  if (hasOld())
    await bringKept()
      .then(({ takeOver }) => takeOver(others))
      .catch(() => {});
  const asked = inAddress("draft");
  const named = [asked, remembered("open")].map(stored);
  const record = [...named, ...drafts()].find((one) => one && isHere(one.template));
  let before = null;
  let readable = true;
  parts.waiting.hidden = !record;
  try {
    before = record && (await opened(record));
  } catch {
    readable = false;
  }
  parts.waiting.hidden = true;
  await use(before || fresh(), stepInAddress);
  if (asked) location.replace(`#step=${state.step}`);
  listen();
  // Shown once it answers: nothing that somebody presses may be lost.
  [parts.app, parts.foot].forEach((one) => (one.hidden = false));
  root.dataset.live = "";
  if (!readable) {
    // A reload tries the same draft again.
    session("open", record.id);
    unopened(record);
  } else if (record && !before) rare("unread")(record);
  else if (before && !state.locked && record.id !== asked)
    say(
      phrase("broughtBack", { title: record.title, time: clock(record.time) }),
      buttons(button(phrase("start a new draft"), "new")),
    );
};
begin();
