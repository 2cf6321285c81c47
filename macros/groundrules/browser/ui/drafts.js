// The drafts that this site keeps in a browser.

import { isText } from "../core/strings.js";
import { KEPT, namesFrom, trying } from "./site_place.js";

export const PLACE = `${KEPT}draft:`;

const fitting = (value, fits) => Object.fromEntries(Object.entries(Object(value)).filter(fits));
const isPending = ([name, value]) =>
  isText(value)
    ? name !== "parties"
    : /^(parties$|answer )/.test(name) &&
      Array.isArray(value) &&
      value.every((one) => one && Object.values(one).every(isText));

// The draft of that id, as far as it can be understood; else what is kept there, as ``raw``. Nothing if nothing is.
export const draftAt = (id) => {
  const raw = trying(() => localStorage.getItem(PLACE + id));
  if (raw === null) return null;
  const record = Object(trying(() => JSON.parse(raw)));
  const { text, template, revision, time, title, pending, emptied, saved } = record;
  if (!isText(text) || !isText(template) || !(revision > 0)) return { id, raw };
  return {
    ...record,
    id,
    revision: +revision,
    time: +new Date(time) || 0,
    title: isText(title) ? title : template,
    pending: fitting(pending, isPending),
    emptied: Array.isArray(emptied) ? emptied.filter(isText) : [],
    saved: saved && saved.time > 0 ? saved : null,
  };
};
// All of them, the newest first, and those that nobody can read last.
export const drafts = () =>
  namesFrom(PLACE)
    .map((name) => draftAt(name.slice(PLACE.length)))
    .filter(Boolean)
    .sort((a, b) => (b.time || 0) - (a.time || 0));
