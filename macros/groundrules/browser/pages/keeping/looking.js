// What somebody sees first, once something has happened.

import { make } from "../../ui/elements.js";
import { parts, root } from "./page.js";

// The agreement from its title on, so that it says how it stands; ``focus`` is what they can go on with.
export const showAgreement = (focus = "h2") => {
  const title = parts.agreement.querySelector("h2");
  if (!title) return;
  (parts.agreement.querySelector(focus) || title).focus({ preventScroll: true });
  title.scrollIntoView();
};

// What the page explains below is folded up once there is an agreement to work on.
export const foldHelp = () => {
  if (root.parentElement.querySelector(".gr-help")) return;
  const title = make("summary", null, phrase("helpFolded"));
  const help = make("details", { class: "gr-details gr-help" }, title);
  const all = [...root.parentElement.children];
  help.append(...all.slice(all.indexOf(root) + 1).filter((one) => !one.matches("script")));
  root.after(help);
};
