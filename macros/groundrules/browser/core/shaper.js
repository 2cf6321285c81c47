// Front matter against its shape: what pydantic does in Python.

import { readDate } from "./answers.js";
import { entriesOf, keysOf, mapOf, own } from "./maps.js";
import { KNOWN, PRINT } from "./model.js";
import { isMap, isText, strip } from "./strings.js";
import { mustBeList, mustBeOneLine, settledByWithoutCalendar, whatStandsHere } from "../shared/messages.js";

export class Shaper {
  constructor(problem) {
    this.problem = problem;
    this.right = true;
  }

  wrong(path, name, message) {
    this.right = false;
    this.problem(path, name, message);
  }

  shaped(value, shape, path) {
    const called = path.length ? `"${path[path.length - 1]}"` : whatStandsHere;
    if (shape === "any") return value;
    if (isText(shape)) return this.text(value, shape, path, called);
    if (Array.isArray(shape)) {
      if (value === "") return [];
      if (Array.isArray(value)) return value.map((one, index) => this.shaped(one, shape[0], [...path, index]));
      return this.wrong(path, "bad-value", mustBeList({ key: called }));
    }
    if (value === "" && shape.each) return mapOf();
    if (!isMap(value))
      return this.wrong(path, "bad-value", `${called} must hold keys, each on a line of its own: "key: value".`);
    if (shape.each)
      return mapOf(entriesOf(value).map(([key, one]) => [key, this.shaped(one, shape.each, [...path, key])]));
    return this.keyed(value, shape, path);
  }

  keyed(value, shape, path) {
    const made = mapOf();
    for (const key of keysOf(value)) {
      const here = [...path, key];
      if (!own(shape.keys, key))
        this.wrong(
          here,
          "unknown-key",
          `"${key}" is not a key that may stand here. It should be one of: ${keysOf(shape.keys).join(", ")}.`,
        );
      else {
        const one = this.shaped(value[key], shape.keys[key], here);
        if (KNOWN[key] && isText(one) && !KNOWN[key].includes(one))
          this.wrong(
            here,
            "bad-value",
            `"${one}" may not stand for "${key}". It should be one of: ${KNOWN[key].join(", ")}.`,
          );
        if (one !== undefined) made[key] = one;
      }
    }
    for (const key of shape.needs)
      if (!(key in value)) this.wrong(path, "missing-key", `"${key}" is missing. Add a line "${key}: …".`);
    if (shape.keys.ask) this.fits(made, path);
    return made;
  }

  fits(blank, path) {
    const type = blank.type || "text";
    if ((type === "choice") !== !!(blank.choices && blank.choices.length))
      this.wrong(path, "bad-value", '"choices" goes with the type choice, and only with it.');
    if (blank.calendar && type !== "date" && type !== "rhythm")
      this.wrong(path, "bad-value", '"calendar" goes with a date or a rhythm.');
    if (blank["settled by"] && !blank.calendar) this.wrong(path, "bad-value", settledByWithoutCalendar);
    if (path.length < 3 && (type === "rows") !== !!keysOf(blank.columns).length)
      this.wrong(path, "bad-value", '"columns" goes with the type rows, and only with it.');
    if (path.length > 2 && !["text", "date", "choice"].includes(type))
      this.wrong(path, "bad-value", `"${type}" may not stand for "type".`);
  }

  text(value, shape, path, called) {
    if (!isText(value)) return this.wrong(path, "bad-value", mustBeOneLine({ key: called }));
    if (shape === "words")
      return (
        strip(value) || this.wrong(path, "bad-value", `${called}: This is empty. Fill it in, or leave the key out.`)
      );
    if (shape === "day")
      return (
        readDate(value) ||
        this.wrong(
          path,
          "bad-value",
          `${called}: "${value}" is not a likely date. Write it as year-month-day, such as 2026-11-21.`,
        )
      );
    if (shape === "number")
      return /^[1-9]\d{0,3}$/.test(value)
        ? value
        : this.wrong(path, "bad-value", `${called}: "${value}" is not a number such as 1 or 12.`);
    if (shape === "print")
      return !value || PRINT.test(value)
        ? value
        : this.wrong(
            path,
            "bad-value",
            `${called}: "${value}" is not a fingerprint. It is "gr1:" and 64 signs, each 0 to 9 or a to f.`,
          );
    if (shape === "yes") {
      if (!["yes", "true", "no", "false"].includes(value))
        this.wrong(path, "bad-value", `${called}: "${value}" is neither yes nor no.`);
      return value === "yes" || value === "true" ? "yes" : undefined;
    }
    return path.length === 3 && path[0] === "parties" && path[2] === "name" ? strip(value) : value;
  }
}
