// Keeping the draft in this browser.

import { tooLarge } from "../../core/file.js";
import { withFront } from "../../core/model.js";
import { write } from "../../core/source.js";
import { forkOf } from "../../core/workspace.js";
import { PLACE, draftAt } from "../../ui/drafts.js";
import { buttons } from "../../ui/elements.js";
import { bring } from "../../ui/scripts.js";
import { namesFrom } from "../../ui/site_place.js";
import { button, clock } from "./elements.js";
import { hold } from "./locks.js";
import { wrong } from "./messages.js";
import { showOpen } from "./open_points.js";
import { form, parts, root, state, template } from "./page.js";
import { newId, session } from "./storage.js";

export const fresh = (agreement = withFront(forkOf(template), { id: newId() })) => ({
  id: newId(),
  revision: 0,
  time: 0,
  agreement,
  pending: {},
  emptied: [],
  saved: null,
  dirty: false,
});
// What reads a file, and says why a text is refused. Rejected where its script cannot be loaded.
export const bringReader = async () => {
  await bring(root.dataset.reader, () => window.GroundRules.read);
  return window.GroundRules.read;
};
export const bringExports = async () => {
  await bring(root.dataset.fingerprint, () => window.GroundRules.fingerprint);
  await bring(root.dataset.exports, () => window.GroundRules.docx);
};
// What few need: drafts that cannot be opened, and those of earlier days.
export const hasOld = () => namesFrom("groundrules:draft:").length;
export const bringKept = async () => {
  await bring(root.dataset.kept, () => window.GroundRules.oddDrafts);
  return window.GroundRules;
};
// A draft as it is filled in here. Rejected where a script that it needs cannot be loaded.
export const prepared = async (given) => {
  const draft = window.GroundRules.renamedDraft(given, template);
  const { status, rounds, signatures } = draft.agreement.front;
  if (status === "draft" && !rounds.length && !signatures.length) return { ...draft, rounds: null };
  await bring(root.dataset.more, () => window.GroundRules.rarely);
  return window.GroundRules.rarely.signed(draft);
};
export const opened = async (record) => {
  const read = await bringReader();
  const { agreement } = read(record.text);
  return agreement && prepared({ ...fresh(agreement), ...record });
};
export const text = () => write(state.draft.agreement);
export const mark = () => [...text()].reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)) | 0, 7);
export const unsaved = () => !state.draft.saved || state.draft.saved.mark !== mark();

// Whether what stands here is kept nowhere else.
export const atRisk = () => (state.nothing || state.failed) && state.draft.dirty && !state.locked && unsaved();

const put = () => {
  // What another version of this site keeps in a draft stays in it.
  const { id, agreement, dirty, rounds, ...record } = state.draft;
  const next = { ...record, revision: record.revision + 1, time: Date.now(), template: template.id };
  const large = tooLarge(text());
  const before = state.failed;
  state.failed = large && large.message;
  try {
    localStorage.setItem(PLACE + id, JSON.stringify({ ...next, text: text(), title: agreement.front.title }));
    state.draft = { ...state.draft, ...next, dirty: false };
    session("open", id);
  } catch {
    state.failed = phrase("noRoomHere");
  }
  if (state.failed && state.failed !== before)
    wrong(`${cannot()} ${phrase("saveItAsFile")}`, buttons(button(phrase("save as a file"), "md")));
};
const cannot = () => phrase("cannotBeKept", { why: state.failed });

// Compare and set: what another tab has written meanwhile is never written over.
export const keep = () => {
  clearTimeout(state.timer);
  state.timer = 0;
  if (state.draft.dirty && !state.locked && !state.nothing) {
    const before = draftAt(state.draft.id);
    if (state.draft.revision && !before) {
      state.nothing = true;
      wrong(phrase("clearedElsewhere"));
    } else {
      if (before && before.revision !== state.draft.revision) {
        state.draft = { ...state.draft, id: newId(), revision: 0 };
        hold(state.draft.id);
        wrong(phrase("changedElsewhere"));
      }
      put();
    }
  }
  showKept();
  showOpen();
};
export const later = () => {
  clearTimeout(state.timer);
  state.timer = setTimeout(keep, 400);
};

export const showKept = () => {
  const { saved, time } = state.draft;
  let file = phrase("notSavedYet");
  if (saved)
    file = unsaved()
      ? phrase("changedSinceSaved", { time: clock(saved.time) })
      : phrase("savedAt", { time: clock(saved.time) });
  let where = time ? phrase("keptAt", { time: clock(time) }) : phrase("willBeKept");
  if (state.locked) where = phrase("readOnly");
  else if (state.nothing) where = phrase("nothingKept");
  else if (state.failed) where = cannot();
  parts.kept.textContent = time || state.draft.dirty || saved ? `${where} ${file}` : where;
  form.querySelectorAll("[data-part=saved]").forEach((one) => (one.textContent = file));
  parts.nothing.checked = state.nothing;
  root.querySelector("[data-do=undo]").disabled = state.locked || !state.past.length;
  root.querySelector("[data-do=redo]").disabled = state.locked || !state.future.length;
};
