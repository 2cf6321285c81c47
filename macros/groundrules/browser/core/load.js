// An agreement's file, read; every mistake becomes a problem.

import { blocksOf } from "./assemble.js";
import { HTML_START, findings, oddCode, titleProblems, tooLarge } from "./file.js";
import { FrontReader, split } from "./frontmatter.js";
import { entriesOf, keysOf } from "./maps.js";
import { hiddenCharacters } from "./markup/hidden.js";
import { blankKey, inlines } from "./markup/nodes.js";
import { withDefaults } from "./model.js";
import { few } from "./problems.js";
import { joinedAnswers, typedNumbers } from "./remarks.js";
import { Shaper } from "./shaper.js";
import { code, count, isText, strip } from "./strings.js";
import { CONTROL } from "../shared/letters.js";
import { ENTRIES, GROWN, PIECES } from "../shared/limits.js";
import { AGREEMENT } from "../shared/shape.js";

const CONTROL_SIGNS = new RegExp(`[${CONTROL}]`, "gu");
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

// The agreement in a text, what is wrong with it, and what there is to remark on words that can be read.
export function read(mdText) {
  const problems = [];
  const remarks = [];
  let agreement = null;
  try {
    agreement = readAgreement(String(mdText), problems, remarks) || null;
  } catch {
    problems.push({
      line: 1,
      name: "unreadable",
      message: phrase("fileNotUnderstood"),
    });
  }
  const said = ({ message, ...about }) => ({ ...about, message: message.call ? message() : message });
  return { agreement, problems: few(problems).map(said), remarks: few(remarks).map(said) };
}

function readAgreement(text, problems, remarks) {
  const problem = (line, name, message) => problems.push({ line, name, message });
  text = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const large = tooLarge(text);
  if (large) return void problem(large.line, "too-large", large.message);
  if (text.includes("\0"))
    return void problem(1, "not-utf-8", phrase("notTextChooseMd"));
  text.split("\n").forEach((line, index) => {
    for (const [sign] of line.matchAll(CONTROL_SIGNS))
      problem(index + 1, "hidden-characters", phrase("controlCharacter", { code: code(sign) }));
  });
  text = text.replace(CONTROL_SIGNS, " ");
  const parts = split(text);
  if (!parts) {
    return void problem(
      1,
      "no-front-matter",
      text.startsWith("---\n")
        ? phrase("frontMatterNeverClosed")
        : phrase("notAnAgreement"),
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
  const held = readBody(body, bodyLine, problem, remarks);
  if (reader.problems.length || shaper.wrongs || !held) return null;
  const agreement = { front: withDefaults(front), ...held };
  remarks.push(...joinedAnswers(agreement.front, (path) => reader.lineOf(path)));
  const much = tooMuch(agreement, text);
  return much ? void problem(1, "too-large", much) : agreement;
}

// Why a text of this size would be too large once answers, names and titles stand in all their places.
function tooMuch({ front, preamble, sections }, whole) {
  // As a kept version holds it, in which each sign may have a backslash before it.
  const sizeOf = (value) =>
    isText(value)
      ? count(value) + (value.match(/[!-/:-@[-`{-~]/g) || []).length + 2
      : entriesOf(value).reduce((sum, [, one]) => sum + sizeOf(one), 0);
  let size = sizeOf(whole);
  const answers = new Map(entriesOf(front.answers).map(([name, one]) => [blankKey(name), sizeOf(one)]));
  answers.set("parties", sizeOf(front.parties.map((one) => one.name))).set("title", sizeOf(front.title));
  const titles = new Map(sections.map(({ id, title }) => [id, sizeOf(title)]));
  const texts = [preamble, ...sections.map((one) => one.text)];
  const blocks = texts.flatMap(blocksOf);
  const pieces = inlines(blocks).filter(({ kind }) => kind !== "text");
  const lists = entriesOf(front.answers).filter(([, one]) => Array.isArray(one));
  const entries = new Map(lists.map(([name, one]) => [blankKey(name), one.length]));
  const inAnswers = ({ kind, name }) => (kind === "blank" && entries.get(blankKey(name))) || 0;
  const filledIn = pieces.reduce((sum, one) => sum + inAnswers(one), 0);
  const held = [front.parties, sections, ...entriesOf(front.answers).map(([, one]) => one)];
  if (held.some((one) => Array.isArray(one) && one.length > ENTRIES))
    return phrase("tooManyEntries", { most: ENTRIES.toLocaleString(LANGUAGE) });
  if (blocks.length + pieces.length + itemsIn(blocks) + filledIn > PIECES)
    return phrase("tooManyPieces", { most: PIECES.toLocaleString(LANGUAGE) });
  for (const { kind, name, clause } of pieces)
    size += (kind === "blank" ? answers.get(blankKey(name)) : kind === "reference" && titles.get(clause)) || 0;
  return size > GROWN && phrase("grownTooLarge", { most: GROWN.toLocaleString(LANGUAGE) });
}

const itemsIn = (lists) =>
  lists.reduce((sum, { items = [] }) => sum + items.length + itemsIn(items.flatMap((one) => one.sublist || [])), 0);

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
  if (HTML_START.test(text)) problem(path, "raw-html", phrase("htmlInValue"));
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
    } else if (match) problem(number, "bad-heading", phrase("headingLevel", { level: "##" }));
    else (found.length ? found[found.length - 1].lines : intro).push(line);
  });
  return [intro.join("\n"), found];
}

function readBody(body, bodyLine, report, remarks) {
  let right = true;
  const problem = (...about) => {
    right = false;
    report(...about);
  };
  const [preamble, found] = parts(body, bodyLine, problem);
  remarks.push(...typedNumbers(preamble, bodyLine));
  const seen = new Map();
  for (const { id, line, title } of found) {
    if (seen.has(id)) problem(line, "duplicate-id", phrase("idTwice", { id, line: seen.get(id) }));
    else if (id) seen.set(id, line);
    if (!ID.test(id)) problem(line, "bad-heading", phrase("headingWithoutId", { title, example: "publicity" }));
  }
  const sections = found.map(({ id, title, wording, lines, line }) => {
    const text = lines.join("\n");
    remarks.push(...typedNumbers(text, line + 1));
    for (const one of findings(text, line + 1, true)) report(one.line, one.name, one.message);
    if (!blocksOf(text).length) report(line, "missing-text", phrase("clauseWithoutText"));
    return { id, title, wording, text: strip(text, "\n") };
  });
  for (const one of findings(preamble, bodyLine, true)) report(one.line, one.name, one.message);
  return right ? { preamble: strip(preamble, "\n"), sections } : null;
}
