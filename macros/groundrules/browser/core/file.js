// What may not stand in an agreement's file, in its titles or in its text.

import { parse } from "./markup/blocks.js";
import { hiddenCharacters } from "./markup/hidden.js";
import { SPACES, count } from "./strings.js";
import {
  bracesAfterHeading,
  clauseWithoutText,
  headingNotPlain,
  headingWithoutWords,
  htmlInValue,
  looksLikeCode,
} from "../shared/refusals.js";
import { KEPT, KILOBYTES, LINE } from "../shared/limits.js";

export const HTML_START = /<[A-Za-z/!?]/;
const TEMPLATE_CODE = /\{\{|\{%|\{#(?![a-z0-9-]*[ }])/;
const ODD_HEADING = new RegExp(`\\[\\[|\\]\\]|<[A-Za-z/!?]|[*_\`]{1,3}[^${SPACES}][^\\n]*[*_\`]|\\]\\(|\\{|\\}`);

// The bytes of ``text`` in a file.
const size = (text) =>
  text
    .replace(/[\ud800-\udbff][\udc00-\udfff]/g, "4444")
    .replace(/[\u0800-\uffff]/g, "333")
    .replace(/[\x80-\u07ff]/g, "22").length;

// Where a file is larger than one that opens, and how; or nothing.
export function tooLarge(text) {
  const kilobytes = Math.ceil(size(text) / 1024);
  // Only a kept version notes its own fingerprint. It holds the answers in its sentences.
  const kept = text.slice(0, text.indexOf("\n---", 3)).includes("\nfingerprint: ");
  if (kilobytes > KILOBYTES * (kept ? KEPT : 1))
    return { line: 1, message: phrase("fileTooLarge", { kilobytes, most: KILOBYTES }) };
  if (kept) return null;
  const lines = text.split("\n");
  const long = lines.findIndex((line) => line.length > LINE && count(line) > LINE);
  if (long < 0) return null;
  return { line: long + 1, message: phrase("lineTooLong", { count: count(lines[long]), most: LINE }) };
}

export function oddCode(text) {
  const match = TEMPLATE_CODE.exec(text);
  return match && looksLikeCode({ code: match[0] });
}

// What may not stand in a title, or in any value that is not an answer or somebody's name.
export const oddValue = (value) => (HTML_START.test(value) ? htmlInValue : oddCode(value));

export function titleProblems(title, bare) {
  const hidden = hiddenCharacters(title);
  const found = hidden ? [["hidden-characters", hidden]] : [];
  if (!title) found.push(["bad-heading", headingWithoutWords]);
  else if (oddCode(title)) found.push(["template-code", oddCode(title)]);
  else if (bare && title.endsWith("}")) found.push(["bad-heading", bracesAfterHeading]);
  else if (ODD_HEADING.test(title)) found.push(["bad-heading", headingNotPlain]);
  return found;
}

// Why ``title`` cannot stand in a heading, or nothing.
export const oddTitle = (title) => (titleProblems(title)[0] || [])[1];

// What is wrong with agreement text that people wrote: what the parser names, and what looks like code.
export function findings(text, firstLine = 1, mayBeEmpty = false) {
  const parsed = parse(text, firstLine);
  const found = [...parsed.findings];
  text.split("\n").forEach((line, index) => {
    const code = oddCode(line.replace(/\\/g, ""));
    if (code) found.push({ line: firstLine + index, name: "template-code", message: code });
  });
  if (!parsed.blocks.length && !mayBeEmpty)
    found.push({
      line: firstLine,
      name: "missing-text",
      message: clauseWithoutText,
    });
  return found.sort((a, b) => a.line - b.line);
}
