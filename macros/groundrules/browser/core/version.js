// A version of an agreement, to be kept.

import { MARKS } from "../shared/marks.js";
import { entries, isEmpty } from "./answers.js";
import { typeOf } from "./blanks.js";
import { clauseWords, fingerprint } from "./fingerprint.js";
import { mapOf } from "./maps.js";
import { parse } from "./markup/blocks.js";
import { blankKey } from "./markup/nodes.js";
import { SPECIAL, isDelimiter } from "./markup/words.js";
import { strip } from "./strings.js";

const MEANT = new RegExp(`[${SPECIAL}\\]]`, "g");
// What a line of agreement text may not start with.
const STARTERS = [..."-+#>|=:"].filter((sign) => !isDelimiter(sign)).join("");
const START = new RegExp(`^([0-9]{1,9}(?=[.)])|(?=[${STARTERS}]))(.)`, "u");
const SENTENCE = /([.!?]) (?=[\p{L}\p{Nl}\p{No}])/gu;

export function finished(document, front, version, form) {
  const kept = document.blanks.filter(
    ({ definition }) => typeOf(definition).structure === "table" || definition.private === "yes" || definition.calendar,
  );
  const made = mapOf([
    ["title", document.title],
    ["template", front.template],
    ["language", front.language],
  ]);
  for (const key of ["start", "end"]) if (front[key]) made[key] = front[key];
  made.parties = front.parties;
  made.blanks = mapOf(kept.map((one) => [one.name, one.definition]));
  made.answers = mapOf(kept.filter((one) => !isEmpty(one.answer)).map((one) => [one.name, one.answer]));
  Object.assign(made, { version: String(version), fingerprint: fingerprint(document, form) });
  const sections = document.clauses.map(({ id, title, wording, blocks }) => ({
    id,
    title,
    wording,
    text: runs(blocks, document),
  }));
  return { front: made, preamble: runs(document.preamble, document), sections };
}

export function runs(blocks, document) {
  const made = [];
  for (const block of blocks) {
    const hidden = privateBlank(block, document);
    if (block.kind === "table") made.push(`[[${block.name}]]`);
    else if (hidden) {
      // An answer of several paragraphs or entries is one blank.
      if (made[made.length - 1] !== `[[${hidden}]]`) made.push(`[[${hidden}]]`);
    } else if (block.kind !== "note") {
      const marked = run(block, true);
      // Stars beside an answer that starts with punctuation may not be read as emphasis, which is only a look.
      made.push(parse(marked).findings.length ? run(block, false) : marked);
    }
  }
  return made.join("\n\n");
}

// The name of the private blank whose answer ``block`` is, or nothing. A list counts only if it is the answer.
function privateBlank(block, document) {
  const isList = block.kind === "list";
  const nodes = isList
    ? block.items.filter((item) => item.children.length === 1 && !item.sublist).map((item) => item.children[0])
    : block.children || [];
  const [one] = nodes;
  if (!one || one.kind !== "filled" || !one.private) return "";
  if (!isList) return nodes.length === 1 ? one.name : "";
  const { answer } = document.blanks.find((blank) => blankKey(blank.name) === blankKey(one.name));
  const texts = nodes
    .filter((node) => node.kind === "filled" && node.name === one.name)
    .map((node) => node.text.toLowerCase());
  const given = entries(answer).map((entry) => entry.toLowerCase());
  return texts.length === block.items.length && texts.join("\n") === given.join("\n") ? one.name : "";
}

function run(block, marked) {
  if (block.kind === "list") return items(block, marked, "").join("\n");
  // One sentence a line, as far as characters tell: so versions compare well.
  return strip(source(block.children, marked, true), " ")
    .split("\n")
    .map(unmarked)
    .join("\n");
}

function items(list, marked, indent) {
  return list.items.flatMap((item, index) => {
    const mark = list.ordered ? `${index + 1}. ` : "- ";
    const below = item.sublist ? items(item.sublist, marked, indent + " ".repeat(mark.length)) : [];
    return [indent + mark + unmarked(strip(source(item.children, marked), " ")), ...below];
  });
}

const source = (nodes, marked, ends) =>
  nodes
    .map((node) => {
      if (node.kind === "filled" && node.private) return `[[${node.name}]]` + (node.stop || "").replace(MEANT, "\\$&");
      if (node.kind === "text" || node.kind === "filled") {
        const text = node.text.replace(MEANT, "\\$&");
        return ends ? text.replace(SENTENCE, "$1\n") : text;
      }
      if (node.kind === "number") return clauseWords(node).replace(MEANT, "\\$&");
      if (node.kind === "hole" || node.kind === "blank") return `[[${node.name}]]`;
      const inside = source(node.children, marked);
      if (node.kind === "link") return `[${inside}](${node.address})`;
      const { sign } = marked ? MARKS[node.kind] : { sign: "" };
      return sign + inside + sign;
    })
    .join("");

// ``line`` as words, whatever it starts with: "1. May" is no list.
const unmarked = (line) => line.replace(START, "$1\\$2");
