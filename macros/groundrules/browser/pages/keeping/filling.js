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

const progress = ({ front }) => `${keysOf(front.answers).length} of ${keysOf(front.blanks).length} questions answered.`;
// Keeps a record, and says how much of it is answered and where it is kept.
const keeper = (record) => {
  const told = make("p", { class: "gr-example" });
  const failed = make("p", { class: "gr-findings", role: "alert" });
  const tell = (where) => (told.textContent = `${progress(record.agreement)} ${where}`);
  const keep = () => {
    const isKept = !!main() && keepAsDraft();
    tell(isKept ? `Kept in this browser only, at ${clock()}.` : "Nothing is kept in this browser.");
    const isFull = !!main() && !isKept && !keepsNothing();
    const why = isFull ? "This cannot be kept here: this browser has no room. Save it as a file." : "";
    if (failed.textContent !== why) failed.textContent = why;
  };
  tell(main() && !keepsNothing() ? "What you write is kept in this browser only." : "Nothing is kept in this browser.");
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
    tell(`Saved as a file at ${clock()}.${record.unsaved ? " What is too long is not in it." : ""}`);
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
      button("Save the record (.md)", saveRecord, { class: "gr-button gr-main" }),
      button("Word document (.docx)", saveAsWord),
    ),
    main() && make("label", { class: "gr-tick" }, nothing, " Keep nothing on this computer"),
    hint("Keep the file with the agreement, in the folder records. Where words no longer fit, change what was agreed."),
    main() &&
      main().agreement.front.rounds.length > 0 &&
      buttons(button("Change what was agreed", () => openTask("renegotiate"))),
  ];
};
const keyOf = ({ name }) => `record ${name}`;
export const fillTask = (file) => {
  const { title, date } = file.agreement.front;
  return task(keyOf(file), title, `${dayWords(date)}. ${progress(file.agreement)} Fill it in here.`, filling(file));
};
export const showFilling = (file) => {
  opened.add(keyOf(file));
  redraw();
  const box = parts.agreement.querySelector(`[data-task="${CSS.escape(keyOf(file))}"]`);
  box.scrollIntoView();
  box.querySelector("textarea").focus({ preventScroll: true });
};
