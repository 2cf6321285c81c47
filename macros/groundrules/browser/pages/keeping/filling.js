// The task of filling a record in. What is answered is kept as drafts are, beside the agreement.

import { tooLong } from "../../core/answers.js";
import { assemble } from "../../core/assemble.js";
import { rewritten } from "../../core/edit.js";
import { keysOf } from "../../core/maps.js";
import { setAnswer } from "../../core/workspace.js";
import { buttons, make } from "../../ui/elements.js";
import { button, hint } from "./elements.js";
import { languageOf, main } from "./files.js";
import { keepAsDraft, keepNothing, keepsNothing } from "./own_drafts.js";
import { dayWords, parts, redraw } from "./page.js";
import { fieldsOf, wordBlanks } from "./record_fields.js";
import { save, saveWord } from "./saving.js";
import { openTask, opened, task } from "./tasks.js";

// What was typed goes into the file a moment later, or before anything else is done with it.
let late = null;
let timer = 0;
export const settle = () => {
  clearTimeout(timer);
  const act = late;
  late = null;
  if (act) act();
};
const soon = (act) => {
  late = act;
  clearTimeout(timer);
  timer = setTimeout(settle, 400);
};

const clock = () => new Date().toTimeString().slice(0, 5);
// Puts what was typed, by the key of its blank, into the record. What is too long for a file waits beside it.
const answerIn = (record, typed) => {
  const asked = wordBlanks(record.agreement);
  const put = (whole, [key, words]) => setAnswer(whole, asked.get(key)[0], tooLong(words) ? "" : words);
  const agreement = Object.entries(typed).reduce(put, record.agreement);
  const text = rewritten(record.text, record.agreement, agreement);
  const all = Object.entries({ ...record.waiting, ...typed });
  const waiting = Object.fromEntries(all.filter(([, words]) => tooLong(words)));
  Object.assign(record, { agreement, text, waiting, unsaved: true });
};

const progress = ({ front }) =>
  phrase("answeredOf", { answered: keysOf(front.answers).length, count: keysOf(front.blanks).length });
// Keeps a record, and says how much of it is answered and where it is kept.
const keeper = (record) => {
  const told = make("p", { class: "gr-example" });
  const failed = make("p", { class: "gr-findings", role: "alert" });
  const tell = (where) => (told.textContent = `${progress(record.agreement)} ${where}`);
  const keep = () => {
    const isKept = !!main() && keepAsDraft();
    tell(isKept ? phrase("keptAt", { time: clock() }) : phrase("nothingKeptInBrowser"));
    const isFull = !!main() && !isKept && !keepsNothing();
    const why = isFull ? phrase("recordHasNoRoom") : "";
    if (failed.textContent !== why) failed.textContent = why;
  };
  tell(main() && !keepsNothing() ? phrase("recordIsKept") : phrase("nothingKeptInBrowser"));
  return { keep, tell, shown: [told, failed] };
};

const filling = (record) => () => {
  const { keep, tell, shown } = keeper(record);
  const sheet = fieldsOf(record);
  const typed = {};
  sheet.addEventListener("input", ({ target }) => {
    typed[target.name] = target.value;
    soon(() => {
      answerIn(record, typed);
      keep();
    });
  });
  const saveRecord = () => {
    settle();
    save(record.name, record.text);
    record.unsaved = Object.keys(record.waiting || {}).length > 0;
    tell([phrase("savedAt", { time: clock() }), record.unsaved && phrase("withoutTooLong")].filter(Boolean).join(" "));
  };
  const saveAsWord = () => {
    settle();
    const { agreement } = record;
    saveWord(assemble(agreement, languageOf(agreement)), record.name.replace(/\.md$/, ""));
  };
  const nothing = make("input", { type: "checkbox", checked: keepsNothing() });
  nothing.onchange = () => {
    settle();
    keepNothing(nothing.checked);
    keep();
  };
  return [
    sheet,
    shown,
    buttons(
      button(phrase("saveRecord"), saveRecord, { class: "gr-button gr-main" }),
      button(phrase("word document docx"), saveAsWord),
    ),
    main() && make("label", { class: "gr-tick" }, nothing, ` ${phrase("keep nothing on this computer")}`),
    hint(phrase("keepRecord")),
    main() &&
      main().agreement.front.rounds.length > 0 &&
      buttons(button(phrase("changeAgreed"), () => openTask("renegotiate"))),
  ];
};
const keyOf = ({ name }) => `record ${name}`;
export const fillTask = (file) => {
  const { title, date } = file.agreement.front;
  const about = phrase("recordToFill", { day: dayWords(date), progress: progress(file.agreement) });
  return task(keyOf(file), title, about, filling(file));
};
export const showFilling = (file) => {
  opened.add(keyOf(file));
  redraw();
  const box = parts.agreement.querySelector(`[data-task="${CSS.escape(keyOf(file))}"]`);
  box.scrollIntoView();
  box.querySelector("textarea").focus({ preventScroll: true });
};
