// A proposal in words: what is theirs, what is mine, and what both came from.

import { entries } from "./answers.js";
import { piecesOf } from "./diff.js";
import { edits, tokens } from "./diff_words.js";
import { entriesOf } from "./maps.js";
import { isMap, strip } from "./strings.js";
import { VERSION, isOlder, takenDefinition } from "./update_compare.js";

const SAID = {
  library: phrase("libraryHasOtherWords"),
  both: phrase("bothChanged"),
  "no base": phrase("baseUnknown"),
  new: phrase("onlyInTemplate"),
  dropped: phrase("goneFromLibrary"),
  renamed: phrase("otherIdInLibrary"),
  question: phrase("askedInAnotherWay"),
  same: phrase("alreadyTheSame"),
};

// What has happened, in a sentence or two.
export function said({ kind, mine, theirs, clause }) {
  if (!mine && kind === "dropped")
    return phrase("leftOutAndGone");
  if (!mine && kind === "renamed") return phrase("leftOutUnderOtherId");
  const moved = mine && theirs && kind !== "renamed" && (theirs.id !== clause || theirs.wording !== mine.wording);
  return SAID[kind] + (moved ? phrase("libraryCallsIt", { id: theirs.id }) : "");
}

// Why a library has nothing new for ``agreement``, if it is older than the one that it was compared with.
export const saidOlder = (agreement, library) =>
  isOlder(agreement, library) &&
  phrase("olderLibrary", { noted: agreement.front.taken[VERSION], here: library.version });

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
