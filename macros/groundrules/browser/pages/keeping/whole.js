// What opens, signs and compares agreements: it comes when there is something to open.

import { buttons, make } from "../../ui/elements.js";
import { button } from "./elements.js";
import { wrong } from "./messages.js";
import { root } from "./page.js";

const sources = root.dataset.scripts.split(" ");
const load = (src) =>
  new Promise((done, failed) =>
    document.head.append(make("script", { src, async: false, onload: done, onerror: failed })),
  );
// What came may be old, and is asked for anew, so that it is not found in the browser's cache next time.
const askAnew = () => Promise.allSettled(sources.map((src) => fetch(src, { cache: "reload" })));

let coming = null;
const bringAll = async () => {
  await Promise.all(sources.map(load)).catch(() => {});
  if (window.GroundRules.keeping) return;
  coming = null;
  await askAnew();
  throw new Error("Not all scripts came.");
};
// Does something with it, once it is there.
export const whole = async (act) => {
  try {
    await (coming ||= bringAll());
  } catch {
    return wrong(
      phrase("openerOfAgreementsNotLoaded"),
      buttons(button(phrase("tryAgain"), () => whole(act))),
    );
  }
  return act(window.GroundRules.keeping);
};
