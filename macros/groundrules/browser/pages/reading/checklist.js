// Checklists: marks are kept in this browser only. Without this script they still work, and still print.

import { writtenDate } from "../../core/language.js";
import { today } from "../../ui/days.js";
import { buttons, make } from "../../ui/elements.js";
import { offer } from "../../ui/files.js";
import { KEPT, trying } from "../../ui/site_place.js";
import { LOCALE } from "../../shared/locale.js";

const isMap = (value) => value && typeof value === "object" && !Array.isArray(value);

document.querySelectorAll("[data-checklist]").forEach((form) => {
  const place = `${KEPT}checklist:${form.dataset.checklist}`;
  const old = `groundrules:checklist:${form.dataset.checklist}`;
  const aside = `${KEPT}damaged checklist:${form.dataset.checklist}`;
  const progress = form.querySelector(".gr-progress");
  const status = progress.querySelector("[role=status]");
  const bars = progress.querySelectorAll(".gr-bar span");
  const questions = [...form.querySelectorAll("fieldset")].map((set) => set.querySelector("input").name);
  const current = () => Object.fromEntries(new FormData(form));
  /* What was ticked and is not kept yet. On a slow line, that begins before this script is there. What a browser
     brings back by itself was ticked by nobody. */
  const early = [...(window.groundRulesTicked || [])].filter((one) => one.form === form && one.checked);
  let waiting = Object.fromEntries(early.map((one) => [one.name, one.value]));

  /* A question's name tells its words, then its headings; once, it told the words alone. What was asked and is not
     here by its name is the question of the same words that was not there before: its heading has changed. */
  const words = (name) => name.split(/[.-]/)[0];
  const underNewNames = ({ marks, questions: asked, ...rest }) => {
    const before = new Set([...(Array.isArray(asked) ? asked : []), ...Object.keys(marks)].map(String));
    const fresh = questions.filter((question) => !before.has(question));
    const now = new Map();
    for (const name of before) {
      const found = questions.includes(name) ? -1 : fresh.findIndex((one) => words(one) === words(name));
      if (found >= 0) now.set(name, fresh.splice(found, 1)[0]);
    }
    const named = (name) => now.get(name) || name;
    return {
      ...rest,
      marks: Object.fromEntries(Object.entries(marks).map(([name, mark]) => [named(name), mark])),
      questions: Array.isArray(asked) ? [...new Set(asked)].map(named) : asked,
    };
  };

  /* What is kept: the marks, the day of the last one, and the questions that stood here then. Marks alone, as
     they were once kept, are read as well. Nothing if it cannot be understood, null if this browser keeps nothing. */
  const understood = (text) => {
    const kept = trying(() => JSON.parse(text));
    const marks = isMap(kept) && Object.hasOwn(kept, "marks") ? kept.marks : kept;
    return isMap(marks) ? underNewNames({ ...(marks === kept ? {} : kept), marks }) : undefined;
  };
  const read = () => {
    try {
      return understood(localStorage.getItem(place)) || { marks: {} };
    } catch {
      return null;
    }
  };

  /* What nobody can read is put aside, so that new marks have a place: it can be saved as it is. */
  const putAside = () => {
    const text = localStorage.getItem(place);
    if (text === null || understood(text)) return;
    localStorage.setItem(aside, text);
    localStorage.removeItem(place);
  };

  /* Once, marks were kept under a name that does not tell the site. They are ours if a question of ours is among
     them, or if they tell nothing. */
  const takeOver = () => {
    const renamed = form.dataset.formerly.split(" ").map((name) => `${KEPT}checklist:${name}`);
    for (const name of [...renamed, old]) {
      const text = localStorage.getItem(name);
      if (text === null || localStorage.getItem(place) !== null) continue;
      const kept = understood(text);
      if (name === old && kept && !questions.some((question) => Object.hasOwn(kept.marks, question))) continue;
      localStorage.setItem(place, text);
      localStorage.removeItem(name);
    }
  };

  /* Only what was ticked here is new: another tab may have kept more meanwhile. */
  const keep = () => {
    try {
      putAside();
      const marks = { ...read().marks, ...waiting };
      localStorage.setItem(place, JSON.stringify({ marks, day: today(), questions }));
      waiting = {};
      return true;
    } catch {
      return false;
    }
  };

  const clear = () => {
    waiting = {};
    try {
      localStorage.removeItem(place);
      return true;
    } catch {
      return false;
    }
  };

  const show = (kept) => {
    const marks = Object.values(current());
    const counts = ["agreed", "talking"].map((state) => marks.filter((mark) => mark === state).length);
    status.textContent =
      phrase("marksSoFar", { agreed: counts[0], count: questions.length, talking: counts[1] }) +
      (kept ? "" : ` ${phrase("marksNotKept")}`);
    bars.forEach((bar, index) => {
      bar.style.width = `${(100 * counts[index]) / (questions.length || 1)}%`;
    });
  };

  /* Say what has changed since somebody last ticked this, and mark it, in words. */
  const compare = ({ day, questions: before }) => {
    const then = new Date(`${day}T12:00`);
    if (Number.isNaN(then.getTime()) || !Array.isArray(before)) return;
    const fresh = questions.filter((question) => !before.includes(question));
    const gone = before.filter((question) => !questions.includes(question)).length - fresh.length;
    const said = [];
    if (fresh.length) said.push(phrase("questionsFresh", { count: fresh.length }));
    if (gone > 0) said.push(phrase("questionsGone", { count: gone }));
    if (!said.length) return;
    const written = writtenDate(day, LOCALE);
    const notice = document.createElement("p");
    notice.className = "gr-since";
    notice.textContent = phrase("sinceTicked", { day: written, changes: said.join(" ") });
    progress.after(notice);
    form.querySelectorAll("fieldset").forEach((set) => {
      if (!fresh.includes(set.querySelector("input").name)) return;
      const mark = document.createElement("strong");
      mark.className = "gr-fresh";
      mark.textContent = phrase("newOrChanged");
      set.querySelector("legend").append(" ", mark);
    });
  };

  const nameDamaged = () => {
    const text = trying(() => localStorage.getItem(aside));
    if (!text) return;
    const button = (words, onclick) => make("button", { type: "button", class: "gr-button", onclick }, words);
    const notice = make(
      "div",
      { class: "gr-odd" },
      make("p", null, phrase("marksDamaged")),
      buttons(
        button(phrase("saveAsItIs"), () => offer(`${form.dataset.checklist}.txt`, new Blob([text]))),
        " ",
        button(phrase("delete"), () => {
          if (!window.confirm(phrase("deleteMarks"))) return;
          trying(() => localStorage.removeItem(aside));
          notice.remove();
        }),
      ),
    );
    progress.after(notice);
  };

  const restore = () => {
    const kept = read();
    if (!kept) return show(!Object.keys(waiting).length);
    const marks = { ...kept.marks, ...waiting };
    form.reset();
    form.querySelectorAll("input").forEach((input) => {
      input.checked = Object.hasOwn(marks, input.name) && marks[input.name] === input.value;
    });
    show(!Object.keys(waiting).length || keep());
  };

  form.addEventListener("change", ({ target }) => {
    waiting[target.name] = target.value;
    show(keep());
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("[data-do=print]").addEventListener("click", () => window.print());
  form.querySelector("[data-do=clear]").addEventListener("click", () => {
    if (Object.keys(current()).length && !window.confirm(phrase("clearMarks"))) return;
    form.reset();
    show(clear());
  });

  /* Another tab, or the Back button, may have brought newer marks. */
  window.addEventListener("storage", (event) => (event.key === place || event.key === null) && restore());
  window.addEventListener("pageshow", (event) => event.persisted && restore());

  progress.hidden = false;
  trying(takeOver);
  trying(putAside);
  const before = read() || {};
  restore();
  compare(before);
  nameDamaged();
});
