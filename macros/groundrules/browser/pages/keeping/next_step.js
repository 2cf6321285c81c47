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
  const place = address() || phrase("thePageOpen");
  return [
    phrase("letterSign", { title: agreement.front.title, version }),
    phrase("letterSigned", { count: signed.length, names: listed(signed) }),
    phrase("letterMissing", { names: names(missing) }),
    phrase("letterOpen", { place }),
  ].join(" ");
};
const copied = (words) =>
  navigator.clipboard.writeText(words).then(
    () => say(phrase("messageCopied")),
    () => say(phrase("messageNotCopied")),
  );
const shared = async (words) => {
  const { name, text } = main();
  const kind = shareKind(["md", "txt"]);
  const file = new File([text], name.replace(/md$/, kind), { type: kind === "md" ? "text/markdown" : "text/plain" });
  try {
    await navigator.share({ files: [file], text: words });
  } catch (error) {
    if (error.name !== "AbortError") wrong(phrase("fileNotShared"));
  }
};
const sending = (where) => {
  const words = letter(where);
  return [
    make("p", null, make("strong", null, phrase("messageToSend"))),
    make("blockquote", { class: "gr-marked", dir: "auto" }, words),
    buttons(
      button(phrase("copyMessage"), () => copied(words)),
      shareKind(["md", "txt"]) && button(phrase("shareFileAndMessage"), () => shared(words)),
    ),
    make("p", null, phrase("atOneTable")),
    buttons(button(phrase("nextSignsHere"), () => openTask("sign"))),
  ];
};

const isSent = ({ today, missing, round }) => !!round && !!missing.length && !!today.signatures.length;
const toSave = (where, waiting) => {
  const kept = main().draft ? phrase("draftKeptToo") : phrase("nothingKeptInBrowser");
  return [
    make("p", null, `${phrase("saveThese", { count: waiting.length })} ${kept}`),
    buttons(...waiting.map((one) => button(phrase("saveNamed", { name: one.name }), () => saveFile(one), bold))),
    isSent(where)
      ? [make("p", null, phrase("thenSend", { names: names(where.missing) })), sending(where)]
      : where.state === "agreed" && make("p", null, phrase("giveCopies")),
  ];
};
const firstOpen = (where) => openHere(where).map((one) => one.clause)[0];
const toAnswer = (where, wrongs) => [
  make("p", null, phrase("settleFirst")),
  make(
    "details",
    { class: "gr-details" },
    make("summary", null, phrase("thingsToSettle", { count: wrongs.length })),
    reasons(wrongs),
  ),
  draftPage(where) && buttons(button(phrase("goOnFilling"), () => changeWords(where, firstOpen(where)), bold)),
];
const toKeep = (where) => [
  make("p", null, phrase("allAgreed")),
  keepButtons(where, true),
  make("p", null, phrase("afterwards")),
  buttons(
    button(phrase("writeRecord"), () => openTask("record")),
    button(phrase("changeAgreed"), () => openTask("renegotiate")),
  ),
];

// What comes next; ``shown`` says which of the tasks stands there.
export const nextStep = (where) => {
  const waiting = state.files.filter((one) => one.unsaved);
  const wrongs = where.state === "agreed" || where.state === "ended" ? [] : wrongsOf(where);
  const box = (...inside) =>
    make("section", { class: "gr-next", "aria-labelledby": "gr-next" },
      make("h3", { id: "gr-next" }, phrase("what comes next")), ...inside);
  const step = (inside, shown = "") => ({ inside: box(inside), shown });
  if (waiting.length)
    return step(make("div", { class: "gr-unsaved" }, toSave(where, waiting)));
  if (where.state === "ended") return { inside: null, shown: "" };
  if (where.state === "agreed") return step(toKeep(where));
  if (wrongs.length) return step(toAnswer(where, wrongs));
  if (otherWords(where)) return { inside: null, shown: "" };
  if (where.round && !where.missing.length)
    return step([make("p", null, phrase("oneThingLeft")), closeTask(where, true)], "agree");
  if (state.handedOn && isSent(where))
    return step([
      make("p", null, phrase("sendNamed", { name: main().name, names: names(where.missing) })),
      sending(where),
    ]);
  return step(signTask(where, true), "sign");
};
export const signTask = (where, open) => task("sign", phrase("signIt"), phrase("aboutSigning"), signing(where), open);
export const closeTask = (where, open) =>
  task("agree", phrase("close the round"), phrase("aboutClosing"), closing(where), open);
