"use strict";

/* What the theme leaves to the mouse, or without a name for screen readers. */
(() => {
  document.querySelectorAll(".md-search[role=dialog]").forEach((dialog) => dialog.setAttribute("aria-label", "Search"));

  /* The menu and search open from labels, which the keyboard cannot reach: a real button takes the place of each. */
  const button = (id, name, kind) => {
    const label = document.querySelector(`.md-header__button[for="${id}"]`);
    const box = document.getElementById(id);
    if (!label || !box) return [null, null];
    const made = document.createElement("button");
    const say = () => made.setAttribute("aria-expanded", String(box.checked));
    made.type = "button";
    made.className = `md-header__button md-icon ${kind}`;
    made.setAttribute("aria-label", name);
    made.append(...label.childNodes);
    made.addEventListener("click", () => box.click());
    box.addEventListener("change", say);
    say();
    label.replaceWith(made);
    return [made, box];
  };
  const [finder, finding] = button("__search", "Search", "gr-open-search");
  if (finder) {
    const field = document.querySelector(".md-search__input");
    finding.addEventListener("change", () => {
      if (finder.checkVisibility()) (finding.checked ? field : finder).focus();
    });
  }
  const [opener, drawer] = button("__drawer", "Menu", "gr-open-menu");

  /* The keyboard goes into the menu as it opens, and Escape brings it out again. */
  const menu = document.querySelector(".md-sidebar--primary");
  if (opener && menu) {
    drawer.addEventListener("change", () => {
      if (!drawer.checked) return;
      const stops = [...menu.querySelectorAll("a[href], label[tabindex]")];
      const first = stops.find((stop) => stop.checkVisibility({ visibilityProperty: true }));
      if (first) first.focus({ preventScroll: true });
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !drawer.checked) return;
      drawer.click();
      opener.focus();
    });
  }

  /* Each result of a search holds its tags in an unnamed navigation landmark. */
  const results = document.querySelector(".md-search-result__list");
  if (results) {
    new MutationObserver(() => {
      results.querySelectorAll("nav:not([role])").forEach((tags) => tags.setAttribute("role", "none"));
    }).observe(results, { childList: true, subtree: true });
  }
})();

/* The day it is where the reader is, as year-month-day. */
const groundRulesToday = () => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
};

/* What is overdue: the page stands as it was built, and the days go on. */
document.querySelectorAll("[data-due]").forEach((notice) => {
  notice.hidden = notice.dataset.due >= groundRulesToday();
});

/* Checklists: marks are kept in this browser only. Without this script they still work, and still print. */
document.querySelectorAll("[data-checklist]").forEach((form) => {
  const place = `groundrules:checklist:${form.dataset.checklist}`;
  const progress = form.querySelector(".gr-progress");
  const status = progress.querySelector("[role=status]");
  const bars = progress.querySelectorAll(".gr-bar span");
  const questions = [...form.querySelectorAll("fieldset")].map((set) => set.querySelector("input").name);
  const current = () => Object.fromEntries(new FormData(form));

  /* What is kept: the marks, the day of the last one, and the questions that stood here then. Marks alone, as
     they were once kept, are read as well. Nothing if it cannot be understood, null if this browser keeps nothing. */
  const read = () => {
    let text;
    try {
      text = localStorage.getItem(place);
    } catch {
      return null;
    }
    try {
      const kept = JSON.parse(text);
      if (!kept || typeof kept !== "object") return { marks: {} };
      return kept.marks && typeof kept.marks === "object" ? kept : { marks: kept };
    } catch {
      return { marks: {} };
    }
  };

  const keep = (marks) => {
    try {
      const kept = { marks, day: groundRulesToday(), questions };
      if (Object.keys(marks).length) localStorage.setItem(place, JSON.stringify(kept));
      else localStorage.removeItem(place);
      return true;
    } catch {
      return false;
    }
  };

  const show = (kept) => {
    const marks = Object.values(current());
    const counts = ["agreed", "talking"].map((state) => marks.filter((mark) => mark === state).length);
    status.textContent =
      `${counts[0]} of ${questions.length} agreed, ${counts[1]} being talked about.` +
      (kept ? "" : " This browser does not keep marks: print the page before you leave it.");
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
    if (fresh.length) {
      const many = fresh.length > 1;
      said.push(`${fresh.length} question${many ? "s have" : " has"} changed or ${many ? "are" : "is"} new.`);
      said.push(many ? "They are marked." : "It is marked.");
    }
    if (gone > 0) said.push(gone > 1 ? `${gone} questions are no longer asked.` : "1 question is no longer asked.");
    if (!said.length) return;
    const written = then.toLocaleDateString("en-GB", { dateStyle: "long" });
    const notice = document.createElement("p");
    notice.className = "gr-since";
    notice.textContent = `Since you last ticked this, on ${written}, ${said.join(" ")}`;
    progress.after(notice);
    form.querySelectorAll("fieldset").forEach((set) => {
      if (!fresh.includes(set.querySelector("input").name)) return;
      const mark = document.createElement("strong");
      mark.className = "gr-fresh";
      mark.textContent = "New or changed";
      set.querySelector("legend").append(" ", mark);
    });
  };

  const restore = () => {
    const kept = read();
    if (!kept) return show(true);
    const { marks } = kept;
    form.reset();
    form.querySelectorAll("input").forEach((input) => {
      input.checked = Object.hasOwn(marks, input.name) && marks[input.name] === input.value;
    });
    show(true);
  };

  form.addEventListener("change", () => show(keep(current())));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("[data-do=print]").addEventListener("click", () => window.print());
  form.querySelector("[data-do=clear]").addEventListener("click", () => {
    if (Object.keys(current()).length && !window.confirm("Clear all marks on this checklist?")) return;
    form.reset();
    show(keep({}));
  });

  /* Another tab, or the Back button, may have brought newer marks. */
  window.addEventListener("storage", (event) => (event.key === place || event.key === null) && restore());
  window.addEventListener("pageshow", (event) => event.persisted && restore());

  progress.hidden = false;
  restore();
  compare(read() || {});
});

