// What a fork of a template keeps: its answers, and the blanks of its text.

import { blocksOf, withoutNotes } from "./assemble.js";
import { typeOf } from "./blanks.js";
import { entriesOf, keysOf, mapOf } from "./maps.js";
import { blankKey, inlines } from "./markup/nodes.js";
import { isMap, isText, strip } from "./strings.js";

export const find = (map, name) => keysOf(map).find((one) => blankKey(one) === blankKey(name));
export const sectionBlanks = (text) =>
  inlines(withoutNotes(blocksOf(text)))
    .filter((node) => node.kind === "blank")
    .map((node) => node.name);

// What the clauses of a library define. Their columns come as pairs: an object would not keep the order of numbers.
export const definitionsOf = (clauses) =>
  mapOf(
    clauses
      .flatMap((clause) => entriesOf(clause.blanks))
      .map(([name, one]) => [name, one.columns ? { ...one, columns: mapOf(one.columns) } : one]),
  );

// An answer as it is kept: no white space around it, no empty entry, cell or row; columns in order.
export function settled(definition, answer) {
  if (typeOf(definition).structure === "table") {
    return (Array.isArray(answer) ? answer : [])
      .filter(isMap)
      .map((row) => {
        const given = new Map(
          entriesOf(row).map(([column, cell]) => [blankKey(column), isText(cell) ? strip(cell) : ""]),
        );
        return mapOf(
          keysOf(definition.columns)
            .map((column) => [column, given.get(blankKey(column))])
            .filter(([, cell]) => cell),
        );
      })
      .filter((row) => keysOf(row).length);
  }
  if (Array.isArray(answer))
    return answer
      .filter(isText)
      .map((one) => strip(one))
      .filter(Boolean);
  return isText(answer) ? strip(answer) : "";
}
