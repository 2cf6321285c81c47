// The agreement in hand: its front matter, its clauses, and the steps of filling it in.

import { find } from "../../core/fork.js";
import { blankKey } from "../../core/markup/nodes.js";
import { upper } from "./elements.js";
import { ENDS, FINISH, START, state, template } from "./page.js";

export const front = () => state.draft.agreement.front;
export const answerOf = (name) => (front().answers || {})[find(front().answers, name)];
export const definitionOf = (name) => (front().blanks || {})[find(front().blanks, name)] || { ask: upper(name) };

export const clauseOf = (id) =>
  [...template.clauses, ...((window.groundRulesLibrary || {}).clauses || [])].find((one) => one.id === id);
export const sections = () => state.draft.agreement.sections;
export const sectionOf = (id) => sections().find((one) => one.id === id);
export const placeOf = (id) => sections().findIndex((one) => one.id === id);
export const titleOf = (id) => (sectionOf(id) || clauseOf(id)).title;
export const blanksIn = (words) => {
  const seen = new Set(ENDS);
  const names = [...words.matchAll(/\\.|\[\[(?!#)([^[\]\n]+)\]\]/g)].map((one) => one[1]).filter(Boolean);
  return names.filter((name) => !seen.has(blankKey(name)) && seen.add(blankKey(name)));
};

// Every clause in the document's order; one that was left out keeps its place among them.
export const steps = () => {
  const ids = sections().map((one) => one.id);
  template.clauses.forEach(({ id }, index) => {
    if (!ids.includes(id)) ids.splice(index ? ids.indexOf(template.clauses[index - 1].id) + 1 : 0, 0, id);
  });
  return [START, ...ids, FINISH];
};
export const nameOf = (id) => {
  if (id === START) return phrase("partnersAndDates");
  if (id === FINISH) return phrase("finish");
  return placeOf(id) < 0 ? titleOf(id) : `${placeOf(id) + 1}. ${titleOf(id)}`;
};
