// Elements of the page.

import { make } from "../../ui/elements.js";
import { root } from "./page.js";

export const shape = (name) =>
  root.querySelector(`template[data-shape=${name}]`).content.firstElementChild.cloneNode(true);
export const button = (words, action, settings) =>
  make("button", { type: "button", class: "gr-button", onclick: action, ...settings }, words);
export const unseen = (words) => make("span", { class: "gr-unseen" }, words);
export const options = (all, chosen) =>
  all.map(([value, words]) => make("option", { value, selected: value === chosen }, words));
export const hint = (...words) => make("p", { class: "gr-example" }, ...words);
