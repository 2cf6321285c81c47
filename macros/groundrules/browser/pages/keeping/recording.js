// The task of drafting a record.

import { readDate } from "../../core/days.js";
import { draftRecord, formOf, hasPlaceForClauses } from "../../core/records.js";
import { write } from "../../core/source.js";
import { today } from "../../ui/days.js";
import { make } from "../../ui/elements.js";
import { options, shape } from "./elements.js";
import { fileFrom, put } from "./files.js";
import { showFilling } from "./filling.js";
import { state } from "./page.js";
import { askDays, onSubmit, opened, refuse } from "./tasks.js";

// A name that no record here has: the second of a day ends in -2.
const freeName = (stem) => {
  const taken = state.files.map((one) => one.name);
  let name = `${stem}.md`;
  for (let number = 2; taken.includes(name); number += 1) name = `${stem}-${number}.md`;
  return name;
};

export const recording = (where) => () => {
  if (!state.library) return make("p", null, phrase("formsNotLoaded"));
  const form = shape("record");
  const kinds = Object.keys(state.library.records).filter((kind) => !kind.includes("."));
  const language = where.agreement.front.language;
  form.elements.kind.append(
    ...options(
      kinds.map((kind) => [kind, formOf(state.library, kind, language).title]),
      "review",
    ),
  );
  askDays(form, language, { day: today() });
  form
    .querySelector("[data-slot=about]")
    .append(
      ...where.inForce.clauses.map((one) =>
        make(
          "label",
          { class: "gr-tick" },
          make("input", { type: "checkbox", name: "about", value: one.id }),
          ` ${one.number}. ${one.title}`,
        ),
      ),
    );
  const fits = () =>
    (form.querySelector("[data-for=about]").hidden = !hasPlaceForClauses(
      formOf(state.library, form.elements.kind.value, language),
    ));
  form.elements.kind.onchange = fits;
  fits();
  onSubmit(form, ({ kind, day, next }) => {
    const bad = [
      !readDate(day) && phrase("giveDay"),
    ].filter(Boolean);
    refuse(form, bad);
    if (bad.length) return;
    const chosen = formOf(state.library, kind, language);
    const about = hasPlaceForClauses(chosen) ? new FormData(form).getAll("about") : [];
    const made = draftRecord(chosen, kind, where, state.library, { day, next, about });
    const name = freeName(`${day}-${kind}`);
    const { file, problems } = fileFrom(name, write(made));
    if (!file) return void refuse(form, problems);
    put(file);
    opened.delete("record");
    showFilling(file);
  });
  return form;
};
