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
    make("div", { class: "gr-marked" }, found.length ? found : make("p", null, phrase("readsTheSame"))),
  ];
};
const newWords = (id, document) => {
  const clause = reading(document, phrase("whatItWouldSay"))().querySelector(`[data-clause="${CSS.escape(id)}"]`);
  clause.querySelector("h2").remove();
  return [make("h4", null, phrase("itWouldSay")), make("div", { class: "gr-marked" }, ...clause.childNodes)];
};
const TO_THEIRS = phrase("toTheirs");
const ASKED = {
  ask: phrase("askedQuestion"),
  example: phrase("askedExample"),
  type: phrase("askedType"),
  choices: phrase("askedChoices"),
};
// ``next``: the agreement as it would be.
const proposalText = ({ kind, clause, mine, theirs, base, questions }, where, next) => {
  const { agreement, language } = where;
  const words = (part) => only(clause, saying(agreement, clause, part), language);
  const now = theirs && only(theirs.id, next, language);
  const changes = { library: phrase("whatChanges"), both: TO_THEIRS, "no base": TO_THEIRS };
  return [
    kind === "new" && newWords(theirs.id, now),
    changes[kind] && lines(changes[kind], only(clause, agreement, language), now),
    kind === "both" &&
      base && [
        lines(phrase("youChanged"), words(base), words(mine)),
        lines(phrase("libraryChanged"), words(base), words(theirs)),
      ],
    questions.map((question) => [
      make("h4", null, phrase("askedFor", { name: question.name })),
      questionLines(question).map(([key, all]) =>
        make("p", { class: "gr-line", dir: "auto" }, `${ASKED[key] || key}: `, all.map(piece)),
      ),
    ]),
  ];
};
const TAKE = { new: phrase("takeNew"), question: phrase("takeQuestion") };
const KEEP = { new: phrase("keepOut"), dropped: phrase("keepOwn"), renamed: phrase("keepRenamed") };

export const upgrading = (where) => () => {
  if (!state.library || !template(where))
    return make("p", null, phrase("noTemplateToKeepUp"));
  if (where.state === "ended") return make("p", null, phrase("endedNoKeepingUp"));
  const older = saidOlder(where.agreement, state.library);
  if (older) return make("p", null, older);
  const base = taken() ? taken().agreement : null;
  const all = proposals(where.agreement, base, state.library).filter((one) => one.kind !== "same");
  if (!all.length) return make("p", null, phrase("upToDate"));
  return [
    make(
      "p",
      null,
      phrase("decideByClause"),
    ),
    !base && hint(phrase("openTaken")),
    ...all.map((one) => proposed(where, base, one)),
  ];
};
const proposed = (where, base, one) => {
  const act = (decision) => decide(where, base, one, decision);
  const [takes, keeps] = [TAKE[one.kind] || phrase("takeText"), KEEP[one.kind] || phrase("keepOurs")];
  const refused = make("div", { class: "gr-findings", role: "alert", tabIndex: -1, "data-part": "refused" });
  const take = decided(where.agreement, base, state.library, [one], new Map([[one.clause, "take"]]));
  const opens = where.state !== "draft" && !sameWords(where, take.agreement);
  const reason =
    opens &&
    make("textarea", { rows: 2, dir: "auto", value: stopped(phrase("keepingUpReason", { title: one.title })) });
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
        ` ${phrase("answersLost")} `,
        take.lost.map((each) => `${each.name}: ${flatAnswer(each.answer)}`).join("; "),
      ),
    reason &&
      make(
        "label",
        { class: "gr-cell" },
        phrase("takingOpensRound"),
        reason,
      ),
    refused,
    buttons(
      one.kind !== "dropped" &&
        one.kind !== "renamed" &&
        button(
          takes,
          () => {
            if (agreeing && !agreeing.checked)
              return refuse(box, [phrase("tickFirst")]);
            return act({ choice: "take", because: reason ? reason.value : "" });
          },
          { "aria-label": `${takes}: ${one.title}` },
        ),
      button(keeps, () => act({ choice: "keep", because: "" }), {
        "aria-label": `${keeps}: ${one.title}`,
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
  const { title } = one;
  const said = stopped(choice === "take" ? phrase("isTaken", { title }) : phrase("isKeptAsYours", { title }));
  done(`${said} ${phrase("saveWhenDone")}`);
};
