// An agreement's file, read; every mistake becomes a problem.

import { FrontReader, split } from "./frontmatter.js";
import { entriesOf, keysOf, mapOf } from "./maps.js";
import { parse } from "./markup/blocks.js";
import { hiddenCharacters } from "./markup/hidden.js";
import { MAX_LINE } from "./model.js";
import { Shaper } from "./shaper.js";
import { SPACES, code, count, isText, strip } from "./strings.js";
import { CONTROL } from "../shared/letters.js";
import {
  bracesAfterHeading,
  clauseWithoutText,
  controlCharacter,
  fileTooLarge,
  frontMatterNeverClosed,
  headingLevel,
  headingNotPlain,
  headingWithoutId,
  headingWithoutWords,
  htmlInValue,
  idTwice,
  lineTooLong,
  looksLikeCode,
  noFrontMatter,
} from "../shared/messages.js";
import { AGREEMENT, DEFAULTS } from "../shared/shape.js";

const MAX_BYTES = 256 * 1024;
const MAX_PROBLEMS = 50;
const CONTROL_SIGNS = new RegExp(`[${CONTROL}]`, "gu");
const HTML_START = /<[A-Za-z/!?]/;
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
    return void problem(long + 1, "too-large", lineTooLong({ count: count(text.split("\n")[long]), most: MAX_LINE }));
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
        : noFrontMatter,
    );
  }
  const [frontText, body, bodyLine] = parts;
  const reader = new FrontReader(frontText, 2);
  const data = reader.read();
  problems.push(...reader.problems);
  const found = (path, name, message) => problem(reader.lineOf(path), name, message);
  const shaper = new Shaper(found);
  let front = null;
  if (!reader.problems.length || keysOf(data).length) {
    lookAtValues(data, [], found);
    front = shaper.shaped(data, AGREEMENT, []);
  }
  const held = readBody(body, bodyLine, problem);
  if (reader.problems.length || shaper.wrongs || !held) return null;
  for (const key of ["parties", "left out", "signatures", "rounds", "related"]) front[key] = front[key] || [];
  for (const key of ["blanks", "answers", "taken"]) front[key] = front[key] || mapOf();
  for (const key of ["language", "status"]) if (!(key in front)) front[key] = DEFAULTS[key];
  return { front, ...held };
}

function lookAtValues(value, path, problem) {
  if (isText(value)) lookAtText(value, path, ["answers", "parties", "signatures"].includes(path[0]), problem);
  else if (Array.isArray(value)) value.forEach((one, index) => lookAtValues(one, [...path, index], problem));
  else
    for (const [key, one] of entriesOf(value)) {
      lookAtText(key, [...path, key], false, problem);
      lookAtValues(one, [...path, key], problem);
    }
}

function lookAtText(text, path, anySign, problem) {
  const hidden = text.split("\n").map(hiddenCharacters).find(Boolean);
  if (hidden) problem(path, "hidden-characters", hidden);
  if (anySign) return;
  if (HTML_START.test(text)) problem(path, "raw-html", htmlInValue);
  const code = oddCode(text);
  if (code) problem(path, "template-code", code);
}

function oddCode(text) {
  const match = TEMPLATE_CODE.exec(text);
  return match && looksLikeCode({ code: match[0] });
}

// What may not stand in a title, or in any value that is not an answer or somebody's name.
export const oddValue = (value) => (HTML_START.test(value) ? htmlInValue : oddCode(value));

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
      for (const [name, message] of titleProblems(title, !attributes)) problem(number, name, message);
      found.push({ title, id, wording, line: number, lines: [] });
    } else if (match) problem(number, "bad-heading", headingLevel({ level: "##" }));
    else (found.length ? found[found.length - 1].lines : intro).push(line);
  });
  return [intro.join("\n"), found];
}

function titleProblems(title, bare) {
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

function readBody(body, bodyLine, report) {
  let right = true;
  const problem = (...about) => {
    right = false;
    report(...about);
  };
  const [preamble, found] = parts(body, bodyLine, problem);
  const seen = new Map();
  for (const { id, line, title } of found) {
    if (seen.has(id)) problem(line, "duplicate-id", idTwice({ id, line: seen.get(id) }));
    else if (id) seen.set(id, line);
    if (!ID.test(id)) problem(line, "bad-heading", headingWithoutId({ title, example: "publicity" }));
  }
  const sections = found.map(({ id, title, wording, lines, line }) => {
    const text = lines.join("\n");
    for (const one of findings(text, line + 1, true)) report(one.line, one.name, one.message);
    if (!parse(text).blocks.length) report(line, "missing-text", clauseWithoutText);
    return { id, title, wording, text: strip(text, "\n") };
  });
  for (const one of findings(preamble, bodyLine, true)) report(one.line, one.name, one.message);
  return right ? { preamble: strip(preamble, "\n"), sections } : null;
}

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
