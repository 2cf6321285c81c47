// What may not stand in an agreement's file, in its titles or in its text.

import { parse } from "./markup/blocks.js";
import { hiddenCharacters } from "./markup/hidden.js";
import { MAX_LINE } from "./model.js";
import { SPACES, count } from "./strings.js";

const MAX_BYTES = 256 * 1024;
const TEMPLATE_CODE = /\{\{|\{%|\{#(?![a-z0-9-]*[ }])/;
const ODD_HEADING = new RegExp(`\\[\\[|\\]\\]|<[A-Za-z/!?]|[*_\`]{1,3}[^${SPACES}][^\\n]*[*_\`]|\\]\\(|\\{|\\}`);

// Where a file is larger than one that opens, and how; or nothing.
export function tooLarge(text) {
  if (text.length > MAX_BYTES)
    return { line: 1, message: `This file has ${text.length >> 10} KB; ${MAX_BYTES >> 10} KB is the most.` };
  const long = text.split("\n").findIndex((line) => line.length > MAX_LINE && count(line) > MAX_LINE);
  if (long < 0) return null;
  return { line: long + 1, message: `This line has more than ${MAX_LINE} signs. Write one sentence a line.` };
}

// What may not stand in a title, or in any value that is not an answer or somebody's name.
export function oddValue(value) {
  if (/<[A-Za-z/!?]/.test(value))
    return { name: "raw-html", message: "HTML is not allowed here. Write plain text, with a space after the sign <." };
  const match = TEMPLATE_CODE.exec(value);
  return (
    match && {
      name: "template-code",
      message: `"${match[0]}" looks like code, and nothing here is ever run. Write it another way.`,
    }
  );
}

export function oddTitle(title) {
  if (!title) return "This heading has no words. Write them after the #.";
  if (ODD_HEADING.test(title) || TEMPLATE_CODE.test(title))
    return "A heading is plain words: no blanks, links, emphasis, braces or HTML.";
  return hiddenCharacters(title);
}

// What is wrong with agreement text that people wrote: what the parser names, and what looks like code.
export function findings(text, firstLine = 1, mayBeEmpty = false) {
  const parsed = parse(text, firstLine);
  const found = [...parsed.findings];
  text.split("\n").forEach((line, index) => {
    const match = TEMPLATE_CODE.exec(line.replace(/\\/g, ""));
    if (match) found.push({ line: firstLine + index, name: "template-code", message: oddValue(match[0]).message });
  });
  if (!parsed.blocks.length && !mayBeEmpty)
    found.push({
      line: firstLine,
      name: "missing-text",
      message: "This clause has no text. Write it below the heading.",
    });
  return found.sort((a, b) => a.line - b.line);
}
