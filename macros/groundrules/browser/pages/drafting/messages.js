// Messages: one kind is said politely, the other at once.

import { buttons, make } from "../../ui/elements.js";
import { button } from "./elements.js";
import { parts } from "./page.js";

export const show = (box, words, more) => {
  parts.message.replaceChildren();
  parts.wrong.replaceChildren();
  if (box)
    box.append(
      make("p", null, words),
      ...more,
      buttons(button(phrase("close"), "hush", { "aria-label": phrase("closeMessage") })),
    );
};
export const say = (words, ...more) => show(parts.message, words, more);
export const wrong = (words, ...more) => show(parts.wrong, words, more);

export const undoable = (words) => say(words, buttons(button(phrase("undoThis"), "undo")));
