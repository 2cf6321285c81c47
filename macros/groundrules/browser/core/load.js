// An agreement's file, read; every mistake becomes a problem.

import { FrontReader, quote, split } from "./frontmatter.js";
import { entriesOf, mapOf } from "./maps.js";
import { parse } from "./markup/blocks.js";
import { hiddenCharacters } from "./markup/hidden.js";
import { AGREEMENT, DEFAULTS, MAX_LINE } from "./model.js";
import { Shaper } from "./shaper.js";
import { SPACES, code, count, isText, strip } from "./strings.js";
import { CONTROL } from "../shared/letters.js";
import {
  clauseWithoutText,
  controlCharacter,
  endBeforeStart,
  fileTooLarge,
  frontMatterNeverClosed,
  headingNotPlain,
  headingWithoutWords,
  htmlInValue,
  looksLikeCode,
} from "../shared/messages.js";

const MAX_BYTES = 256 * 1024;
const MAX_PROBLEMS = 50;
const CONTROL_SIGNS = new RegExp(`[${CONTROL}]`, "gu");
const TEMPLATE_CODE = /\{\{|\{%|\{#(?![a-z0-9-]*[ }])/;
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const ODD_HEADING = new RegExp(`\\[\\[|\\]\\]|<[A-Za-z/!?]|[*_\`]{1,3}[^${SPACES}][^\\n]*[*_\`]|\\]\\(|\\{|\\}`);

export function read(mdText) {
  const problems = [];
  let agreement = null;
  try {
    agreement = readAgreement(String(mdText), problems) || null;
  } catch {
    problems.push({
      line: 1,
      name: "unreadable",
      message: "This file cannot be understood. Open the copy you downloaded.",
    });
  }
  problems.sort((a, b) => a.line - b.line);
  return { agreement, problems };
}

function readAgreement(text, problems) {
  // Nobody reads more than these, and looking up their lines takes time.
  const problem = (line, name, message) => problems.length < MAX_PROBLEMS && problems.push({ line, name, message });
  text = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  if (text.length > MAX_BYTES)
    return void problem(1, "too-large", fileTooLarge({ kilobytes: text.length >> 10, most: MAX_BYTES >> 10 }));
  if (text.includes("\0"))
    return void problem(1, "not-utf-8", "This is not a text file. Choose the file that ends in .md.");
  const long = text.split("\n").findIndex((line) => line.length > MAX_LINE && count(line) > MAX_LINE);
  if (long >= 0)
    return void problem(long + 1, "too-large", `This line has more than ${MAX_LINE} signs. Write one sentence a line.`);
  for (const match of text.matchAll(CONTROL_SIGNS)) {
    if (problems.length === MAX_PROBLEMS) break;
    problem(
      text.slice(0, match.index).split("\n").length,
      "hidden-characters",
      controlCharacter({ code: code(match[0]) }),
    );
  }
  text = text.replace(CONTROL_SIGNS, " ");
  const parts = split(text);
  if (!parts) {
    return void problem(
      1,
      "no-front-matter",
      text.startsWith("---\n")
        ? frontMatterNeverClosed
        : 'This is not an agreement: it must start with front matter between two lines of "---".',
    );
  }
  const [frontText, body, bodyLine] = parts;
  const reader = new FrontReader(frontText, 2);
  const data = reader.read();
  problems.push(...reader.problems);
  if (reader.problems.length) return null;
  const lineOf = (path) => (problems.length < MAX_PROBLEMS ? frontLine(frontText, path) : 1);
  const shaper = new Shaper((path, name, message) => problem(lineOf(path), name, message));
  const front = shaper.shaped(data, AGREEMENT, []);
  if (!shaper.right) return null;
  lookAtValues(data, [], (path, name, message) => problem(lineOf(path), name, message));
  for (const key of ["parties", "left out", "signatures", "rounds", "related"]) front[key] = front[key] || [];
  for (const key of ["blanks", "answers", "taken"]) front[key] = front[key] || mapOf();
  for (const key of ["language", "status"]) if (!(key in front)) front[key] = DEFAULTS[key];
  if (front.start && front.end && front.end < front.start)
    problem(lineOf(["end"]), "bad-value", endBeforeStart);
  return readBody(front, body, bodyLine, problem);
}

// The line of a place in front matter, or of the nearest key above it: for messages, so a guess will do.
function frontLine(text, path) {
  const lines = text.split("\n");
  let at = 0;
  path.forEach((step, depth) => {
    if (!isText(step)) return;
    const found = lines.findIndex(
      (line, index) =>
        index >= at &&
        line.search(/[^ -]/) >= depth &&
        /^[ -]*(.*?) *:( |$)/.test(line) &&
        [step, quote(step)].includes(/^[ -]*(.*?) *:( |$)/.exec(line)[1]),
    );
    if (found >= 0) at = found;
  });
  return at + 2;
}

function lookAtValues(value, path, problem) {
  if (isText(value)) {
    const hidden = value.split("\n").map(hiddenCharacters).find(Boolean);
    if (hidden) problem(path, "hidden-characters", hidden);
    if (["answers", "parties", "signatures"].includes(path[0])) return;
    const wrong = oddValue(value);
    if (wrong) problem(path, wrong.name, wrong.message);
  } else if (Array.isArray(value)) value.forEach((one, index) => lookAtValues(one, [...path, index], problem));
  else for (const [key, one] of entriesOf(value)) lookAtValues(one, [...path, key], problem);
}

// What may not stand in a title, or in any value that is not an answer or somebody's name.
export function oddValue(value) {
  if (/<[A-Za-z/!?]/.test(value))
    return { name: "raw-html", message: htmlInValue };
  const match = TEMPLATE_CODE.exec(value);
  return (
    match && {
      name: "template-code",
      message: looksLikeCode({ code: match[0] }),
    }
  );
}

export function parts(body, firstLine, problem) {
  const intro = [];
  const found = [];
  body.split("\n").forEach((line, index) => {
    const number = firstLine + index;
    const match = /^(#{1,6})[ \t]+([^\n]*?)[ \t]*$/.exec(line);
    if (match && match[1].length === 2) {
      const attributes = /^([^\n]*?)[ \t]*\{#([^\s}]*)(?:[ \t]+wording=([^\s}]*))?[ \t]*\}$/.exec(match[2]);
      const [title, id, wording] = attributes
        ? [attributes[1], attributes[2], attributes[3] || ""]
        : [match[2], "", ""];
      const wrong = oddTitle(title);
      if (wrong) problem(number, "bad-heading", wrong);
      found.push({ title, id, wording, line: number, lines: [] });
    } else if (match) problem(number, "bad-heading", "A heading here starts with ##.");
    else (found.length ? found[found.length - 1].lines : intro).push(line);
  });
  return [intro.join("\n"), found];
}

export function oddTitle(title) {
  if (!title) return headingWithoutWords;
  if (ODD_HEADING.test(title) || TEMPLATE_CODE.test(title))
    return headingNotPlain;
  return hiddenCharacters(title);
}

function readBody(front, body, bodyLine, report) {
  let right = true;
  const problem = (...about) => {
    right = false;
    report(...about);
  };
  const [preamble, found] = parts(body, bodyLine, problem);
  const seen = new Set();
  for (const part of found) {
    if (!ID.test(part.id))
      problem(
        part.line,
        "bad-heading",
        `This heading needs an id of small letters, digits and hyphens after it, such as "${part.title} {#publicity}".`,
      );
    else if (seen.has(part.id))
      problem(part.line, "duplicate-id", `"${part.id}" stands here twice. Give this one another id.`);
    seen.add(part.id);
  }
  const sections = found.map(({ id, title, wording, lines, line }) => {
    for (const one of findings(lines.join("\n"), line + 1)) report(one.line, one.name, one.message);
    return { id, title, wording, text: strip(lines.join("\n"), "\n") };
  });
  for (const one of findings(preamble, bodyLine, true)) report(one.line, one.name, one.message);
  return right ? { front, preamble: strip(preamble, "\n"), sections } : null;
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
      message: clauseWithoutText,
    });
  return found.sort((a, b) => a.line - b.line);
}
