// Clearing what this browser keeps, and keeping nothing from then on.

import { PLACE } from "../../ui/drafts.js";
import { KEPT, TAKEN, namesFrom, trying } from "../../ui/site_place.js";
import { fresh, keep } from "./keeping.js";
import { say } from "./messages.js";
import { use } from "./opening.js";
import { parts, state } from "./page.js";
import { showDrafts } from "./render.js";
import { session } from "./storage.js";

export const clearAll = async () => {
  if (!window.confirm("Clear all drafts and ticks that this site keeps in this browser? Your files stay.")) return;
  clearTimeout(state.timer);
  state.timer = 0;
  namesFrom(KEPT).forEach((one) => one !== TAKEN && localStorage.removeItem(one));
  if (window.caches) await caches.delete(KEPT);
  await use(fresh());
  say("Everything is cleared.");
};
export const keepNothing = () => {
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
};
