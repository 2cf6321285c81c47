// The tasks of signing, closing a round and opening another.

import { agree, otherWords, renegotiate, sign } from "../../core/signing.js";
import { sameName } from "../../core/names.js";
import { write } from "../../core/source.js";
import { today } from "../../ui/days.js";
import { make } from "../../ui/elements.js";
import { shownChange } from "./comparing.js";
import { options, shape } from "./elements.js";
import { versions } from "./files.js";
import { keptName } from "./names.js";
import { changeWords, draftPage, keepDraft } from "./own_drafts.js";
import { state, unread } from "./page.js";
import { change, changeMain, done } from "./saving.js";
import { whereItStands, wrongsOf } from "./standing.js";
import { askDays, onSubmit, opened, refuse } from "./tasks.js";

// The partner for whom somebody of that name signs, as far as the agreement says so.
const partyOf = ({ parties, signatures }, name) => {
  const known = [
    ...parties.flatMap((one) => [[one.name, one.name], [one.contact, one.name]]),
    ...signatures.map((one) => [one.name, one.party]),
  ];
  const [, party = ""] = known.find(([other]) => other && sameName(other, name)) || [];
  return parties.some((one) => one.name === party) ? party : "";
};
export const signing = (where) => () => {
  const unlike = otherWords(where);
  if (unlike)
    return [make("p", { class: "gr-findings" }, unlike), shownChange(where.kept.get(where.round.version), where)];
  const form = shape("sign");
  const { elements } = form;
  const { parties, template } = where.agreement.front;
  if (unread.includes(template)) form.prepend(make("p", { class: "gr-findings" }, phrase("machineWords")));
  const first = where.missing[0] || parties[0];
  elements.party.append(
    ...options(
      [["", phrase("choose")], ...parties.map((one) => [one.name, one.name])],
      where.missing.length === 1 ? first.name : "",
    ),
  );
  let isChosen = where.missing.length === 1;
  elements.party.onchange = () => (isChosen = true);
  elements.name.oninput = () => {
    if (!isChosen) elements.party.value = partyOf(where.agreement.front, elements.name.value);
  };
  askDays(form, where.agreement.front.language, { day: today() });
  form.querySelector("[data-for=reason]").hidden = where.round
    ? !!where.round.because || where.rounds.length < 2
    : !where.agreed || where.asAgreed;
  form.querySelector("[type=submit]").textContent = phrase("signVersion", { version: where.version });
  const isLast = () => where.missing.length === 1 && elements.party.value === where.missing[0].name;
  onSubmit(form, (given) => {
    const made = sign(where, { ...given, today: today(), wrongs: wrongsOf(where) });
    refuse(form, made.problems || [], made.fields);
    if (made.problems) return;
    const last = isLast();
    changeMain(made.agreement);
    opened.delete("sign");
    state.handedOn = true;
    const said = [phrase("signedBy", { name: made.signature.name, version: made.version }), ...made.remarks];
    const days = made.agreement.front.signatures.map((one) => one.date).sort();
    const isAgreed = last && !closed(whereItStands(), days[days.length - 1]).problems;
    if (isAgreed) said.push(phrase("signedByAll"));
    keepDraft();
    done(said.join(" "));
  });
  return form;
};
// Closes the round of ``where``, and keeps its words beside it; returns the reasons against it, if there are any.
const closed = (where, day) => {
  const { agreement, ...against } = agree(where, { day, today: today(), wrongs: wrongsOf(where) });
  if (against.problems) return against;
  const { version } = where.round;
  const { title } = agreement.front;
  if (!versions().has(version))
    change("version", keptName(title, version), write(where.kept.get(version).agreement));
  changeMain(agreement);
  return {};
};
export const closing = (where) => () => {
  const form = shape("agree");
  askDays(form, where.agreement.front.language, { day: today() });
  onSubmit(form, (given) => {
    const { problems = [], fields } = closed(where, given.day);
    refuse(form, problems, fields);
    if (problems.length) return;
    opened.delete("agree");
    keepDraft();
    done(phrase("versionIsAgreed", { version: where.round.version }));
  });
  return form;
};
export const reopening = (where) => () => {
  const form = shape("renegotiate");
  const [onward, only] = form.querySelectorAll("[type=submit]");
  onward.hidden = !draftPage(where);
  form.querySelector("[data-for=clause]").hidden = onward.hidden;
  form.elements.clause.append(
    ...options([
      ["", phrase("noClauseYet")],
      ...where.today.clauses.map((one) => [one.id, `${one.number}. ${one.title}`]),
    ]),
  );
  only.classList.toggle("gr-main", onward.hidden);
  onSubmit(form, (given, pressed) => {
    const made = renegotiate(where, { ...given, day: today() });
    refuse(form, made.problems || [], made.fields);
    if (made.problems) return;
    changeMain(made.agreement);
    opened.delete("renegotiate");
    keepDraft();
    done(phrase("roundIsOpenNow", { round: made.number }));
    if (pressed === onward) changeWords(whereItStands(), given.clause);
  });
  return form;
};
