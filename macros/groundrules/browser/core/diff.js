// What has changed between two texts of an agreement, clause by clause.

import { stopped } from "./answers.js";
import { aligned, edits, reordered, stripOf, token, tokens } from "./diff_words.js";
import { canonicalLine, marked, wordsOf } from "./fingerprint.js";
import { writtenDate } from "./language.js";
import { strip } from "./strings.js";

export function compare(old, now) {
  const [before, after] = [new Text(old), new Text(now)];
  const others = after.parts();
  const parts = before.parts().map(([name, lines], at) => partOf(name, lines, others[at][1]));
  const preamble = parts.pop();
  const clauses = clausesOf(before, after);
  const changed = [
    ...[...parts, preamble].filter((one) => one.change !== "same"),
    ...clauses.filter((one) => one.change !== "same" || one.moved),
  ];
  return { facts: parts, preamble, clauses, changed, same: !changed.length };
}

class Text {
  constructor(document) {
    this.document = document;
    this.clauses = new Map(document.clauses.map((clause) => [clause.id, clause]));
    const named = (one) => canonicalLine(marked(`${document.labels.clause} ${one.number}, ${one.title}`));
    this.ids = new Map(document.clauses.map((one) => [named(one), one.id]));
    const known = [...this.ids.keys()]
      .sort((a, b) => b.length - a.length)
      .map((one) => one.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
    this.references = known.length ? new RegExp(known.join("|"), "g") : /(?!)/g;
  }

  parts() {
    const { document } = this;
    const day = (one) => (one ? writtenDate(one, document.locale) : "");
    return [
      ["title", this.linesOf(document.title)],
      ["parties", document.parties.map((one) => this.line("party", partyLine(one, document.labels)))],
      ["start", this.linesOf(day(document.start))],
      ["end", this.linesOf(day(document.end))],
      ["preamble", this.blocks(document.preamble)],
    ];
  }

  linesOf(text) {
    return strip(text) ? [this.line("paragraph", text)] : [];
  }

  blocks(blocks) {
    return blocks.flatMap((block) => {
      if (block.kind === "paragraph") return [this.line("paragraph", wordsOf(block.children, this.document))];
      if (block.kind === "list") return this.items(block, 1);
      if (block.kind !== "table") return [];
      return [
        this.line("table", block.name),
        this.line("columns", rowOf(block.columns)),
        ...block.rows.map((row) => this.line("row", rowOf(row))),
      ];
    });
  }

  items(list, level) {
    return list.items.flatMap((item, index) => {
      const [kind, mark] = list.ordered ? ["number", `${index + 1}.`] : ["bullet", "-"];
      return [
        this.line(kind, wordsOf(item.children, this.document), level, mark),
        ...(item.sublist ? this.items(item.sublist, level + 1) : []),
      ];
    });
  }

  line(kind, words, level = 0, mark = "") {
    const text = canonicalLine(words);
    const bare = text.replace(this.references, (found) => `\0${this.ids.get(found)}\0`);
    return { ...stripOf(`${kind} ${level}`, text, this.tokens(text), bare), lineKind: kind, level, mark };
  }

  tokens(text) {
    const found = [];
    let start = 0;
    for (const reference of text.matchAll(this.references)) {
      found.push(
        ...tokens(text.slice(start, reference.index)),
        token(reference[0], `\0clause ${this.ids.get(reference[0])}`),
      );
      start = reference.index + reference[0].length;
    }
    return [...found, ...tokens(text.slice(start))];
  }
}

function partyLine({ name, organisation, contact, role }, labels) {
  const joined = (...all) => all.filter(Boolean).join(", ");
  return contact
    ? `${stopped(joined(name, organisation))} ${labels.contact}: ${joined(contact, role)}`
    : joined(name, organisation, role);
}

const rowOf = (cells) => cells.map(canonicalLine).join(" | ");

function clausesOf(before, after) {
  const found = [];
  for (const [i, j] of reordered([...before.clauses.keys()], [...after.clauses.keys()])) {
    let old = i === null ? null : before.document.clauses[i];
    const now = j === null ? null : after.document.clauses[j];
    if (old && !now && after.clauses.has(old.id)) continue;
    const moved = !old && before.clauses.has(now.id);
    if (moved) old = before.clauses.get(now.id);
    found.push(clauseOf(before, after, old, now, moved));
  }
  return found;
}

function clauseOf(before, after, old, now, moved) {
  const title = lineOf(old && before.line("paragraph", old.title), now && after.line("paragraph", now.title));
  const lines = linesFrom(old ? before.blocks(old.blocks) : [], now ? after.blocks(now.blocks) : []);
  let change = [title, ...lines].some((one) => one.change !== "same") ? "reworded" : "same";
  if (!old || !now) change = now ? "added" : "removed";
  return {
    name: (now || old).id,
    change,
    lines,
    title,
    oldNumber: old ? old.number : 0,
    newNumber: now ? now.number : 0,
    moved,
  };
}

function partOf(name, old, now) {
  const lines = linesFrom(old, now);
  let change = lines.some((line) => line.change !== "same") ? "reworded" : "same";
  if (change !== "same" && !(old.length && now.length)) change = now.length ? "added" : "removed";
  return { name, change, lines };
}

function linesFrom(old, now) {
  const pairs = aligned(old, now).map(([i, j]) => [i === null ? null : old[i], j === null ? null : now[j]]);
  const lines = pairs.map(([one, other]) => lineOf(one, other));
  if (lines.some((line) => line.change !== "same")) return lines;
  // Only where the numbers of lists start again can still differ.
  return pairs.flatMap(([one, other]) =>
    one && other && one.mark === other.mark ? [lineOf(one, other)] : [lineOf(one, null), lineOf(null, other)],
  );
}

function lineOf(old, now) {
  const { lineKind: kind, level, mark } = now || old;
  if (old && now && old.key === now.key)
    return { change: "same", kind, level, mark, pieces: [equalPiece(old.text, now.text)] };
  const pieces = piecesOf(edits(old ? old.tokens : [], now ? now.tokens : []));
  return { change: old && now ? "reworded" : now ? "added" : "removed", kind, level, mark, pieces };
}

const equalPiece = (old, now) => ({ kind: "equal", text: now, was: old === now ? "" : old });

export const piecesOf = (found) =>
  found.flatMap((edit) => {
    const [old, now] = [edit.old, edit.new].map((side) => side.map((one) => one.text).join(""));
    if (edit.equal) return [equalPiece(old, now)];
    return [old && { kind: "removed", text: old, was: "" }, now && { kind: "added", text: now, was: "" }].filter(
      Boolean,
    );
  });
