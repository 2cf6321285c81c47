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
      refresh().then(() => say(phrase("otherTabClosed")));
      return stay(lock);
    })
    .catch(() => {});
  say(
    phrase("openElsewhere"),
    buttons(button(phrase("start a new draft"), "new")),
  );
};
