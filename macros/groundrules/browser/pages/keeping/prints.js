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
    say(phrase("printCopied"));
  } catch {
    say(phrase("printNotCopied"));
  }
};
export const printed = (words, name) =>
  make(
    "p",
    { class: "gr-print" },
    `${name}: `,
    make("code", { dir: "ltr" }, words),
    " ",
    button(phrase("copy"), () => copy(words), { "aria-label": `${phrase("copy")}: ${name}` }),
  );
export const paper = (where) => () => {
  const form = shape("paper");
  onSubmit(form, ({ print }) => {
    const found = (/gr[12]:[0-9a-f]{64}/.exec(print.replace(/\s/g, "").toLowerCase()) || [""])[0];
    // Paper from before has a fingerprint of the older form.
    const kind = kindOfPrint(found);
    const known = [
      [fingerprint(assembled(where.agreement, where.language, kind), kind), phrase("todaysWords")],
      ...[...where.kept.values()].map((one) => [one.fingerprint, phrase("versionName", { version: one.version })]),
    ];
    const names = known.filter(([one]) => one === found).map(([, name]) => name);
    const words = found
      ? names.length
        ? phrase("printIsOf", { names: listed(names) })
        : phrase("printIsOfNone")
      : phrase("printNotWhole");
    form.querySelector("[data-part=result]").textContent = words;
  });
  return form;
};
