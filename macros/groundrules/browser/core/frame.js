// Whether a document is a form: whether there is something to fill in.

import { withoutNotes } from "./assemble.js";
import { inlines } from "./markup/nodes.js";

export const isForm = (document) =>
  [document.preamble, ...document.clauses.map((clause) => clause.blocks)].some(isOpen);
const isOpen = (blocks) =>
  withoutNotes(blocks).some((block) => block.kind === "table" && !block.rows.length) ||
  inlines(withoutNotes(blocks)).some((node) => node.kind === "hole");
