// The tasks, each folded up until somebody wants it.

import { html } from "../../core/html.js";
import { dayField } from "../../ui/day_field.js";
import { make } from "../../ui/elements.js";
import { shape } from "./elements.js";
import { languages } from "./page.js";

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
// The days that a form asks for, in that language; ``days`` are those that stand there already.
export const askDays = (form, language, days) =>
  form.querySelectorAll(".gr-day").forEach((one) => {
    const { dates } = (languages[language] || languages["en-GB"]).locale;
    dayField(one, dates, days[one.dataset.day]);
  });
export const onSubmit = (form, act) => {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const days = [...form.querySelectorAll(".gr-day")];
    const odd = days.filter((one) => one.why);
    if (odd.length) {
      const words = odd.map((one) => `${one.firstElementChild.textContent}: ${one.why}`);
      refuse(form, words);
      return odd[0].querySelector("[aria-invalid=true]").focus();
    }
    return act(
      Object.fromEntries([...new FormData(form), ...days.map((one) => [one.dataset.day, one.value])]),
      event.submitter,
    );
  });
};
export const refuse = (form, problems) => {
  const box = form.querySelector("[data-part=refused]");
  box.replaceChildren(...problems.map((one) => make("p", null, one)));
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
