"use strict";

/* What the theme leaves to the mouse, or without a name for screen readers. */
(() => {
  const NAMES = { __drawer: "Menu", __search: "Search" };
  const toggle = (id) => document.getElementById(id);
  const button = (id) => document.querySelector(`.md-header__button[for="${id}"]`);

  document.querySelectorAll(".md-search[role=dialog]").forEach((dialog) => dialog.setAttribute("aria-label", "Search"));

  Object.entries(NAMES).forEach(([id, name]) => {
    const label = button(id);
    const box = toggle(id);
    if (!label || !box) return;
    const say = () => label.setAttribute("aria-expanded", String(box.checked));
    label.setAttribute("role", "button");
    label.setAttribute("aria-label", name);
    label.tabIndex = 0;
    label.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      box.click();
    });
    box.addEventListener("change", say);
    say();
  });

  /* The menu on a small screen: the keyboard goes in with it, and Escape comes out again. */
  const drawer = toggle("__drawer");
  const menu = document.querySelector(".md-sidebar--primary");
  if (!drawer || !menu) return;
  drawer.addEventListener("change", () => {
    if (!drawer.checked) return;
    const stops = [...menu.querySelectorAll("a[href], label[tabindex]")];
    const first = stops.find((stop) => stop.checkVisibility({ visibilityProperty: true }));
    if (first) first.focus({ preventScroll: true });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer.checked) return;
    drawer.click();
    button("__drawer").focus();
  });
})();

/* Checklists: marks are kept in this browser only. Without this script they still work, and still print. */
document.querySelectorAll("[data-checklist]").forEach((form) => {
  const place = `groundrules:checklist:${form.dataset.checklist}`;
  const progress = form.querySelector(".gr-progress");
  const status = progress.querySelector("[role=status]");
  const bars = progress.querySelectorAll(".gr-bar span");
  const questions = [...form.querySelectorAll("fieldset")].map((set) => set.querySelector("input").name);
  const current = () => Object.fromEntries(new FormData(form));

  /* What is kept; nothing if it cannot be understood, and null if this browser keeps nothing. */
  const read = () => {
    let text;
    try {
      text = localStorage.getItem(place);
    } catch {
      return null;
    }
    try {
      const kept = JSON.parse(text);
      return kept && typeof kept === "object" ? kept : {};
    } catch {
      return {};
    }
  };

  const keep = (marks) => {
    try {
      if (Object.keys(marks).length) localStorage.setItem(place, JSON.stringify(marks));
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

  const restore = () => {
    const marks = read();
    if (!marks) return show(true);
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
});
