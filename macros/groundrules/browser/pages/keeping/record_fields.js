// A record with a field for each blank, in the place of its answer.

import { entries } from "../../core/answers.js";
import { assemble } from "../../core/assemble.js";
import { typeOf } from "../../core/blanks.js";
import { entriesOf, mapOf } from "../../core/maps.js";
import { blankKey } from "../../core/markup/nodes.js";
import { withFront } from "../../core/model.js";
import { isText } from "../../core/strings.js";
import { has, make } from "../../ui/elements.js";
import { growing } from "../../ui/growing.js";
import { watched } from "../../ui/too_long.js";
import { languageOf } from "./files.js";
import { reading } from "./tasks.js";

// What a blank that stands alone answers: the paragraph before it. A list between them belongs to that.
const questionOf = (block) => {
  const above = [];
  let words = block.previousElementSibling;
  for (; words && /^[OU]L$/.test(words.tagName); words = words.previousElementSibling) above.unshift(words);
  return words && words.tagName === "P" ? { words, above } : null;
};
let fields = 0;
const putField = (at, definition, value) => {
  const id = `gr-answer-${(fields += 1)}`;
  const rows = typeOf(definition).structure ? 4 : 1;
  const input = make("textarea", { id, rows, value, dir: "auto", name: at.dataset.blank });
  const block = at.closest("p, li");
  const isAlone = block.textContent === at.textContent;
  const asked = isAlone && questionOf(block);
  const label = make("label", { htmlFor: id }, asked ? [...asked.words.childNodes] : definition.ask);
  const field = make("div", { class: "gr-field" }, label, asked && asked.above, input, watched(input));
  if (asked) asked.words.remove();
  if (isAlone) block.replaceWith(field);
  else block.append(field);
};
const isWords = (definition) => ["", "paragraphs"].includes(typeOf(definition).structure);
// The blanks of a record that are answered in words, by key: the name and the definition of each.
export const wordBlanks = ({ front }) =>
  new Map(
    entriesOf(front.blanks)
      .filter(([, one]) => isWords(one))
      .map(([name, one]) => [blankKey(name), [name, one]]),
  );
export const fieldsOf = ({ agreement, waiting }) => {
  const { answers, title } = agreement.front;
  const asked = wordBlanks(agreement);
  const given = Object.fromEntries(entriesOf(answers).map(([name, one]) => [blankKey(name), one]));
  const others = mapOf(entriesOf(answers).filter(([name]) => !asked.has(blankKey(name))));
  const sheet = reading(assemble(withFront(agreement, { answers: others }), languageOf(agreement)), title)();
  sheet.querySelector(".gr-signing").remove();
  const seen = new Set();
  for (const at of sheet.querySelectorAll("[data-blank]")) {
    const key = at.dataset.blank;
    if (!asked.has(key) || seen.has(key)) continue;
    seen.add(key);
    const answer = has(given, key) ? given[key] : "";
    const words = isText(answer) ? answer : entries(answer).join(", ");
    putField(at, asked.get(key)[1], has(waiting, key) ? waiting[key] : words);
  }
  if (!CSS.supports("field-sizing", "content")) growing(sheet);
  return sheet;
};
