// A tab that reads takes over when the one that writes is closed.

import { PLACE } from "../../ui/drafts.js";
import { buttons } from "../../ui/elements.js";
import { button } from "./elements.js";
import { signal, stay } from "./locks.js";
import { say } from "./messages.js";
import { refresh } from "./opening.js";
import { state } from "./page.js";

export const waitFor = (id) => {
  navigator.locks
    .request(PLACE + id, { signal: signal() }, (lock) => {
      state.locked = false;
      refresh().then(() => say("The other tab was closed. You can write here now."));
      return stay(lock);
    })
    .catch(() => {});
  say(
    "This draft is open in another tab. You can read it here. Close the other tab to write here.",
    buttons(button("Start a new draft", "new")),
  );
};
