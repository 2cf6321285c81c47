// The drafts that this browser keeps, to be opened here.

import { dayOf } from "../../ui/days.js";
import { drafts } from "../../ui/drafts.js";
import { make } from "../../ui/elements.js";
import { oddDrafts, oldDrafts, takeOver } from "../../ui/odd_drafts.js";
import { button } from "./elements.js";
import { wrong } from "./messages.js";
import { dayWords, parts, templatesHere } from "./page.js";
import { whole } from "./whole.js";

export const unreadable = new Set();
// Read when somebody asks for it: there may be many, and long ones.
const open = (one) => whole(({ openDraft }) => openDraft(one));
// The draft that the address names: a page of a template hands it over to be signed.
export const openNamed = () => {
  const [, id] = /^#draft=(\w+)$/.exec(location.hash) || [];
  if (!id) return;
  const found = drafts().find((one) => one.id === id && one.raw === undefined);
  if (found) open(found);
  else wrong(phrase("draftGone"));
};
export const drawDrafts = () => {
  takeOver(templatesHere);
  const all = drafts();
  const odd = all.filter((one) => one.raw !== undefined || unreadable.has(one.id));
  const draftButton = (one) =>
    make(
      "li",
      null,
      button(one.title, () => open(one)),
      make("span", { class: "gr-example" }, phrase("keptOn", { day: dayWords(dayOf(new Date(one.time))) })),
    );
  const ids = odd.map((one) => one.id);
  const lines = [
    ...all.filter((one) => !odd.includes(one)).map(draftButton),
    ...oddDrafts(ids, drawDrafts),
    ...oldDrafts(drawDrafts),
  ];
  parts.drafts.replaceChildren(
    ...(lines.length
      ? [
          make(
            "details",
            { class: "gr-details", open: unreadable.size > 0 },
            make("summary", null, phrase("orDraft")),
            make("ul", { class: "gr-take" }, lines),
          ),
        ]
      : []),
  );
};
