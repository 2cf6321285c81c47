// What is rare among the drafts that a browser keeps: those that cannot be opened here, and those of earlier days.

import { isText } from "../core/strings.js";
import { PLACE, draftAt } from "./drafts.js";
import { make } from "./elements.js";
import { fileName, offer } from "./files.js";
import { TAKEN, namesFrom, trying } from "./site_place.js";

const OLD = "groundrules:draft:";

const rawAt = (key) => trying(() => localStorage.getItem(key)) || "";
const recordOf = (text) => Object(trying(() => JSON.parse(text)));

// Once, drafts were kept under names that do not tell the site. Each goes to a site that has its template, the first
// that is opened; what tells of no template, to the first of all. ``templates`` are this site's, by their ids.
export const takeOver = (templates) =>
  trying(() => {
    const keys = namesFrom(OLD);
    if (!keys.length || localStorage.getItem(TAKEN)) return;
    for (const key of keys) {
      const text = rawAt(key);
      const { template } = recordOf(text);
      if (isText(template) && !Object.hasOwn(templates, template)) continue;
      const place = PLACE + key.slice(OLD.length);
      // Both must have room for a moment: where they have not, it stays where it is.
      if (!localStorage.getItem(place)) localStorage.setItem(place, text);
      localStorage.removeItem(key);
    }
    localStorage.setItem(TAKEN, "yes");
  });

// A line of a list, for what is kept under ``key``: why it cannot be opened, and what can be done with it all the same.
const line = (key, words, done) => {
  const raw = rawAt(key);
  const { text, title } = recordOf(raw);
  const whole = isText(text);
  const name = isText(title) ? title : (/"title":"((?:[^"\\]|\\.)+)"/.exec(raw) || [])[1] || phrase("untitledDraft");
  const button = (label, act) =>
    make("button", { type: "button", class: "gr-button", onclick: act, "aria-label": `${label}: ${name}` }, label);
  const save = () => offer(`${fileName(name)}.${whole ? "md" : "txt"}`, new Blob([whole ? text : raw]));
  const remove = () => {
    if (!window.confirm(phrase("deleteDraft", { name }))) return;
    trying(() => localStorage.removeItem(key));
    done();
  };
  return make(
    "li",
    { class: "gr-odd" },
    make("bdi", null, name),
    " ",
    make("span", { class: "gr-example" }, words),
    make("span", { class: "gr-buttons" }, button(phrase("saveAsItIs"), save), " ", button(phrase("delete"), remove)),
  );
};

// Lines for the drafts of those ids; ``done`` is called when one of them is gone.
export const oddDrafts = (ids, done) =>
  ids.map((id) =>
    line(
      PLACE + id,
      (draftAt(id) || {}).raw === undefined
        ? phrase("draftNotForHere")
        : phrase("draftDamaged"),
      done,
    ),
  );

// A line for what earlier days left and no site here has taken. It may be another site's, so nothing of it is shown
// until somebody asks.
export const oldDrafts = (done) => {
  const keys = namesFrom(OLD);
  if (!keys.length) return [];
  const lines = () => keys.map((key) => line(key, phrase("draftTemplateNotHere"), done));
  const shown = make("li", { class: "gr-odd" });
  shown.append(
    phrase("olderDrafts"),
    " ",
    make(
      "button",
      { type: "button", class: "gr-button", onclick: () => shown.replaceWith(...lines()) },
      phrase("showOlderDrafts"),
    ),
  );
  return [shown];
};
