// The tasks of signing, closing a round and opening another.

import { agree, otherWords, renegotiate, sign } from "../../core/signing.js";
import { today } from "../../ui/days.js";
import { make } from "../../ui/elements.js";
import { shownChange } from "./comparing.js";
import { options, shape } from "./elements.js";
import { versions } from "./files.js";
import { change, changeMain, done } from "./saving.js";
import { wrongsOf } from "./standing.js";
import { askDays, onSubmit, opened, refuse } from "./tasks.js";

export const signing = (where) => () => {
  const unlike = otherWords(where);
  if (unlike)
    return [make("p", { class: "gr-findings" }, unlike), shownChange(where.kept.get(where.round.version), where)];
  const form = shape("sign");
  const { elements } = form;
  const { parties } = where.agreement.front;
  const first = where.missing[0] || parties[0];
  elements.party.append(
    ...options(
      [["", "Choose"], ...parties.map((one) => [one.name, one.name])],
      where.missing.length === 1 ? first.name : "",
    ),
  );
  askDays(form, where.agreement.front.language, { day: today() });
  form.querySelector("[data-for=reason]").hidden = where.round
    ? !!where.round.because || where.rounds.length < 2
    : !where.agreed || where.asAgreed;
  form.querySelector("[type=submit]").textContent = `Sign version ${where.version}`;
  onSubmit(form, (given) => {
    const made = sign(where, { ...given, today: today(), wrongs: wrongsOf(where) });
    refuse(form, made.problems || []);
    if (made.problems) return;
    changeMain(made.agreement);
    if (!versions().has(made.version)) change("version", `${made.version}.md`, made.text);
    opened.delete("sign");
    done(
      `Signed by ${made.signature.name}, as version ${made.version}. Save both files, and send ` +
        "them to whoever signs next." +
        made.remarks.map((one) => ` ${one}`).join(""),
    );
  });
  return form;
};
export const closing = (where) => () => {
  const form = shape("agree");
  askDays(form, where.agreement.front.language, { day: today() });
  onSubmit(form, (given) => {
    const made = agree(where, { ...given, today: today(), wrongs: wrongsOf(where) });
    refuse(form, made.problems || []);
    if (made.problems) return;
    changeMain(made.agreement);
    opened.delete("agree");
    done(`Version ${where.round.version} is agreed. Save the file, and give each partner a copy of all files.`);
  });
  return form;
};
export const reopening = (where) => () => {
  const form = shape("renegotiate");
  onSubmit(form, (given) => {
    const made = renegotiate(where, { ...given, day: today() });
    refuse(form, made.problems || []);
    if (made.problems) return;
    changeMain(made.agreement);
    opened.delete("renegotiate");
    done(`Round ${made.number} is open. Save the file, then change the words: "Go on filling it in".`);
  });
  return form;
};
