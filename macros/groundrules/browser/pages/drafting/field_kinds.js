// The field for each type of blank.

import { tooLong } from "../../core/answers.js";
import { RHYTHM } from "../../core/blanks/rhythm.js";
import { typeOf } from "../../core/blanks.js";
import { blankKey } from "../../core/markup/nodes.js";
import { dayField, dayInWords } from "../../ui/day_field.js";
import { has, make } from "../../ui/elements.js";
import { answerOf, blanksIn, definitionOf } from "./agreement.js";
import { answer, isPart } from "./changes.js";
import { example, hint, nextNumber, shape, upper } from "./elements.js";
import { control, field, several, single } from "./fields.js";
import { bringExports } from "./keeping.js";
import { state, template } from "./page.js";

// What stands above a field is one thing there.
const inCell = ([above, note, ...rest]) =>
  make("div", { class: "gr-cell" }, note === undefined ? above : make("div", null, above, note), ...rest);
const cells =
  (columns) =>
  (row = {}) => {
    const inputs = Object.entries(columns).map(([column, definition]) => [
      column,
      control(definition, row[column], definition.ask),
    ]);
    return {
      shown: [make("div", { class: "gr-cells" }, ...inputs.map(([, { parts }]) => inCell(parts)))],
      read: () =>
        Object.fromEntries(inputs.map(([column, one]) => [column, one.input.value.trim()]).filter((one) => one[1])),
    };
  };
const entry = (definition) => (value) => {
  const { input, parts } = control({}, value);
  input.setAttribute("aria-label", definition.ask);
  return { shown: parts.slice(2), read: () => input.value.trim() };
};
// Whether that waits beside the document: half a day, or a text for which a file has no room.
const unfit = (definition, value) => (typeOf(definition).isDay ? isPart(value) : tooLong(value));

const rhythm = (key, definition, value, take) => {
  const box = shape("rhythm");
  const [regular, free] = box.querySelectorAll("[type=radio]");
  const at = (name) => box.querySelector(`[name=${name}]`);
  const from = dayField(box.querySelector(".gr-day"), template.locale);
  const [found, times = "1", unit = "", day = "", time = "", first = ""] = RHYTHM.exec((value || "").trim()) || [];
  if (found)
    Object.entries({
      times,
      unit: unit.toLowerCase(),
      day: upper(day.toLowerCase()),
      time: time && time.replace(".", ":").padStart(5, "0"),
    }).forEach(([name, one]) => (at(name).value = one));
  else at("words").value = value || "";
  from.value = first;
  (value && !found ? free : regular).checked = true;
  const choose = () => (box.dataset.kind = regular.checked ? "days" : "words");
  choose();
  const remark = async (words) => {
    const look = () => window.GroundRules.understood(definition, words, (day) => dayInWords(day, template.locale));
    const said = words && (await bringExports().then(look, () => ""));
    if (words === now) box.lastElementChild.textContent = said;
  };
  let now = value;
  const tell = (words, waiting) => {
    remark((now = words));
    take(words, waiting);
  };
  remark(now);
  const read = () => {
    if (choose() === "words") return tell(at("words").value);
    const many = Math.max(1, Math.min(99, Math.floor(at("times").value) || 1));
    const one = at("unit").value;
    const words = [
      `every ${many === 1 ? one : `${many} ${one}s`}`,
      ...[
        ["on", "day"],
        ["at", "time"],
      ].map(([word, name]) => at(name).value && `${word} ${at(name).value}`),
    ];
    const said = one && words.filter(Boolean).join(" ");
    const whole = said && from.value ? `${said} from ${from.value}` : said;
    return isPart(from.value) ? tell(said, whole) : tell(whole);
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
  const key = blankKey(name);
  const { pending } = state.draft;
  const place = `answer ${key}`;
  const given = has(pending, place) ? pending[place] : answerOf(name);
  const take = (value) => (unfit(definition, value) ? answer(name, "", value) : answer(name, value));
  const list = Array.isArray(given) ? given : given ? [given] : [];
  const words = typeof given === "string" ? given : "";
  if (structure === "table") {
    const rows = list.filter((one) => typeof one === "object");
    return several(key, ask, "", rows.length ? rows : [{}], "row", cells(definition.columns), (all) => {
      const odd = ([column, one]) => unfit(definition.columns[column], one);
      const whole = all.map((row) => Object.fromEntries(Object.entries(row).filter((one) => !odd(one))));
      answer(name, whole, all.some((row) => Object.entries(row).some(odd)) ? all : undefined);
    });
  }
  if (structure === "list")
    return several(key, ask, example(definition), list.length ? list : [""], "entry", entry(definition), (all) =>
      answer(name, all.filter((one) => !tooLong(one)), all.some(tooLong) ? all : undefined),
    );
  if (dated && !isDay) return rhythm(key, definition, words, (value, waiting) => answer(name, value, waiting));
  if (needs === "choices" && choices.length < 7 && (!words || choices.includes(words)))
    return radios(
      key,
      ask,
      ["", ...choices].map((one) => [one, one || phrase("not decided yet")]),
      words,
      take,
    );
  return single(key, definition, words, ask, take, structure === "paragraphs" ? 4 : 0);
};
export const answersOf = (words) =>
  make("div", { "data-part": "answers", lang: template.language }, ...blanksIn(words).map(blankField));
