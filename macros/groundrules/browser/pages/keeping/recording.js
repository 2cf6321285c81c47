// The task of writing a record.

import { readDate } from "../../core/days.js";
import { assemble } from "../../core/assemble.js";
import { draftRecord, formOf, hasPlaceForClauses } from "../../core/records.js";
import { write } from "../../core/source.js";
import { today } from "../../ui/days.js";
import { buttons, make } from "../../ui/elements.js";
import { button, options, shape } from "./elements.js";
import { state } from "./page.js";
import { save, saveWord } from "./saving.js";
import { askDays, onSubmit, reading, refuse } from "./tasks.js";

export const recording = (where) => () => {
  if (!state.library) return make("p", null, "The forms for records could not be loaded.");
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
      !readDate(day) && "Give the day that it is about.",
    ].filter(Boolean);
    refuse(form, bad);
    if (bad.length) return;
    const chosen = formOf(state.library, kind, language);
    const about = hasPlaceForClauses(chosen) ? new FormData(form).getAll("about") : [];
    const made = draftRecord(chosen, kind, where, state.library, { day, next, about });
    const name = `${day}-${kind}`;
    const drawn = assemble(made, where.language);
    const box = form.querySelector("[data-part=record]");
    box.replaceChildren(
      make("h3", null, made.front.title),
      make(
        "p",
        null,
        "Fill it in together, in Word or in the file, and keep it with the agreement, in the folder records.",
      ),
      buttons(
        button("Save the record (.md)", () => save(`${name}.md`, write(made)), { class: "gr-button gr-main" }),
        button("Word document (.docx)", () => saveWord(drawn, name)),
      ),
      reading(drawn, "The record")(),
    );
    box.focus();
  });
  return form;
};
