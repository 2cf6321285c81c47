// Drawing the page anew.

import { drafts } from "../../ui/drafts.js";
import { make } from "../../ui/elements.js";
import { oddDrafts, oldDrafts, takeOver } from "../../ui/odd_drafts.js";
import { button } from "./elements.js";
import { KINDS, fileFrom } from "./files.js";
import { reasons, say, wrong } from "./messages.js";
import { take } from "./opening.js";
import { agreementParts, otherParts } from "./overview.js";
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
export const drawDrafts = () => {
  takeOver(templatesHere);
  const all = drafts();
  const odd = all.filter((one) => one.raw !== undefined || unreadable.has(one.id));
  // Read when somebody asks for it: there may be many, and long ones.
  const open = (one) => {
    const { file, problems } = fileFrom("agreement.md", one.text);
    if (file) return void take([{ ...file, unsaved: true }]);
    unreadable.add(one.id);
    drawDrafts();
    const words = `"${one.title}" cannot be opened. It stays where it is, and can be saved as it is.`;
    return wrong(words, reasons(problems));
  };
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

export const render = () => {
  drawFiles();
  drawDrafts();
  const where = whereItStands();
  parts.agreement.replaceChildren(...(where ? agreementParts(where) : otherParts()));
};
