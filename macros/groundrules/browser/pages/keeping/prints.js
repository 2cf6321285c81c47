// Fingerprints, to copy and to check.

import { fingerprint, kindOfPrint } from "../../core/fingerprint.js";
import { assembled } from "../../core/signing_state.js";
import { make } from "../../ui/elements.js";
import { button, shape } from "./elements.js";
import { say } from "./messages.js";
import { listed } from "./page.js";
import { onSubmit } from "./tasks.js";

const copy = async (words) => {
  try {
    await navigator.clipboard.writeText(words);
    say("The fingerprint is copied.");
  } catch {
    say("Copying did not work here. Select the fingerprint and copy it yourself.");
  }
};
export const printed = (words, name) =>
  make(
    "p",
    { class: "gr-print" },
    `${name}: `,
    make("code", { dir: "ltr" }, words),
    " ",
    button("Copy", () => copy(words), { "aria-label": `Copy: ${name}` }),
  );
export const paper = (where) => () => {
  const form = shape("paper");
  onSubmit(form, ({ print }) => {
    const found = (/gr[12]:[0-9a-f]{64}/.exec(print.replace(/\s/g, "").toLowerCase()) || [""])[0];
    // Paper from before has a fingerprint of the older form.
    const kind = kindOfPrint(found);
    const known = [
      [fingerprint(assembled(where.agreement, where.language, kind), kind), "today's words"],
      ...[...where.kept.values()].map((one) => [one.fingerprint, `version ${one.version}`]),
    ];
    const names = known.filter(([one]) => one === found).map(([, name]) => name);
    const words = found
      ? names.length
        ? `It is the fingerprint of ${listed(names)}.`
        : "No text that is open here has this fingerprint."
      : 'This is not a whole fingerprint. It is "gr1:" or "gr2:" and 64 letters and figures.';
    form.querySelector("[data-part=result]").textContent = words;
  });
  return form;
};
