// A comparison of two texts, drawn.

import { compare, renumberedWords } from "../../core/diff.js";
import { make } from "../../ui/elements.js";
import { unseen } from "./elements.js";
import { listed } from "./page.js";

// Words as people read them: a blank has its name in brackets, and no backslash stands before a character.
const readable = (text) => text.replace(/\\([\\[\]])|\[\[|\]\]/g, (found, sign) => sign || found[0]);
const PIECES = { removed: ["del", phrase("pieceRemoved")], added: ["ins", phrase("pieceAdded")] };
export const piece = ({ kind, text }) => {
  if (kind === "equal") return document.createTextNode(readable(text));
  const [tag, words] = PIECES[kind];
  return make(tag, null, unseen(`[${words}`), readable(text), unseen("]"));
};
const BLOCKS = { bullet: "•", table: phrase("lineTable"), columns: phrase("lineColumns"), row: phrase("lineRow") };
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
      : make("p", { class: "gr-line gr-stays" }, "… ", unseen(phrase("wordsStayed")));
  });
// What has changed in the one part in which two texts differ.
export const changedLines = (old, now) =>
  compare(old, now).changed.map((part) => [
    part.title && part.title.change !== "same" && drawnLine(part.title, now.direction),
    drawnLines(part, now.direction),
  ]);
const FACTS = {
  title: phrase("factTitle"),
  parties: phrase("factParties"),
  start: phrase("factStart"),
  end: phrase("factEnd"),
  preamble: phrase("the opening words"),
};
const CHANGES = { reworded: phrase("partReworded"), added: phrase("partNew"), removed: phrase("partRemoved") };
const drawnPart = (part, dir) => {
  const isClause = "moved" in part;
  const said = [CHANGES[part.change], part.moved && phrase("partMoved", { from: part.oldNumber, to: part.newNumber })]
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
  if (!changed.length) return [make("p", null, phrase("nothingChangedAtAll"))];
  const sum = (test, say) => [clauses.filter(test).length].filter(Boolean).map(say);
  const sums = [
    ...sum((one) => one.change === "added", (count) => phrase("clausesNew", { count })),
    ...sum((one) => one.change === "removed", (count) => phrase("clausesRemoved", { count })),
    ...sum((one) => one.change === "reworded", (count) => phrase("clausesReworded", { count })),
    ...sum((one) => one.moved, (count) => phrase("clausesMoved", { count })),
  ];
  const went = make("span", { class: "gr-went" }, phrase("struckOut"));
  const came = make("span", { class: "gr-came" }, phrase("underlined"));
  return [
    make(
      "p",
      null,
      sums.length ? phrase("ofTheClauses", { changes: listed(sums) }) : phrase("noClauseChanged"),
      " ",
      phraseParts("wentAndCame", { went, came }),
    ),
    ...changed.map((part) => drawnPart(part, now.direction)),
    found.renumbered.length ? make("p", { class: "gr-renumbered" }, renumberedWords(found)) : "",
  ];
};
