// The page on which people open the files of an agreement, and what is open there.

import { writtenDate, writtenList } from "../../core/language.js";

export const root = document.querySelector("[data-keeping]");

export const { languages, site, unread } = window.groundRulesKeeping;
export const templatesHere = JSON.parse(root.dataset.drafts);
export const parts = Object.fromEntries(
  [...root.querySelectorAll("[data-part]")].map((one) => [one.dataset.part, one]),
);
// How the language of the page writes days and lists.
export const { locale } = languages[LANGUAGE];
export const dayWords = (day) => writtenDate(day, locale);
export const listed = (all) => writtenList(all, locale);

// The address of this page as others can open it, or nothing.
export const address = () => {
  const isServed = location.protocol.startsWith("http");
  const { href } = isServed ? location : document.querySelector("link[rel=canonical]") || {};
  return (href || "").replace(/#.*/, "");
};

// kind, in a file: agreement, version, taken, record, or earlier. text: as it is to be saved. unsaved: whether it
// differs from the file. draft: the draft of this browser that it was opened from.
// handedOn: whether somebody has signed here, so that the next one is somebody else.
export const state = {
  files: [],
  library: null,
  handedOn: false,
};

// Draws the page anew, for a change that is made from within it.
export const redraw = () => root.dispatchEvent(new Event("redraw"));
