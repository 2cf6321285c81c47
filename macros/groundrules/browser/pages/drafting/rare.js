// What few do: its script is loaded when somebody does.

import { buttons } from "../../ui/elements.js";
import { bring } from "../../ui/scripts.js";
import { button } from "./elements.js";
import { wrong } from "./messages.js";
import { root } from "./page.js";

export const tryAgain = (again) => buttons(button(phrase("tryAgain"), "again", { onclick: again }));
export const rare = (name) => (given) =>
  bring(root.dataset.more, () => window.GroundRules.rarely).then(
    () => window.GroundRules.rarely[name](given),
    () => wrong(phrase("partNotLoaded"), tryAgain(() => rare(name)(given))),
  );
