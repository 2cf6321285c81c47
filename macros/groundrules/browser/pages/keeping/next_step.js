// What comes next, with its button: one thing at a time.

import { otherWords } from "../../core/signing.js";
import { buttons, make } from "../../ui/elements.js";
import { shareKind } from "../../ui/files.js";
import { button } from "./elements.js";
import { main } from "./files.js";
import { say, wrong, reasons } from "./messages.js";
import { address, listed, state } from "./page.js";
import { changeWords, draftPage } from "./own_drafts.js";
import { saveFile } from "./saving.js";
import { closing, signing } from "./signing.js";
import { openHere, wrongsOf } from "./standing.js";
import { keepButtons } from "./taking_away.js";
import { openTask, task } from "./tasks.js";

const bold = { class: "gr-button gr-main" };
const names = (parties) => listed(parties.map((one) => one.name));

// The words that go with the file to whoever signs next.
const letter = ({ agreement, today, version, missing }) => {
  const signed = [...new Set(today.signatures.map((one) => one.party))];
  const place = address() || 'the page "Open your agreement"';
  return (
    `Please read and sign "${agreement.front.title}", version ${version}. ` +
    `${listed(signed)} ${signed.length > 1 ? "have" : "has"} signed. Still to sign: ${names(missing)}. ` +
    "Save the file that comes with this message. When you have signed, send your file to everybody else. " +
    `Open it on this page, which sends nothing anywhere: ${place}`
  );
};
const copied = (words) =>
  navigator.clipboard.writeText(words).then(
    () => say("The message is copied."),
    () => say("Copying did not work here. Select the message and copy it yourself."),
  );
const shared = async (words) => {
  const { name, text } = main();
  const kind = shareKind(["md", "txt"]);
  const file = new File([text], name.replace(/md$/, kind), { type: kind === "md" ? "text/markdown" : "text/plain" });
  try {
    await navigator.share({ files: [file], text: words });
  } catch (error) {
    if (error.name !== "AbortError") wrong("It could not be shared. Save the file, and send it yourself.");
  }
};
const sending = (where) => {
  const words = letter(where);
  return [
    make("p", null, make("strong", null, "A message to send with it")),
    make("blockquote", { class: "gr-marked", dir: "auto" }, words),
    buttons(
      button("Copy the message", () => copied(words)),
      shareKind(["md", "txt"]) && button("Share file and message", () => shared(words)),
    ),
    make("p", null, "Are you at one table?"),
    buttons(button("The next one signs here", () => openTask("sign"))),
  ];
};

const isSent = ({ today, missing, round }) => !!round && !!missing.length && !!today.signatures.length;
const toSave = (where, waiting) => {
  const what = waiting.length > 1 ? "each of these files, and keep them together" : "this file";
  const kept = main().draft
    ? "This browser keeps it too, as a draft."
    : "Nothing is kept in this browser.";
  return [
    make("p", null, `Not saved yet. Save ${what}. ${kept}`),
    buttons(...waiting.map((one) => button(`Save ${one.name}`, () => saveFile(one), bold))),
    isSent(where)
      ? [make("p", null, `Then send it to whoever signs next: ${names(where.missing)}.`), sending(where)]
      : where.state === "agreed" && make("p", null, "Then give every partner a copy of all files."),
  ];
};
const firstOpen = (where) => openHere(where).map((one) => one.clause)[0];
const toAnswer = (where, wrongs) => [
  make("p", null, "Before anybody can sign, this has to be settled:"),
  make(
    "details",
    { class: "gr-details" },
    make("summary", null, `${wrongs.length} ${wrongs.length === 1 ? "thing" : "things"} to settle`),
    reasons(wrongs),
  ),
  draftPage(where) && buttons(button("Go on filling it in", () => changeWords(where, firstOpen(where)), bold)),
];
const toKeep = (where) => [
  make("p", null, "Everybody has signed, and it is agreed. Print it, and put its dates into your calendar."),
  keepButtons(where, true),
  make("p", null, "When a review comes, write a record of it. When something does not work, change what was agreed."),
  buttons(
    button("Write a record", () => openTask("record")),
    button("Change what was agreed", () => openTask("renegotiate")),
  ),
];

// What comes next; ``shown`` says which of the tasks stands there.
export const nextStep = (where) => {
  const waiting = state.files.filter((one) => one.unsaved);
  const wrongs = where.state === "agreed" || where.state === "ended" ? [] : wrongsOf(where);
  const box = (...inside) =>
    make("section", { class: "gr-next", "aria-labelledby": "gr-next" },
      make("h3", { id: "gr-next" }, "What comes next"), ...inside);
  const step = (inside, shown = "") => ({ inside: box(inside), shown });
  if (waiting.length)
    return step(make("div", { class: "gr-unsaved" }, toSave(where, waiting)));
  if (where.state === "ended") return { inside: null, shown: "" };
  if (where.state === "agreed") return step(toKeep(where));
  if (wrongs.length) return step(toAnswer(where, wrongs));
  if (otherWords(where)) return { inside: null, shown: "" };
  if (where.round && !where.missing.length)
    return step([make("p", null, "Everybody has signed. One thing is left."), closeTask(where, true)], "agree");
  if (state.handedOn && isSent(where))
    return step([
      make("p", null, `Send ${main().name} to whoever signs next: ${names(where.missing)}.`),
      sending(where),
    ]);
  return step(signTask(where, true), "sign");
};
export const signTask = (where, open) => task("sign", "Sign it", "With your typed name.", signing(where), open);
export const closeTask = (where, open) =>
  task("agree", "Close the round", "When everybody has signed.", closing(where), open);
