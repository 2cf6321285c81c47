// The tasks, each folded up until somebody wants it.

import { html } from "../../core/html.js";
import { dayField } from "../../ui/day_field.js";
import { make } from "../../ui/elements.js";
import { shape } from "./elements.js";
import { languages, locale, root } from "./page.js";

export const opened = new Set();

export const task = (key, title, about, body, open = false) => {
  const box = shape("task");
  box.dataset.task = key;
  box.querySelector(".gr-task-title").textContent = title;
  box.querySelector(".gr-task-about").textContent = about;
  box.open = open || opened.has(key);
  const fill = () => {
    const slot = box.querySelector("[data-slot=body]");
    if (!slot.hasChildNodes()) slot.append(...[body()].flat(9).filter(Boolean));
  };
  if (box.open) fill();
  box.ontoggle = () => {
    if (box.open) fill();
    opened[box.open ? "add" : "delete"](key);
  };
  return box;
};
export const openTask = (key) => {
  const box = root.querySelector(`[data-task=${key}]`);
  box.open = true;
  // At once: the next key may come before the browser says that it is open.
  box.ontoggle();
  box.scrollIntoView();
  box.firstElementChild.focus({ preventScroll: true });
};
// The days that a form asks for, in that language; ``days`` are those that stand there already.
export const askDays = (form, language, days) =>
  form.querySelectorAll(".gr-day").forEach((one) => {
    dayField(one, locale, days[one.dataset.day], (languages[language] || languages[LANGUAGE]).locale);
  });
export const onSubmit = (form, act) => {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const days = [...form.querySelectorAll(".gr-day")];
    const odd = days
      .filter((one) => one.why)
      .map((one) => [`${one.firstElementChild.textContent}: ${one.why}`, one.dataset.day]);
    if (odd.length) {
      refuse(form, odd.map(([words]) => words), Object.fromEntries(odd));
      return form.querySelector(".gr-day [aria-invalid=true]").focus();
    }
    return act(
      Object.fromEntries([...new FormData(form), ...days.map((one) => [one.dataset.day, one.value])]),
      event.submitter,
    );
  });
};
let linked = 0;
// Says why not; ``fields`` name the field that each of the problems is about.
export const refuse = (form, problems, fields = {}) => {
  const box = form.querySelector("[data-part=refused]");
  form.querySelectorAll("[data-described]").forEach((one) => {
    one.setAttribute("aria-describedby", one.dataset.described);
    one.setAttribute("aria-invalid", "false");
  });
  const line = (words) => {
    const found = [...form.querySelectorAll(`[name="${fields[words]}"], [data-day="${fields[words]}"] input`)];
    if (!found.length) return make("p", null, words);
    const id = `gr-refused-${(linked += 1)}`;
    const wrong = found.filter((one) => one.getAttribute("aria-invalid") === "true");
    const marked = wrong.length ? wrong : found;
    marked.forEach((one) => {
      one.dataset.described ||= one.getAttribute("aria-describedby") || "";
      one.setAttribute("aria-describedby", `${id} ${one.dataset.described}`.trim());
      one.setAttribute("aria-invalid", "true");
    });
    marked[0].id ||= `${id}-field`;
    const lead = (event) => {
      event.preventDefault();
      marked[0].focus();
    };
    return make("p", { id }, make("a", { href: `#${marked[0].id}`, onclick: lead }, words));
  };
  box.replaceChildren(...problems.map(line));
  if (problems.length) box.focus();
};

export const reading = (document, name) => () => {
  const sheet = make("article", {
    class: "gr-document",
    lang: document.language,
    dir: document.direction,
    "aria-label": name,
  });
  sheet.innerHTML = html(document);
  sheet.querySelectorAll("[id]").forEach((one) => one.removeAttribute("id"));
  sheet
    .querySelectorAll("[role=region]")
    .forEach((one) => one.setAttribute("aria-label", `${one.getAttribute("aria-label")}: ${name}`));
  sheet.querySelectorAll("a[href^='#']").forEach((one) => one.replaceWith(...one.childNodes));
  return sheet;
};
