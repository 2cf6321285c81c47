// The first step: partners and dates.

import { setFront } from "../../core/workspace.js";
import { make } from "../../ui/elements.js";
import { front } from "./agreement.js";
import { isPart, pend, setFact } from "./changes.js";
import { details, heading, hint, shape } from "./elements.js";
import { answersOf } from "./field_kinds.js";
import { readers, several, single } from "./fields.js";
import { START, root, state } from "./page.js";
import { badTitle, checked, wordingField } from "./wording.js";

const party = (given = {}) => {
  const box = shape("party");
  const inputs = [...box.querySelectorAll("[name]:not([type=radio])")];
  inputs.forEach((one) => (one.value = given[one.name] || ""));
  const [organisation, person] = box.querySelectorAll("[type=radio]");
  const alone = given.name ? given.organisation || given.person : root.dataset.people === "yes";
  (alone ? person : organisation).checked = true;
  const choose = () => {
    box.dataset.kind = given.contact && given.organisation ? "both" : person.checked ? "person" : "organisation";
  };
  choose();
  const read = () => {
    choose();
    return Object.fromEntries(
      [...inputs.map((one) => [one.name, one.value.trim()]), ["person", person.checked && "yes"]].filter(
        (one) => one[1],
      ),
    );
  };
  return { shown: [box], read };
};
export const startStep = () => {
  const days = {};
  const waiting = (name) => state.draft.pending[`front ${name}`];
  const day = (name, other, label, note) => {
    const late = make("p", { class: "gr-findings", role: "status" });
    const tell = (bad) =>
      (late.textContent = bad ? phrase("endTooEarly") : "");
    const take = (value) => {
      const given = isPart(value) ? "" : value;
      const whole = { ...front(), [name]: given };
      const bad = whole.start && whole.end && whole.end < whole.start;
      tell(bad);
      setFact(name, bad ? "" : given, pend(`front ${name}`, bad || !given ? value || undefined : undefined));
      if (!bad && waiting(other) && !isPart(waiting(other))) readers.get(days[other])();
    };
    const waits = waiting(name);
    const box = single(name, { type: "date" }, waits || front()[name], label, take);
    tell(waits && !isPart(waits));
    box.append(late, note || "");
    days[name] = box;
    return box;
  };
  const known = state.draft.pending.parties || front().parties;
  const take = (all) => {
    const given = all.filter((one) => Object.keys(one).some((name) => name !== "person"));
    const whole = given.filter((one) => one.name).map(({ person, ...one }) => one);
    setFact(
      "parties",
      whole,
      pend("parties", given.some((one) => !one.name || (one.person && !one.organisation)) ? given : undefined),
    );
  };
  return [
    ...heading(phrase("startHere"), phrase("partnersAndDates")),
    checked("title", phrase("nameAgreement"), front().title, badTitle, (words) =>
      setFront(state.draft.agreement, "title", words),
    ),
    several("parties", phrase("askParties"), "", known && known.length ? known : [{}, {}], "partner", party, take),
    day("start", "end", phrase("whenStart")),
    day("end", "start", phrase("whenEnd"), hint(phrase("noEndSet"))),
    answersOf(state.draft.agreement.preamble),
    details(phrase("changeOpening"), wordingField(START, state.draft.agreement.preamble)),
  ];
};
