// What has changed between two texts of an agreement, clause by clause.

import { stopped } from "./answers.js";
import { aligned, edits, reordered, stripOf, token, tokens } from "./diff_words.js";
import { canonicalLine, clauseWords, marked, wordsOf } from "./fingerprint.js";
import { writtenDate } from "./language.js";
import { identities } from "./pairing.js";
import { strip } from "./strings.js";

export function compare(old, now) {
  const [before, after] = [new Text(old), new Text(now)];
  [before.names, after.names] = identities(before.kin(), after.kin());
  const others = after.parts();
  const parts = before
    .parts()
    .map(([name, lines], at) => partOf(name, before.strips(lines), after.strips(others[at][1])));
  const preamble = parts.pop();
  const clauses = clausesOf(before, after);
  const changed = [
    ...[...parts, preamble].filter((one) => one.change !== "same"),
    ...clauses.filter((one) => one.change !== "same" || one.moved),
  ];
  return { facts: parts, preamble, clauses, changed, renumbered: renumberedIn(clauses), same: !changed.length };
}

// The clauses in a row that stayed in their order and have other numbers.
function renumberedIn(clauses) {
  const found = [];
  for (const { oldNumber: old, newNumber: now, moved } of clauses) {
    if (!old || !now || old === now || moved) continue;
    const last = found[found.length - 1];
    if (last && last.old[1] + 1 === old && last.new[1] + 1 === now) [last.old[1], last.new[1]] = [old, now];
    else found.push({ old: [old, old], new: [now, now] });
  }
  return found;
}

export function renumberedWords({ renumbered }) {
  const said = renumbered.map(({ old: [old, last], new: [now, end] }) =>
    old === last ? phrase("renumberedOne", { old, now }) : phrase("renumberedRun", { old, last, now, end }),
  );
  return said.length ? phrase("renumberedAll", { changes: said.join("; ") }) : "";
}

class Text {
  constructor(document) {
    this.document = document;
    const named = (one) => canonicalLine(marked(clauseWords(one)));
    this.places = new Map(document.clauses.map((one, at) => [named(one), at]));
    const known = [...this.places.keys()]
      .sort((a, b) => b.length - a.length)
      .map((one) => one.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
    this.references = known.length ? new RegExp(known.join("|"), "g") : /(?!)/g;
    this.lines = document.clauses.map((one) => this.blocks(one.blocks));
  }

  // The clauses as they are told from others; a reference is its clause's title.
  kin() {
    const titles = this.document.clauses.map((one) => canonicalLine(one.title));
    return this.document.clauses.map(({ id }, at) => {
      const lines = this.lines[at].map((one) => this.named(one.text, titles));
      const kinds = this.lines[at].map((one) => `${one.lineKind} ${one.level}`);
      return { id, title: titles[at], lines, text: JSON.stringify([titles[at], kinds, lines]) };
    });
  }

  named(text, names) {
    return text.replace(this.references, (found) => `\0${names[this.places.get(found)]}\0`);
  }

  // Lines to align, once the clauses have their names.
  strips(lines) {
    return lines.map((one) => ({
      ...stripOf(`${one.lineKind} ${one.level}`, one.text, this.tokens(one.text), this.named(one.text, this.names)),
      ...one,
    }));
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
      if (block.kind === "paragraph") return [this.line("paragraph", wordsOf(block.children))];
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
        this.line(kind, wordsOf(item.children), level, mark),
        ...(item.sublist ? this.items(item.sublist, level + 1) : []),
      ];
    });
  }

  line(kind, words, level = 0, mark = "") {
    return { text: canonicalLine(words), lineKind: kind, level, mark };
  }

  tokens(text) {
    const found = [];
    let start = 0;
    for (const reference of text.matchAll(this.references)) {
      found.push(
        ...tokens(text.slice(start, reference.index)),
        token(reference[0], `\0clause ${this.names[this.places.get(reference[0])]}`),
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
  const places = new Map(before.names.map((name, at) => [name, at]));
  const here = new Set(after.names);
  const found = [];
  for (const [i, j] of reordered(before.names, after.names)) {
    if (j === null && here.has(before.names[i])) continue;
    const moved = i === null && places.has(after.names[j]);
    found.push(clauseOf(before, after, moved ? places.get(after.names[j]) : i, j, moved));
  }
  return found;
}

function clauseOf(before, after, i, j, moved) {
  const [old, now] = [i === null ? null : before.document.clauses[i], j === null ? null : after.document.clauses[j]];
  const titled = (text, clause) => clause && text.strips([text.line("paragraph", clause.title)])[0];
  const title = lineOf(titled(before, old), titled(after, now));
  const lines = linesFrom(old ? before.strips(before.lines[i]) : [], now ? after.strips(after.lines[j]) : []);
  let change = [title, ...lines].some((one) => one.change !== "same") ? "reworded" : "same";
  if (!old || !now) change = now ? "added" : "removed";
  return {
    name: (now || old).id,
    change,
    lines,
    title,
    was: old ? old.id : "",
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
