// Drawing the page anew.

import { drafts } from "../../ui/drafts.js";
import { make } from "../../ui/elements.js";
import { oddDrafts, oldDrafts, takeOver } from "../../ui/odd_drafts.js";
import { button } from "./elements.js";
import { KINDS } from "./files.js";
import { settle } from "./filling.js";
import { reasons, say, wrong } from "./messages.js";
import { take } from "./opening.js";
import { agreementParts, otherParts } from "./overview.js";
import { filesOf } from "./own_drafts.js";
import { dayWords, parts, state, templatesHere } from "./page.js";
import { whereItStands } from "./standing.js";

const drawFiles = () =>
  parts.files.replaceChildren(
    ...state.files.map((one) =>
      make(
        "li",
        null,
        make(
          "span",
          null,
          make("strong", null, KINDS[one.kind] || "Agreement, opened before"),
          " ",
          make("bdi", null, one.agreement.front.title),
          one.kind === "version" && `, version ${one.agreement.front.version}`,
          one.kind === "record" && `, ${dayWords(one.agreement.front.date)}`,
          make("span", { class: "gr-example" }, one.name, one.unsaved && " (not saved yet)"),
        ),
        button("Put away", () => putAway(one), { "aria-label": `Put away: ${one.name}` }),
      ),
    ),
  );
const putAway = (file) => {
  if (file.unsaved && !window.confirm(`"${file.name}" is not saved yet. Put it away all the same?`)) return;
  state.files = state.files.filter((one) => one !== file);
  render();
  say(`"${file.name}" is put away.`);
  parts.file.focus();
};

const dayOf = (time) => new Date(time).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
const unreadable = new Set();
// Read when somebody asks for it: there may be many, and long ones.
const openDraft = (one) => {
  const { files, problems } = filesOf(one);
  if (files) return void take(files);
  unreadable.add(one.id);
  drawDrafts();
  const words = `"${one.title}" cannot be opened. It stays where it is, and can be saved as it is.`;
  return wrong(words, reasons(problems));
};
// The draft that the address names: a page of a template hands it over to be signed.
export const openNamed = () => {
  const [, id] = /^#draft=(\w+)$/.exec(location.hash) || [];
  if (!id) return;
  const found = drafts().find((one) => one.id === id && one.raw === undefined);
  if (found) openDraft(found);
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
      button(one.title, () => openDraft(one)),
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

export const render = () => {
  settle();
  drawFiles();
  drawDrafts();
  const where = whereItStands();
  parts.agreement.replaceChildren(...(where ? agreementParts(where) : otherParts()));
};
