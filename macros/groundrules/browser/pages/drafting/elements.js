// Elements of the drafting page.

import { writtenDate } from "../../core/language.js";
import { dayOf, today } from "../../ui/days.js";
import { make } from "../../ui/elements.js";
import { root, template } from "./page.js";

let made = 0;
export const nextNumber = () => (made += 1);

export const upper = (words) => words.slice(0, 1).toUpperCase() + words.slice(1);
// A copy of a piece that stands ready in the page; ``group`` ties its radio buttons together.
export const shape = (name) => {
  const copy = root.querySelector(`template[data-shape=${name}]`).content.firstElementChild.cloneNode(true);
  const group = `gr-${nextNumber()}`;
  copy.querySelectorAll("[type=radio]").forEach((one) => (one.name = group));
  return copy;
};
export const button = (words, action, more) =>
  make("button", { type: "button", class: "gr-button", "data-do": action, ...more }, words);
export const hint = (words, id) => words && make("p", { class: "gr-example", ...(id && { id }) }, words);
export const example = (definition, id) =>
  hint(definition.example && phrase("forExample", { example: definition.example }), id);
export const details = (title, ...children) =>
  make("details", { class: "gr-details" }, make("summary", null, title), ...children);
export const firstControl = (box) => box.querySelector("input, select, textarea");

// A moment, by its time alone if it is of today.
export const clock = (time) => {
  const at = new Date(time);
  const day = dayOf(at);
  const hours = at.toTimeString().slice(0, 5);
  if (day === today()) return hours;
  return phrase("timeAndDay", { time: hours, day: writtenDate(day, template.locale) });
};

export const heading = (above, words) => [
  make("p", { class: "gr-kind" }, above, make("span", { "data-part": "here" })),
  make("h2", { id: "gr-step", tabIndex: -1 }, words),
];
