// What the checks warn of in an agreement's own text, which can be read and signed all the same.

import { typeOf } from "./blanks.js";
import { entriesOf, keysOf } from "./maps.js";
import { blankKey } from "./markup/nodes.js";
import { isText, strip } from "./strings.js";

// "1.1", "2.3.4.", "(a)", "b)", "(iv)", "c.": a hyphen or "1." starts a list, and is none of these.
const NUMBER = "\\p{Nd}{1,3}(?:\\.\\p{Nd}{1,3})+[.)]?";
const BETWEEN = "\\((?:\\p{Nd}{1,3}|[\\p{L}\\p{Nl}\\p{No}]|[ivxl]{2,5})\\)";
const LETTER = "(?:[a-z]|[ivxl]{2,5})[.)]";
const TYPED = new RegExp(`^ {0,3}(${NUMBER}|${BETWEEN}|${LETTER})\\s+\\S`, "u");

// The lines that begin with a typed number and join the line above.
export function typedNumbers(text, firstLine) {
  const lines = text.split("\n");
  return lines.flatMap((line, at) => {
    const found = at && strip(lines[at - 1]) && TYPED.exec(line);
    const message = found && phrase("typedNumber", { number: found[1] });
    return found ? [{ line: firstLine + at, name: "typed-number", message }] : [];
  });
}

// The answers in which a line break becomes a space; ``lineOf`` knows where each stands.
export function joinedAnswers({ blanks, answers }, lineOf) {
  const defined = new Map(entriesOf(blanks).map(([name, one]) => [blankKey(name), one]));
  const texts = (given) =>
    (isText(given) ? [given] : given).flatMap((one) => (isText(one) ? [one] : keysOf(one).map((key) => one[key])));
  return entriesOf(answers)
    .filter(([name, given]) => {
      const definition = defined.get(blankKey(name));
      const several = definition && isText(given) && typeOf(definition).structure === "paragraphs";
      return definition && !several && texts(given).some((one) => strip(one).includes("\n"));
    })
    .map(([name]) => ({
      line: lineOf(["answers", name]),
      name: "joined-lines",
      message: phrase("joinedLines", { name }),
    }));
}
