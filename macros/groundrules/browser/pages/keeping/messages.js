// Messages: one kind is said politely, the other at once.

import { buttons, make } from "../../ui/elements.js";
import { button } from "./elements.js";
import { parts } from "./page.js";

const show = (box, words, more) => {
  parts.message.replaceChildren();
  parts.wrong.replaceChildren();
  if (!box) return;
  box.append(
    make("p", null, words),
    ...more,
    buttons(button(phrase("close"), () => (show(), parts.file.focus()), { "aria-label": phrase("closeMessage") })),
  );
};
export const say = (words, ...more) => show(parts.message, words, more);
export const wrong = (words, ...more) => {
  show(parts.wrong, words, more);
  parts.wrong.focus();
};
export const reasons = (all) =>
  make(
    "ul",
    null,
    all.map((one) => make("li", null, one)),
  );
