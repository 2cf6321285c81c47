// The last step: what comes next, the files to take away, and what is still open.

import { openPoints } from "../../core/agreements.js";
import { withFront } from "../../core/model.js";
import { today } from "../../ui/days.js";
import { buttons, make } from "../../ui/elements.js";
import { shareKind } from "../../ui/files.js";
import { toldPage } from "../../ui/told.js";
import { front, nameOf } from "./agreement.js";
import { button, details, shape } from "./elements.js";
import { atRisk, bringExports, keep, showKept, text } from "./keeping.js";
import { wrong } from "./messages.js";
import { stepOf } from "./open_points.js";
import { root, state, template } from "./page.js";
import { fileOf, handOver, someWait, waits } from "./taking_away.js";

const KINDS = ["docx", "md", "txt"];

// Every question that is open, folded by the step that asks it.
const openList = (open) => {
  const byStep = new Map();
  open.forEach((one) => byStep.set(stepOf(one), [...(byStep.get(stepOf(one)) || []), one]));
  return [...byStep].map(([id, ones]) =>
    details(
      phrase("stepOpen", { step: nameOf(id), count: ones.length }),
      make(
        "ul",
        null,
        ...ones.map(({ blank, message }) =>
          make(
            "li",
            null,
            make(
              "button",
              { type: "button", class: "gr-link", "data-do": "go", "data-step": id, "data-blank": blank || "" },
              message,
            ),
          ),
        ),
      ),
    ),
  );
};
export const finish = (box) => {
  const open = openPoints(state.draft.agreement, template, today());
  const shown = shape("finish");
  const at = (name) => shown.querySelector(`[data-part=${name}]`);
  const of = (action) => shown.querySelector(`[data-do=${action}]`);
  const [first] = open;
  at("next").textContent = first
    ? phrase("shareWhileOpen", { count: open.length })
    : phrase("signWhenAnswered");
  const sign = of("sign");
  sign.hidden = !root.dataset.keeping;
  if (first) {
    const next = { "data-step": stepOf(first), "data-blank": first.blank || "", class: "gr-button gr-main" };
    sign.classList.remove("gr-main");
    sign.before(button(phrase("answerNext"), "go", next), " ", button(phrase("shareDraft"), "md"), " ");
  }
  at("open").replaceChildren(...(first ? openList(open) : [make("p", null, phrase("nothingOpen"))]));
  const calendar = of("ics").parentElement;
  calendar.hidden = true;
  bringExports()
    .then(() => (calendar.hidden = !/BEGIN:VEVENT/.test(window.GroundRules.ics(state.draft.agreement, template))))
    .catch(() => {});
  of("told").onclick = () => saved("html");
  of("share").parentElement.hidden = !shareKind(KINDS);
  box.replaceChildren(shown);
  if (state.locked)
    box
      .querySelectorAll("button")
      .forEach((one) => (one.disabled = !/^(go|md|docx|told|ics|print|share)$/.test(one.dataset.do)));
  showKept();
};

// To the page on which it is signed, with the draft as this browser keeps it.
export const sign = () => {
  if (waits()) return;
  if (someWait()) return void wrong(phrase("putRightFirst"));
  keep();
  if (atRisk() || state.failed || !state.draft.revision)
    return void wrong(
      phrase("notKeptHere"),
      buttons(
        button(phrase("save as a file"), "md"),
        make("a", { class: "gr-button", href: root.dataset.keeping }, phrase("open your agreement")),
      ),
    );
  location.href = `${root.dataset.keeping}#draft=${state.draft.id}`;
};

const madeAs = async (kind) => {
  const { agreement } = state.draft;
  if (kind === "md" || kind === "txt") return fileOf(kind, text());
  if (kind === "html") return fileOf(kind, await toldPage(root.dataset, agreement, template));
  await bringExports();
  const { docx, ics, signedDraft } = window.GroundRules;
  const word = () => docx(signedDraft(agreement, template), template);
  return fileOf(kind, kind === "ics" ? ics(agreement, template) : await word());
};
const saved = async (kind) => {
  try {
    handOver(await madeAs(kind));
  } catch {
    wrong(phrase("fileNotMade"));
  }
};
export const saveWord = () => saved("docx");
export const saveCalendar = () => {
  if (!front().id) {
    // A draft that was begun before there were ids: its calendar must replace itself, and no other.
    state.draft = { ...state.draft, agreement: withFront(state.draft.agreement, { id: state.draft.id }), dirty: true };
    keep();
  }
  return saved("ics");
};
export const share = async () => {
  const kind = shareKind(KINDS);
  if (kind !== "docx" && waits()) return;
  try {
    await navigator.share({ files: [await madeAs(kind)], title: front().title });
  } catch (error) {
    if (error.name !== "AbortError") wrong(phrase("notShared"));
  }
};
