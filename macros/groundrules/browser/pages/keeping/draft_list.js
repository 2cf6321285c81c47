// The drafts that this browser keeps, to be opened here.

import { drafts } from "../../ui/drafts.js";
import { make } from "../../ui/elements.js";
import { oddDrafts, oldDrafts, takeOver } from "../../ui/odd_drafts.js";
import { button } from "./elements.js";
import { wrong } from "./messages.js";
import { parts, templatesHere } from "./page.js";
import { whole } from "./whole.js";

const dayOf = (time) => new Date(time).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
export const unreadable = new Set();
// Read when somebody asks for it: there may be many, and long ones.
const open = (one) => whole(({ openDraft }) => openDraft(one));
// The draft that the address names: a page of a template hands it over to be signed.
export const openNamed = () => {
  const [, id] = /^#draft=(\w+)$/.exec(location.hash) || [];
  if (!id) return;
  const found = drafts().find((one) => one.id === id && one.raw === undefined);
  if (found) open(found);
  else wrong("That draft is not in this browser any more. Open its file instead.");
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
      make("span", { class: "gr-example" }, `Kept on ${dayOf(one.time)}.`),
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
            make("summary", null, "Or a draft that this browser keeps"),
            make("ul", { class: "gr-take" }, lines),
          ),
        ]
      : []),
  );
};
