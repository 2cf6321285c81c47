// A table, each of whose columns has a type of its own.

import { entriesOf, keysOf, own } from "../maps.js";
import { isMap, isText, strip } from "../strings.js";

export const rowsMisfit = {
  misfit({ columns }, answer, misfitOf) {
    const names = keysOf(columns);
    if (!Array.isArray(answer) || !answer.every(isMap)) {
      const quoted = names.map((name) => `"${name}"`);
      const last = quoted.pop();
      return phrase("notRows", { columns: [quoted.join(", "), last].filter(Boolean).join(" and ") });
    }
    for (const [index, cells] of answer.entries()) {
      const row = index + 1;
      for (const [column, cell] of entriesOf(cells)) {
        if (!own(columns, column)) return phrase("notAColumn", { row, column, columns: names.join(", ") });
        if (!isText(cell)) return phrase("cellNotOneLine", { row, column });
        const message = strip(cell) ? misfitOf(columns[column], cell) : null;
        if (message) return phrase("cellMisfit", { row, column, message });
      }
    }
    return null;
  },
};
