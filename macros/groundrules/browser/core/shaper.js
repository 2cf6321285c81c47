// Front matter against its shape: what pydantic does in Python.

import { PROBLEMS } from "../shared/limits.js";
import { TYPES, typeOf } from "./blanks.js";
import { readDate } from "./days.js";
import { entriesOf, keysOf, mapOf, own } from "./maps.js";
import { meant, nearest } from "./problems.js";
import { isMap, isText, strip } from "./strings.js";

// What a value of each kind becomes, if it is right; and what is said if it is not.
const SCALARS = {
  any: [(value) => value],
  text: [(value) => value],
  words: [(value) => strip(value) || undefined, () => phrase("emptyValue")],
  day: [(value) => readDate(value) || undefined, (value) => phrase("notALikelyDate", { value })],
  number: [(value) => (/^[1-9]\d{0,3}$/.test(value) ? value : undefined), (value) => phrase("notANumber", { value })],
  print: [
    (value) => (!value || /^gr[12]:[0-9a-f]{64}$/.test(value) ? value : undefined),
    (value) => phrase("notAFingerprint", { value }),
  ],
  yes: [
    (value) => own({ yes: "yes", true: "yes", no: "", false: "" }, value),
    (value) => phrase("neitherYesNorNo", { value }),
  ],
};

export class Shaper {
  constructor(problem) {
    this.problem = problem;
    this.wrongs = 0;
  }

  wrong(path, message, name = "bad-value") {
    this.wrongs++;
    this.problem(path, name, message);
  }

  shaped(value, shape, path) {
    const last = path[path.length - 1];
    const key = isText(last) ? `"${last}"` : phrase("entryNumber", { number: last + 1 });
    if (shape.of && !isText(value)) return this.wrong(path, phrase("mustBeOneLine", { key }));
    if (isText(shape)) return this.scalar(value, shape, path, key);
    if (shape.of) {
      if (!shape.of.includes(value))
        this.wrong(path, phrase("unknownValue", { value, key, meant: meant(value, shape.of) }));
      return value;
    }
    if (Array.isArray(shape)) {
      if (Array.isArray(value)) return value.map((one, index) => this.shaped(one, shape[0], [...path, index]));
      return this.wrong(path, phrase("mustBeList", { key }));
    }
    if (!isMap(value))
      return this.wrong(path, path.length ? phrase("mustHoldKeys", { key }) : phrase("frontMatterHoldsKeys"));
    if (shape.each)
      return mapOf(entriesOf(value).map(([name, one]) => [name, this.shaped(one, shape.each, [...path, name])]));
    return this.keyed(value, shape, path, key);
  }

  keyed(value, shape, path, called) {
    const made = mapOf();
    const before = this.wrongs;
    const known = shape.known || keysOf(shape.keys);
    const misspelt = keysOf(value).filter((key) => !own(shape.keys, key));
    // Only what is shown in the end looks for the key that was meant: that takes time.
    for (const key of misspelt)
      this.wrong(
        [...path, key],
        () => phrase("unknownKey", { key: `"${key}"`, meant: meant(key, known) }),
        "unknown-key",
      );
    for (const key of keysOf(value)) {
      if (!own(shape.keys, key)) continue;
      const one = this.shaped(value[key], shape.keys[key], [...path, key]);
      if (one || one === "") made[key] = one;
    }
    const intended = misspelt.slice(0, PROBLEMS).map((key) => nearest(key, known));
    for (const key of shape.needs)
      if (!(key in value) && !intended.includes(key))
        this.wrong([...path, key], phrase("missingKey", { key }), "missing-key");
    const odd = this.wrongs === before && (shape.keys.ask ? oddBlank(made, shape) : oddDates(made));
    if (odd) this.wrong([...path, odd[0]], path.length ? phrase("valueOf", { key: called, message: odd[1] }) : odd[1]);
    return made;
  }

  scalar(value, shape, path, key) {
    if (shape !== "any" && !isText(value)) return this.wrong(path, phrase("mustBeOneLine", { key }));
    // A draft may hold a partner whose name is still to come.
    const unnamed = path[0] === "parties" && path[2] === "name" && !strip(value);
    const [right, said] = SCALARS[unnamed ? "text" : shape];
    const made = right(value);
    if (made === undefined) this.wrong(path, phrase("valueOf", { key, message: said(value) }));
    return shape === "yes" ? made || undefined : made;
  }
}

const either = (all) => all.reduce((one, other) => phrase("one or other", { one, other }));

// The key of a blank that does not go with another, and why.
function oddBlank(blank, shape) {
  const { dated, needs } = typeOf(blank);
  const names = (right) => keysOf(TYPES).filter((name) => right(TYPES[name]));
  const odd = (key) =>
    (needs === key) !== !!keysOf(blank[key]).length &&
    [key, phrase("goesWithType", { key, type: either(names((one) => one.needs === key)) })];
  if (odd("choices")) return odd("choices");
  if (blank.calendar && !dated) {
    const types = names((one) => one.dated).map((name) => phrase("a type", { name }));
    return ["calendar", phrase("calendarWithoutDay", { types: either(types) })];
  }
  if (blank["settled by"] && !blank.calendar) return ["settled by", phrase("settledByWithoutCalendar")];
  return shape.keys.columns && odd("columns");
}

const oddDates = ({ start, end }) => start && end && end < start && ["end", phrase("endBeforeStart")];
