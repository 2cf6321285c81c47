// Fields. Drawing one never writes: only what a person types does.

import { typeOf } from "../../core/blanks.js";
import { dayField } from "../../ui/day_field.js";
import { buttons, make } from "../../ui/elements.js";
import { watched } from "../../ui/too_long.js";
import { button, example, firstControl, nextNumber, shape, upper } from "./elements.js";
import { undoable } from "./messages.js";
import { state, template } from "./page.js";

export const readers = new WeakMap();
export const control = (definition, value = "", label = "", tall = 0) => {
  const id = `gr-${nextNumber()}`;
  const { choices } = definition;
  const { needs, isDay } = typeOf(definition);
  const note = needs === "choices" ? "" : example(definition, `${id}-hint`);
  let input;
  if (needs === "choices") {
    const options = [...new Set([...choices, value])].filter(Boolean).map((one) => make("option", { value: one }, one));
    input = make("select", null, make("option", { value: "" }, phrase("not decided yet")), ...options);
  } else if (isDay) input = dayField(shape("day"), template.locale);
  else input = make("textarea", { rows: tall || 1 });
  Object.assign(input, { id, value, dir: "auto" });
  if (note) input.setAttribute("aria-describedby", note.id);
  if (isDay) {
    input.firstChild.textContent = label;
    input.firstChild.after(note || "");
    return { input, parts: [input] };
  }
  const long = tall < 5 && watched(input);
  return { input, parts: [make("label", { htmlFor: id }, label), note, input, long] };
};
export const field = (tag, key, read, ...children) => {
  const box = make(tag, { class: "gr-field", "data-field": key }, ...children);
  readers.set(box, read);
  return box;
};
export const single = (key, definition, value, label, take, tall) => {
  const { input, parts: shown } = control(definition, value, label, tall);
  return field("div", key, () => take(input.value, input), ...shown);
};

const NAMED = {
  row: [phrase("addRow"), (number) => phrase("rowName", { number })],
  entry: [phrase("addEntry"), (number) => phrase("entryName", { number })],
  partner: [phrase("addPartner"), (number) => phrase("partnerName", { number })],
};
// Several of the same: rows of a table, entries of a list, partners.
export const several = (key, title, note, values, word, fill, take) => {
  const [addOne, named] = NAMED[word];
  const rows = make("div");
  const all = () => [...rows.children].map((row) => row.read());
  const set = field(
    "fieldset",
    key,
    () => take(all()),
    make("legend", null, title),
    note,
    rows,
    buttons(button(addOne, "add")),
  );
  const number = () => {
    state.rows[key] = rows.childElementCount;
    [...rows.children].forEach((row, index) => {
      const name = named(index + 1);
      row.firstElementChild.textContent = upper(name);
      row.querySelector("[data-do=remove] span").textContent = ` ${name}`;
    });
  };
  const add = (value) => {
    const row = shape("row");
    const { shown, read } = fill(value);
    row.read = read;
    row.lastElementChild.before(...shown);
    rows.append(row);
    return row;
  };
  set.spread = word === "entry" && ((row, lines) => {
    row.after(...lines.map(add));
    number();
  });
  set.add = () => {
    const row = add();
    number();
    firstControl(row).focus();
  };
  set.drop = (row) => {
    const at = [...rows.children].indexOf(row);
    row.remove();
    number();
    state.last.key = "";
    take(all());
    const next = rows.children[at] || rows.children[at - 1];
    (next ? firstControl(next) : set.querySelector("[data-do=add]")).focus();
    undoable(phrase("isRemoved", { name: upper(named(at + 1)) }));
  };
  values.forEach(add);
  // As many rows as stood there, empty ones too, when the form is drawn anew.
  while (rows.childElementCount < state.rows[key]) add();
  number();
  return set;
};
