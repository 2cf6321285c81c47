// Drawing the page anew.

import { isText } from "../../core/strings.js";
import { PLACE } from "../../ui/drafts.js";
import { make } from "../../ui/elements.js";
import { button } from "./elements.js";
import { KINDS, fileFrom } from "./files.js";
import { say } from "./messages.js";
import { take } from "./opening.js";
import { agreementParts, otherParts } from "./overview.js";
import { dayWords, parts, state } from "./page.js";
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

const storedDrafts = () => {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PLACE))
      .map((key) => JSON.parse(localStorage.getItem(key)))
      .filter((one) => one && isText(one.text) && one.revision > 0)
      .sort((a, b) => b.time - a.time);
  } catch {
    return [];
  }
};
const dayOf = (time) => new Date(time).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
export const drawDrafts = () => {
  const all = storedDrafts();
  const draftButton = (one) => {
    const { file } = fileFrom("agreement.md", one.text);
    return (
      file &&
      make(
        "li",
        null,
        button(one.title, () => take([{ ...file, unsaved: true }])),
        make("span", { class: "gr-example" }, `Kept on ${dayOf(one.time)}.`),
      )
    );
  };
  parts.drafts.replaceChildren(
    ...(all.length
      ? [
          make(
            "details",
            { class: "gr-details" },
            make("summary", null, "Or a draft that this browser keeps"),
            make("ul", { class: "gr-take" }, all.map(draftButton)),
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
