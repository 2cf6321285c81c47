// The page on which a template is filled in, and what is in hand there.

import { has } from "../../ui/elements.js";
import { remembered } from "./storage.js";

export const root = document.querySelector("[data-draft]");
export const template = window.groundRulesTemplate;

export const START = "preamble";
export const FINISH = "signed";
export const ENDS = ["parties", "start", "end", "title"];
export const others = JSON.parse(root.dataset.drafts);
// Whether this is the page of that template, by its id or an earlier one.
export const isHere = (id) => has(others, id) && others[id][0] === others[template.id][0];
export const parts = Object.fromEntries(
  [...root.querySelectorAll("[data-part]")].map((one) => [one.dataset.part, one]),
);
export const { form, sheet } = parts;

// pending, in a draft: what was typed and cannot stand in the document yet. emptied: answers that somebody took away,
// as against those that nobody ever gave. saved: when it was last downloaded, and a digest of what.
// rows: how many rows stand in each table, list of partners and other list, by its key.
// unreadable: the drafts here that this site does not understand, by id.
// aside and gone: answers and clauses that went out of the document; they come back with their blank or clause.
export const state = {
  draft: null,
  step: START,
  locked: false,
  nothing: remembered("nothing") === "yes",
  past: [],
  future: [],
  last: { key: "", time: 0 },
  timer: 0,
  failed: "",
  aside: {},
  gone: {},
  rows: {},
  unreadable: new Set(),
  editing: "",
};

// Draws the form anew, for a change that is made from within it.
export const redraw = () => root.dispatchEvent(new Event("redraw"));
