// The task of keeping up with the template.

import { entries, stopped } from "../../core/answers.js";
import { assemble } from "../../core/assemble.js";
import { withFront } from "../../core/model.js";
import { openRound } from "../../core/open_round.js";
import { questionLines, said, saidOlder } from "../../core/upgrade_text.js";
import { write } from "../../core/source.js";
import { sameWords } from "../../core/signing_state.js";
import { isText } from "../../core/strings.js";
import { decided, withRemarks } from "../../core/update_apply.js";
import { PREAMBLE, proposals } from "../../core/update_compare.js";
import { today } from "../../ui/days.js";
import { buttons, make } from "../../ui/elements.js";
import { changedLines, piece } from "./comparison.js";
import { button, hint } from "./elements.js";
import { taken } from "./files.js";
import { state } from "./page.js";
import { change, changeMain, done } from "./saving.js";
import { template } from "./standing.js";
import { reading, refuse } from "./tasks.js";

// The document of that agreement with one clause alone, or with the opening words alone.
const only = (id, agreement, language) => {
  const { preamble, clauses, ...rest } = assemble(agreement, language);
  return {
    ...rest,
    preamble: id === PREAMBLE ? preamble : [],
    clauses: clauses.filter((one) => one.id === id),
  };
};
// ``agreement`` with the text of ``part`` in that clause.
const saying = (agreement, id, { title, text }) => ({
  ...agreement,
  preamble: id === PREAMBLE ? text : agreement.preamble,
  sections: agreement.sections.map((one) => (one.id === id ? { ...one, title, text } : one)),
});
const lines = (head, old, now) => {
  const found = changedLines(old, now).flat(2).filter(Boolean);
  return [
    make("h4", null, head),
    make("div", { class: "gr-marked" }, found.length ? found : make("p", null, "It reads the same as before.")),
  ];
};
const newWords = (id, document) => {
  const clause = reading(document, "What it would say")().querySelector(`[data-clause="${CSS.escape(id)}"]`);
  clause.querySelector("h2").remove();
  return [make("h4", null, "It would say"), make("div", { class: "gr-marked" }, ...clause.childNodes)];
};
const TO_THEIRS = "From yours to the library's";
const ASKED = { ask: "The question", example: "An example", type: "The kind of answer", choices: "To choose from" };
// ``next``: the agreement as it would be.
const proposalText = ({ kind, clause, mine, theirs, base, questions }, where, next) => {
  const { agreement, language } = where;
  const words = (part) => only(clause, saying(agreement, clause, part), language);
  const now = theirs && only(theirs.id, next, language);
  const changes = { library: "What changes", both: TO_THEIRS, "no base": TO_THEIRS };
  return [
    kind === "new" && newWords(theirs.id, now),
    changes[kind] && lines(changes[kind], only(clause, agreement, language), now),
    kind === "both" &&
      base && [
        lines("What you had changed", words(base), words(mine)),
        lines("What the library changed", words(base), words(theirs)),
      ],
    questions.map((question) => [
      make("h4", null, `What is asked for: ${question.name}`),
      questionLines(question).map(([key, all]) =>
        make("p", { class: "gr-line", dir: "auto" }, `${ASKED[key] || key}: `, all.map(piece)),
      ),
    ]),
  ];
};
const TAKE = { new: "Add this clause", question: "Use the library's question", renamed: "Use its new name" };
const KEEP = { new: "Leave it out", dropped: "Keep it as our own", renamed: "Use its new name" };

export const upgrading = (where) => () => {
  if (!state.library || !template(where))
    return make("p", null, "This site does not have the template that this agreement was made from.");
  if (where.state === "ended") return make("p", null, "This agreement has ended, so there is nothing to keep up with.");
  const older = saidOlder(where.agreement, state.library);
  if (older) return make("p", null, older);
  const base = taken() ? taken().agreement : null;
  const all = proposals(where.agreement, base, state.library).filter((one) => one.kind !== "same");
  if (!all.length) return make("p", null, "Nothing. Your agreement is up to date with its template.");
  return [
    make(
      "p",
      null,
      "Decide clause by clause. What you keep is not proposed again until the library changes once more.",
    ),
    !base && hint("Open taken.md too, if you have it: then you also see which words were yours."),
    ...all.map((one) => proposed(where, base, one)),
  ];
};
const proposed = (where, base, one) => {
  const act = (decision) => decide(where, base, one, decision);
  const refused = make("div", { class: "gr-findings", role: "alert", tabIndex: -1, "data-part": "refused" });
  const take = decided(where.agreement, base, state.library, [one], new Map([[one.clause, "take"]]));
  const opens = where.state !== "draft" && !sameWords(where, take.agreement);
  const reason =
    opens && make("textarea", { rows: 2, dir: "auto", value: stopped(`Keeping up with the template: ${one.title}`) });
  const agreeing = take.lost.length && make("input", { type: "checkbox" });
  const box = make(
    "section",
    { class: "gr-proposal" },
    make("h3", null, one.title),
    make("p", null, said(one)),
    proposalText(one, where, take.agreement),
    agreeing &&
      make(
        "label",
        { class: "gr-tick" },
        agreeing,
        " Taking it, these answers lose their place, and stay in the file as a remark: ",
        take.lost.map((each) => `${each.name}: ${flatAnswer(each.answer)}`).join("; "),
      ),
    reason &&
      make(
        "label",
        { class: "gr-cell" },
        "Others signed the words as they were, so taking this opens a new round. Why?",
        reason,
      ),
    refused,
    buttons(
      one.kind !== "dropped" &&
        one.kind !== "renamed" &&
        button(
          TAKE[one.kind] || "Take the library's text",
          () => {
            if (agreeing && !agreeing.checked)
              return refuse(box, ["Tick that these answers may go, or keep your text."]);
            return act({ choice: "take", because: reason ? reason.value : "" });
          },
          { "aria-label": `${TAKE[one.kind] || "Take the library's text"}: ${one.title}` },
        ),
      button(KEEP[one.kind] || "Keep ours", () => act({ choice: "keep", because: "" }), {
        "aria-label": `${KEEP[one.kind] || "Keep ours"}: ${one.title}`,
      }),
    ),
  );
  return box;
};
const flatAnswer = (answer) => (isText(answer) ? answer : entries(answer).join(", "));
const decide = (where, base, one, { choice, because }) => {
  const made = decided(where.agreement, base, state.library, [one], new Map([[one.clause, choice]]));
  let { agreement } = made;
  const differs = !sameWords(where, agreement);
  if (differs && where.state !== "draft") agreement = withFront(agreement, openRound(where, today(), because));
  changeMain(agreement, (text) => withRemarks(text, made.lost, today()));
  change("taken", "taken.md", write(made.taken));
  const said = stopped(`${choice === "take" ? "Taken" : "Kept as yours"}: ${one.title}`);
  done(`${said} Save the files when you are done.`);
};
