// The field for each type of blank.

import { typeOf } from "../../core/blanks.js";
import { blankKey } from "../../core/markup/nodes.js";
import { make } from "../../ui/elements.js";
import { answerOf, blanksIn, definitionOf } from "./agreement.js";
import { answer } from "./changes.js";
import { example, hint, nextNumber, shape, upper } from "./elements.js";
import { control, field, several, single } from "./fields.js";
import { template } from "./page.js";

const cells =
  (columns) =>
  (row = {}) => {
    const inputs = Object.entries(columns).map(([column, definition]) => [
      column,
      control(definition, row[column], definition.ask),
    ]);
    return {
      shown: [
        make("div", { class: "gr-cells" }, ...inputs.map(([, one]) => make("div", { class: "gr-cell" }, ...one.parts))),
      ],
      read: () =>
        Object.fromEntries(inputs.map(([column, one]) => [column, one.input.value.trim()]).filter((one) => one[1])),
    };
  };
const entry = (definition) => (value) => {
  const { input } = control({}, value);
  input.setAttribute("aria-label", definition.ask);
  return { shown: [input], read: () => input.value.trim() };
};

const RHYTHM = new RegExp(
  "^every\\s+(?:(\\d\\d?)\\s+)?(day|week|month|year)s?(?:\\s+on\\s+([a-z]+day))?" +
    "(?:\\s+at\\s+(\\d?\\d)[:.](\\d\\d))?(?:,?\\s+(?:from|starting)\\s+(\\d{4}-\\d\\d-\\d\\d))?$",
  "i",
);
const rhythm = (key, definition, value, take) => {
  const box = shape("rhythm");
  const [regular, free] = box.querySelectorAll("[type=radio]");
  const at = (name) => box.querySelector(`[name=${name}]`);
  const [found, times = "1", unit = "", day = "", hour = "", minute, first = ""] =
    RHYTHM.exec((value || "").trim()) || [];
  if (found)
    Object.entries({
      times,
      unit: unit.toLowerCase(),
      day: upper(day.toLowerCase()),
      time: hour && `${hour.padStart(2, "0")}:${minute}`,
      first,
    }).forEach(([name, one]) => (at(name).value = one));
  else at("words").value = value || "";
  (value && !found ? free : regular).checked = true;
  const choose = () => (box.dataset.kind = regular.checked ? "days" : "words");
  choose();
  const read = () => {
    if (choose() === "words") return take(at("words").value);
    const many = Math.max(1, Math.min(99, Math.floor(at("times").value) || 1));
    const one = at("unit").value;
    const words = [
      `every ${many === 1 ? one : `${many} ${one}s`}`,
      ...[
        ["on", "day"],
        ["at", "time"],
        ["from", "first"],
      ].map(([word, name]) => at(name).value && `${word} ${at(name).value}`),
    ];
    return take(one && words.filter(Boolean).join(" "));
  };
  return field("fieldset", key, read, make("legend", null, definition.ask), example(definition), box);
};

// options: value, words, and more to read about it
export const radios = (key, title, options, value, take) => {
  const group = `gr-${nextNumber()}`;
  const labels = options.map(([one, words, more]) =>
    make(
      "label",
      { class: "gr-tick" },
      make("input", { type: "radio", name: group, value: one, checked: one === value }),
      make("span", null, words, hint(more)),
    ),
  );
  const set = field(
    "fieldset",
    key,
    () => take(set.querySelector(":checked").value),
    make("legend", null, title),
    ...labels,
  );
  return set;
};

const blankField = (name) => {
  const definition = definitionOf(name);
  const { ask, choices } = definition;
  const { structure, needs, dated, isDay } = typeOf(definition);
  const given = answerOf(name);
  const key = blankKey(name);
  const take = (value) => answer(name, value);
  const list = Array.isArray(given) ? given : given ? [given] : [];
  const words = typeof given === "string" ? given : "";
  if (structure === "table") {
    const rows = list.filter((one) => typeof one === "object");
    return several(key, ask, "", rows.length ? rows : [{}], "row", cells(definition.columns), take);
  }
  if (structure === "list")
    return several(key, ask, example(definition), list.length ? list : [""], "entry", entry(definition), take);
  if (dated && !isDay) return rhythm(key, definition, words, take);
  if (needs === "choices" && choices.length < 7 && (!words || choices.includes(words)))
    return radios(
      key,
      ask,
      ["", ...choices].map((one) => [one, one || "Not decided yet"]),
      words,
      take,
    );
  return single(key, definition, words, ask, take, structure === "paragraphs" ? 4 : 0);
};
export const answersOf = (words) =>
  make("div", { "data-part": "answers", lang: template.language }, ...blanksIn(words).map(blankField));
