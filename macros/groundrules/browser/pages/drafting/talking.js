// Why a clause matters, and what to ask each other about it.

import { make } from "../../ui/elements.js";
import { bring } from "../../ui/scripts.js";
import { hint } from "./elements.js";
import { root } from "./page.js";

const lines = (tag, all) => all.map((one) => make(tag, null, one));

export const talk = ([box, clause]) => {
  const fill = (...told) => box.replaceChildren(box.firstChild, ...told);
  const said = () => {
    const { why, questions } = window.groundRulesTalk[clause.talk || clause.id];
    fill(...lines("p", why), make("ul", null, lines("li", questions)));
  };
  const failed = () => fill(hint(phrase("talkNotLoaded")));
  return bring(root.dataset.talk, () => window.groundRulesTalk).then(said, failed);
};
