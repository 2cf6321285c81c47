// A proposal in words: what is theirs, what is mine, and what both came from.

import { entries } from "./answers.js";
import { piecesOf } from "./diff.js";
import { aligned, edits, stripOf, tokens } from "./diff_words.js";
import { entriesOf } from "./maps.js";
import { isMap, strip } from "./strings.js";
import { PREAMBLE, takenDefinition } from "./update_compare.js";

const SAID = {
  library: "The library has other words now. Yours are still those that you took.",
  both: "You changed this clause, and so did the library.",
  "no base": "The library's words are not yours, and nobody knows which of them you took.",
  new: "The template has this clause, and your agreement does not.",
  dropped: "The library no longer has this clause, or this wording of it. Yours stays as it is.",
  renamed: "The library calls this clause by another id. Its words are the same.",
  question: "The library asks for these answers in another way. The words are the same.",
  same: "The library now has the words that you had already.",
};

// What has happened, in a sentence or two.
export function said({ kind, mine, theirs, clause }) {
  if (!mine && kind === "dropped")
    return "You left this out, and the template no longer has it. It is taken off the list of what you left out.";
  if (!mine && kind === "renamed") return "You left this out, and it has another id now. It stays left out.";
  const moved = mine && theirs && kind !== "renamed" && (theirs.id !== clause || theirs.wording !== mine.wording);
  return SAID[kind] + (moved ? ` The library now calls it "${theirs.id}".` : "");
}

// The lines of ``now`` in pieces, with what of ``old`` is gone and what came.
export function markedLines(old, now) {
  const lines = (one, other) =>
    [...(one.title !== other.title && one.id !== PREAMBLE ? [one.title] : []), ...one.text.split("\n")].map((text) =>
      stripOf("", text),
    );
  const [before, after] = [lines(old, now), lines(now, old)];
  return aligned(before, after).map(([i, j]) =>
    piecesOf(edits(i === null ? [] : before[i].tokens, j === null ? [] : after[j].tokens)),
  );
}

// What of the definition of a blank changes: a key, and its text in pieces.
export function questionLines(question) {
  const [old, now] = [flat(question.mine), flat(takenDefinition(question))];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((key) => (old.get(key) || "") !== (now.get(key) || ""))
    .map((key) => [key, piecesOf(edits(tokens(old.get(key) || ""), tokens(now.get(key) || "")))]);
}

function flat(value, path = "") {
  if (isMap(value)) return new Map(entriesOf(value).flatMap(([key, below]) => [...flat(below, `${path} ${key}`)]));
  return new Map([[strip(path), entries(value).join("; ")]]);
}
