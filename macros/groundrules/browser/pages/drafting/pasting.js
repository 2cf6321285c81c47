// Several lines for a field of one.

import { say } from "./messages.js";

// A list takes each line as an entry; a sentence takes them all, one behind the other.
export const paste = ({ target, data }) => {
  const [first = "", ...more] = data
    .split("\n")
    .map((line) => line.replace(/^\s*[-*•·◦▪●–]\s+/, "").trim())
    .filter(Boolean);
  const put = (words) => document.execCommand("insertText", false, words);
  const { spread } = target.closest("[data-field]");
  target.focus();
  if (spread) {
    spread(target.closest(".gr-row"), more);
    put(first);
    if (more.length) say(phrase("entriesPasted", { count: more.length + 1 }));
  } else {
    put([first, ...more].join("; ").replace(/([,;:.!?…]); /g, "$1 "));
    if (more.length) say(phrase("semicolonsPasted"));
  }
};
