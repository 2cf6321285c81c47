// All that is shown of what is open.

import { fingerprint, kindOfPrint } from "../../core/fingerprint.js";
import { assembled } from "../../core/signing_state.js";
import { make } from "../../ui/elements.js";
import { comparing } from "./comparing.js";
import { fillTask } from "./filling.js";
import { languageOf, main } from "./files.js";
import { reasons } from "./messages.js";
import { dayWords, state } from "./page.js";
import { paper, printed } from "./prints.js";
import { recording } from "./recording.js";
import { roundsList, signedList } from "./signatures.js";
import { closeTask, nextStep, signTask } from "./next_step.js";
import { reopening } from "./signing.js";
import { stateWords } from "./standing.js";
import { taking } from "./taking_away.js";
import { reading, task } from "./tasks.js";
import { upgrading } from "./upgrading.js";

// The document alone, for the printer.
const forPaper = (where) =>
  make(
    "div",
    { class: "gr-paper" },
    reading(where.today, "The agreement")(),
    where.fingerprint && make("p", { class: "gr-fingerprint" }, "Fingerprint of these words: ", where.fingerprint),
    make("p", null, stateWords(where)),
  );

export const agreementParts = (where) => {
  const { front } = where.agreement;
  const broken = [...where.kept.values()].filter((one) => !one.intact);
  const { wrongs, remarks } = main();
  const next = nextStep(where);
  return [
    make("h2", { tabIndex: -1, dir: "auto" }, front.title),
    make("p", { class: "gr-lead gr-stands" }, stateWords(where)),
    wrongs.length &&
      make(
        "div",
        { class: "gr-findings" },
        make("p", null, "Something in this file is wrong. It can be read, but not signed:"),
        reasons(wrongs),
      ),
    remarks.length &&
      make("div", { class: "gr-message" }, make("p", null, "It may not say what you mean:"), reasons(remarks)),
    broken.length &&
      make(
        "p",
        { class: "gr-findings" },
        broken.map(
          (one) =>
            `The words in the kept text of version ${one.version} are not those that were kept. ` +
            "Bring that file back from a copy. ",
        ),
      ),
    next.inside,
    make("h3", null, "Who has signed"),
    signedList(where),
    where.open.length
      ? make(
          "p",
          null,
          `${where.open.length} ${where.open.length === 1 ? "question is" : "questions are"} still ` +
            "open, so it has no fingerprint yet.",
        )
      : printed(where.fingerprint, "Fingerprint of these words"),
    where.agreed && !where.asAgreed && where.kept.has(where.agreed)
      ? printed(where.kept.get(where.agreed).fingerprint, `Fingerprint of version ${where.agreed}`)
      : null,
    roundsList(where) && [make("h3", null, "Rounds"), roundsList(where)],
    make("h3", null, "What would you like to do?"),
    task("read", "Read it", "The words as they stand in the file.", reading(where.today, "The agreement")),
    next.shown !== "sign" && signTask(where),
    where.round && next.shown !== "agree" && closeTask(where),
    !!where.rounds.length && task("renegotiate", "Change what was agreed", "Start from a reason.", reopening(where)),
    task("compare", "See what changed", "Between two texts, clause by clause.", comparing(where)),
    task(
      "upgrade",
      "Keep up with the template",
      "What it has learned since, and what you want of that.",
      upgrading(where),
    ),
    task("record", "Write a record", "A review, an end report, or a concern.", recording(where)),
    state.files.filter((one) => one.kind === "record" && languageOf(one.agreement)).map(fillTask),
    task("paper", "Check a fingerprint from paper", "Type it in and compare.", paper(where)),
    task("take", "Files, Word, and filling it in", "Take it away, or go on working on it.", taking(where)),
    forPaper(where),
  ]
    .flat(9)
    .filter(Boolean);
};

// Without the agreement itself: what was opened all the same.
export const otherParts = () => {
  const file = main();
  if (file) {
    return [
      make("h2", { tabIndex: -1, dir: "auto" }, file.agreement.front.title),
      make(
        "p",
        { class: "gr-findings" },
        `This page does not know how "${file.agreement.front.language}" writes its dates, so it ` +
          "cannot work out the fingerprint. The command groundrules verify can.",
      ),
    ];
  }
  return state.files
    .filter((one) => one.kind === "version" || one.kind === "record")
    .flatMap((one) => {
      const language = languageOf(one.agreement);
      const { front } = one.agreement;
      const form = kindOfPrint((one.kind === "version" && front.fingerprint) || "");
      const words = language && assembled(one.agreement, language, form);
      const now = words && fingerprint(words, form);
      return [
        make("h2", { tabIndex: -1, dir: "auto" }, front.title),
        make(
          "p",
          null,
          one.kind === "record"
            ? `A record of ${dayWords(front.date)}. Open the agreement too, to go on from here.`
            : `The kept text of version ${front.version}. Open the agreement too, to see who signed it.`,
        ),
        one.kind === "version" &&
          (now === front.fingerprint
            ? printed(now, "Fingerprint")
            : make(
                "p",
                { class: "gr-findings" },
                now
                  ? "These are not the words that were kept: their fingerprint is another one."
                  : "This page cannot work out its fingerprint.",
              )),
        words &&
          (one.kind === "record"
            ? fillTask(one)
            : task(`read ${one.name}`, "Read it", "", reading(words, front.title))),
      ].filter(Boolean);
    });
};