/* The chooser: one question at a time. Without this script it is a page of questions with links.
   Where one stands is in the address, so the browser's own Back works as well. */
document.querySelectorAll("[data-chooser]").forEach((chooser) => {
  const questions = [...chooser.querySelectorAll("[data-question]")];
  const answers = [...chooser.querySelectorAll(".gr-choices > li")];
  const buttons = chooser.querySelector(".gr-buttons");
  const first = questions[0];
  if (!first) return;
  const path = [];

  const found = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    return [...questions, ...answers].find((one) => one.id === id && (one.dataset.question === "" || suggestion(one)));
  };
  const suggestion = (answer) => answer.querySelector(".gr-suggestion");

  const show = (place, move) => {
    const question = place.closest("[data-question]");
    questions.forEach((one) => one.toggleAttribute("data-now", one === question));
    answers.forEach((one) => one.toggleAttribute("data-now", one === place));
    chooser.toggleAttribute("data-done", place !== question);
    buttons.hidden = place === first;
    if (!move) return;
    const target = place === question ? question.querySelector("h2") : suggestion(place);
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    chooser.scrollIntoView({ block: "nearest" });
    if (chooser.getBoundingClientRect().top < 0) chooser.scrollIntoView();
  };

  const go = (place) => {
    if (location.hash === `#${place.id}`) show(place, true);
    else location.hash = place.id;
  };

  /* Back goes the way one came; after a link straight to a question, to the one that leads here. */
  const before = (place) => {
    const question = place.closest("[data-question]");
    if (place !== question) return question;
    const link = chooser.querySelector(`.gr-choice[href="#${place.id}"]`);
    return link ? link.closest("[data-question]") : first;
  };

  const arrive = (move) => {
    const place = found() || first;
    const seen = path.indexOf(place);
    if (seen >= 0) path.length = seen;
    path.push(place);
    show(place, move);
  };

  answers.forEach((answer) => {
    const box = suggestion(answer);
    if (!box) return;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "Our suggestion, and why");
    answer.querySelector(".gr-choice").addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || chooser.hasAttribute("data-done")) return;
      event.preventDefault();
      go(answer);
    });
  });
  buttons.querySelector("[data-do=back]").addEventListener("click", () => {
    const here = path[path.length - 1];
    go(path[path.length - 2] || before(here));
  });
  buttons.querySelector("[data-do=again]").addEventListener("click", () => go(first));
  window.addEventListener("hashchange", () => (found() || !location.hash) && arrive(true));

  chooser.setAttribute("data-live", "");
  arrive(Boolean(found()));
});
