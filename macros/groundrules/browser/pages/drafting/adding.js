// Adding a clause of the library.

import { make } from "../../ui/elements.js";
import { bring } from "../../ui/scripts.js";
import { placeOf } from "./agreement.js";
import { button, shape } from "./elements.js";
import { root } from "./page.js";

export const adding = () => {
  const box = shape("adding");
  const search = box.querySelector("input");
  const fill = () => {
    const found = window.groundRulesLibrary.clauses.filter(
      (one) => placeOf(one.id) < 0 && one.title.toLowerCase().includes(search.value.trim().toLowerCase()),
    );
    box
      .querySelector("ul")
      .replaceChildren(...found.map((one) => make("li", null, button(one.title, "take", { "data-step": one.id }))));
  };
  search.oninput = () => window.groundRulesLibrary && fill();
  bring(root.dataset.library, () => window.groundRulesLibrary).then(fill, () => (box.lastElementChild.hidden = false));
  return box;
};
