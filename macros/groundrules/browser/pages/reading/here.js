// What this browser keeps, on the front page, for whoever comes back. It runs where it stands, before what follows is
// there, so nothing jumps; who is new sees nothing of it.

import { writtenDate } from "../../core/language.js";
import { LOCALE } from "../../shared/locale.js";
import { dayOf } from "../../ui/days.js";
import { drafts } from "../../ui/drafts.js";
import { has, make } from "../../ui/elements.js";

const MOST = 5;
// A round stands in the front matter once somebody has signed; from then on it is opened to be signed or changed.
const ROUND = /^---\r?\n(?:(?!---\r?\n).*\n)*?rounds:/;

const box = document.querySelector("[data-here]");
const templates = JSON.parse(box.dataset.here);
const { keeping } = box.dataset;

const line = ({ id, title, template, text, time }) => {
  const [page, name] = has(templates, template) ? templates[template] : ["", template];
  const signed = ROUND.test(text);
  const where = page && !signed ? page : keeping;
  const day = writtenDate(dayOf(new Date(time)), LOCALE);
  return make(
    "li",
    null,
    where ? make("a", { href: `${where}#draft=${id}`, dir: "auto" }, title) : make("bdi", null, title),
    " ",
    make("span", null, `${name}. ${signed ? phrase("signedChangedOn", { day }) : phrase("draftChangedOn", { day })}`),
  );
};
const draw = () => {
  const kept = drafts().filter((one) => one.raw === undefined);
  box.querySelector("ul").replaceChildren(...kept.slice(0, MOST).map(line));
  box.hidden = !kept.length;
};

draw();
// The Back button may show the page as it was.
window.addEventListener("pageshow", ({ persisted }) => persisted && draw());
