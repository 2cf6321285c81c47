// The first step: partners and dates.

import { setFront } from "../../core/workspace.js";
import { make } from "../../ui/elements.js";
import { front } from "./agreement.js";
import { pend, setFact } from "./changes.js";
import { details, heading, hint, shape } from "./elements.js";
import { answersOf } from "./field_kinds.js";
import { several, single } from "./fields.js";
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
  const day = (name, label, note) => {
    const late = make("p", { class: "gr-findings", role: "status" });
    const take = (value) => {
      const { start, end } = { ...front(), [name]: value };
      const bad = start && end && end < start;
      late.textContent = bad ? "The end is before the start. The document keeps the last day that fits." : "";
      if (!bad) setFact(name, value || null);
    };
    const box = single(name, { type: "date" }, front()[name] || "", label, take);
    box.append(late, note || "");
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
    ...heading("Start here", "Partners and dates"),
    checked("title", "What do you call this agreement?", front().title, badTitle, (words) =>
      setFront(state.draft.agreement, "title", words),
    ),
    several("parties", "Who are the partners?", "", known && known.length ? known : [{}, {}], "partner", party, take),
    day("start", "When does it start?"),
    day("end", "When does it end?", hint("Leave this empty if no end is set.")),
    answersOf(state.draft.agreement.preamble),
    details("Change the opening words", wordingField(START, state.draft.agreement.preamble)),
  ];
};
