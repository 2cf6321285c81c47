// A comparison of two texts, drawn.

import { compare, renumberedWords } from "../../core/diff.js";
import { make } from "../../ui/elements.js";
import { unseen } from "./elements.js";
import { listed } from "./page.js";

// Words as people read them: a blank has its name in brackets, and no backslash stands before a character.
const readable = (text) => text.replace(/\\([\\[\]])|\[\[|\]\]/g, (found, sign) => sign || found[0]);
const PIECES = { removed: ["del", "removed: "], added: ["ins", "added: "] };
export const piece = ({ kind, text }) => {
  if (kind === "equal") return document.createTextNode(readable(text));
  const [tag, words] = PIECES[kind];
  return make(tag, null, unseen(`[${words}`), readable(text), unseen("]"));
};
const BLOCKS = { bullet: "•", table: "Table:", columns: "Columns:", row: "Row:" };
const drawnLine = (line, dir) => {
  const mark = line.kind === "number" ? line.mark : BLOCKS[line.kind];
  return make(
    "p",
    { class: "gr-line", "data-change": line.change, dir, "data-level": line.level },
    mark && `${mark} `,
    line.pieces.map(piece),
  );
};
// Lines that stayed are said to have stayed, once a run.
const drawnLines = ({ lines, change }, dir) =>
  lines.map((line, at) => {
    if (line.change !== "same") return drawnLine(line, dir);
    return change === "same" || (at && lines[at - 1].change === "same")
      ? null
      : make("p", { class: "gr-line gr-stays" }, "… ", unseen("Words that stayed the same."));
  });
// What has changed in the one part in which two texts differ.
export const changedLines = (old, now) =>
  compare(old, now).changed.map((part) => [
    part.title && part.title.change !== "same" && drawnLine(part.title, now.direction),
    drawnLines(part, now.direction),
  ]);
const FACTS = {
  title: "Title",
  parties: "Partners",
  start: "First day",
  end: "Last day",
  preamble: "The opening words",
};
const CHANGES = { reworded: "reworded", added: "new", removed: "removed" };
const drawnPart = (part, dir) => {
  const isClause = "moved" in part;
  const said = [CHANGES[part.change], part.moved && `moved from place ${part.oldNumber} to ${part.newNumber}`]
    .filter(Boolean)
    .join(", ");
  const head = isClause ? [`${part.newNumber || part.oldNumber}. `, part.title.pieces.map(piece)] : [FACTS[part.name]];
  return make(
    "section",
    { class: "gr-changed" },
    make("h4", null, make("bdi", null, head), " ", make("span", { class: "gr-badge" }, said)),
    drawnLines(part, dir),
  );
};
export const comparison = (old, now) => {
  const found = compare(old, now);
  const { changed, clauses } = found;
  if (!changed.length) return [make("p", null, "Nothing. Both texts say the same.")];
  const count = (test, one, many) => {
    const times = clauses.filter(test).length;
    return times && `${times} ${times === 1 ? one : many}`;
  };
  const sums = [
    count((one) => one.change === "added", "clause is new", "clauses are new"),
    count((one) => one.change === "removed", "was removed", "were removed"),
    count((one) => one.change === "reworded", "was reworded", "were reworded"),
    count((one) => one.moved, "moved", "moved"),
  ].filter(Boolean);
  return [
    make(
      "p",
      null,
      sums.length ? `Of the clauses, ${listed(sums)}. ` : "No clause changed. ",
      make("span", { class: "gr-went" }, "Struck out"),
      " went, ",
      make("span", { class: "gr-came" }, "underlined"),
      " came.",
    ),
    ...changed.map((part) => drawnPart(part, now.direction)),
    found.renumbered.length ? make("p", { class: "gr-renumbered" }, renumberedWords(found)) : "",
  ];
};
