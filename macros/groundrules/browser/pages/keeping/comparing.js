// The task of comparing two texts.

import { assemble } from "../../core/assemble.js";
import { make } from "../../ui/elements.js";
import { comparison } from "./comparison.js";
import { options, shape } from "./elements.js";
import { languageOf } from "./files.js";
import { state } from "./page.js";
import { onSubmit } from "./tasks.js";

// Every text that can be compared with another, the oldest first.
const texts = (where) => [
  ...[...where.kept.values()].map(({ version, document }) => [
    `version ${version}`,
    phrase("versionTitle", { version }),
    document,
  ]),
  ...state.files
    .filter((one) => one.kind === "earlier")
    .map((one) => [
      "earlier",
      phrase("openedBefore", { name: one.name }),
      assemble(one.agreement, languageOf(one.agreement) || where.language),
    ]),
  ["today", phrase("the agreement as it stands"), where.today],
];
export const comparing = (where) => () => {
  const all = texts(where);
  if (all.length < 2)
    return make("p", null, phrase("openSecond"));
  const form = shape("compare");
  form.elements.old.append(...options(all, all[all.length - 2][0]));
  form.elements.new.append(...options(all, "today"));
  onSubmit(form, (given) => {
    const [old, now] = [given.old, given.new].map((key) => all.find(([one]) => one === key)[2]);
    const box = form.querySelector("[data-part=changes]");
    box.replaceChildren(make("h3", null, phrase("whatChanged")), ...comparison(old, now));
    box.focus();
  });
  return form;
};
export const shownChange = (kept, where) =>
  kept &&
  make(
    "details",
    { class: "gr-details" },
    make("summary", null, phrase("show what changed")),
    ...comparison(kept.document, where.today),
  );
