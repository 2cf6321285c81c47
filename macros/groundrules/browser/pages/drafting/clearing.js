// Clearing what this browser keeps.

import { KEPT, TAKEN, namesFrom } from "../../ui/site_place.js";
import { fresh } from "./keeping.js";
import { say } from "./messages.js";
import { use } from "./opening.js";
import { state } from "./page.js";

export const clearAll = async () => {
  if (!window.confirm(phrase("clearAll"))) return;
  clearTimeout(state.timer);
  state.timer = 0;
  namesFrom(KEPT).forEach((one) => one !== TAKEN && localStorage.removeItem(one));
  if (window.caches) await caches.delete(KEPT);
  await use(fresh());
  say(phrase("cleared"));
};
