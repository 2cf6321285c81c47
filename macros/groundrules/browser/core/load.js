// An agreement's file, read; every mistake becomes a problem.

import { HTML_START, findings, oddCode, titleProblems, tooLarge } from "./file.js";
import { FrontReader, split } from "./frontmatter.js";
import { entriesOf, keysOf } from "./maps.js";
import { parse } from "./markup/blocks.js";
import { hiddenCharacters } from "./markup/hidden.js";
import { withDefaults } from "./model.js";
import { Shaper } from "./shaper.js";
import { code, isText, strip } from "./strings.js";
import { CONTROL } from "../shared/letters.js";
import {
  clauseWithoutText,
  controlCharacter,
  frontMatterNeverClosed,
  headingLevel,
  headingWithoutId,
  htmlInValue,
  idTwice,
} from "../shared/messages.js";
import { AGREEMENT } from "../shared/shape.js";

const MAX_PROBLEMS = 50;
const CONTROL_SIGNS = new RegExp(`[${CONTROL}]`, "gu");
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

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
  const large = tooLarge(text);
  if (large) return void problem(large.line, "too-large", large.message);
  if (text.includes("\0"))
    return void problem(1, "not-utf-8", "This is not a text file. Choose the file that ends in .md.");
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
  const found = (path, name, message) => problem(reader.lineOf(path), name, message);
  const shaper = new Shaper(found);
  let front = null;
  if (!reader.problems.length || keysOf(data).length) {
    lookAtValues(data, [], found);
    front = shaper.shaped(data, AGREEMENT, []);
  }
  const held = readBody(body, bodyLine, problem);
  if (reader.problems.length || shaper.wrongs || !held) return null;
  return { front: withDefaults(front), ...held };
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
