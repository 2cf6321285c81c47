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
    reading(where.today, phrase("the agreement"))(),
    where.fingerprint &&
      make("p", { class: "gr-fingerprint" }, `${phrase("fingerprint")}: ${where.fingerprint}`),
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
        make("p", null, phrase("fileIsWrong")),
        reasons(wrongs),
      ),
    remarks.length &&
      make("div", { class: "gr-message" }, make("p", null, phrase("fileIsDoubtful")), reasons(remarks)),
    broken.length &&
      make(
        "p",
        { class: "gr-findings" },
        broken.map(
          (one) => `${phrase("keptTextBroken", { version: one.version })} `,
        ),
      ),
    next.inside,
    make("h3", null, phrase("whoHasSigned")),
    signedList(where),
    where.open.length
      ? make(
          "p",
          null,
          phrase("openNoFingerprint", { count: where.open.length }),
        )
      : printed(where.fingerprint, phrase("fingerprint")),
    where.agreed && !where.asAgreed && where.kept.has(where.agreed)
      ? printed(where.kept.get(where.agreed).fingerprint, phrase("fingerprintOfVersion", { version: where.agreed }))
      : null,
    roundsList(where) && [make("h3", null, phrase("rounds")), roundsList(where)],
    make("h3", null, phrase("whatToDo")),
    task("read", phrase("readIt"), phrase("aboutReading"), reading(where.today, phrase("the agreement"))),
    next.shown !== "sign" && signTask(where),
    where.round && next.shown !== "agree" && closeTask(where),
    !!where.rounds.length && task("renegotiate", phrase("changeAgreed"), phrase("aboutChanging"), reopening(where)),
    task("compare", phrase("seeChanges"), phrase("aboutComparing"), comparing(where)),
    task(
      "upgrade",
      phrase("keepUp"),
      phrase("aboutKeepingUp"),
      upgrading(where),
    ),
    task("record", phrase("writeRecord"), phrase("aboutRecords"), recording(where)),
    state.files.filter((one) => one.kind === "record" && languageOf(one.agreement)).map(fillTask),
    task("paper", phrase("checkPaper"), phrase("aboutPaper"), paper(where)),
    task("take", phrase("takeAway"), phrase("aboutTaking"), taking(where)),
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
        phrase("languageNotKnown", { language: file.agreement.front.language }),
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
            ? phrase("recordAlone", { day: dayWords(front.date) })
            : phrase("keptTextAlone", { version: front.version }),
        ),
        one.kind === "version" &&
          (now === front.fingerprint
            ? printed(now, phrase("justFingerprint"))
            : make(
                "p",
                { class: "gr-findings" },
                now
                  ? phrase("keptTextOther")
                  : phrase("fingerprintNotKnown"),
              )),
        words &&
          (one.kind === "record"
            ? fillTask(one)
            : task(`read ${one.name}`, phrase("readIt"), "", reading(words, front.title))),
      ].filter(Boolean);
    });
};
