// What stands above the form where people signed the words, and the round that a change opens. Few drafts need it.

import { fingerprint, kindOfPrint } from "../../core/fingerprint.js";
import { writtenDate } from "../../core/language.js";
import { withFront } from "../../core/model.js";
import { lapsing, openRound, opensRound } from "../../core/open_round.js";
import { known } from "../../core/signing.js";
import { assembled, sameWords, standing } from "../../core/signing_state.js";
import { oneLine } from "../../core/strings.js";
import { today } from "../../ui/days.js";
import { make } from "../../ui/elements.js";

const lastOf = (all) => all[all.length - 1];
// The round of ``agreement`` that is open and in which nobody has signed, if there is one.
const unsigned = ({ front: { rounds, signatures } }) => {
  const last = lastOf(rounds);
  return last && !last.agreed && !signatures.some((one) => one.version === last.version) ? last : null;
};

// ``agreement`` is the draft as it was opened; ``box`` is where the page says what was signed.
export function roundsOf(agreement, language, box) {
  const where = standing(agreement, known(agreement, new Map(), language), language);
  const opens = opensRound(where);
  const { rounds, status, signatures } = agreement.front;
  const version = where.round ? where.round.version : where.agreed;
  const signed = signatures.find((one) => one.fingerprint && Number(one.version) === version);
  const print = signed && version ? signed.fingerprint : where.fingerprint;
  const form = kindOfPrint(print);
  // Of words that are not at hand, only their fingerprint is known.
  const isSigned = (next) =>
    print === where.fingerprint ? sameWords(where, next) : fingerprint(assembled(next, language, form), form) === print;

  const why = make("textarea", { rows: 2, dir: "auto", maxLength: 2000 });
  const open = make("p", { role: "status" });
  const sign = make("button", { type: "button", class: "gr-button", "data-do": "sign" }, phrase("signNewWords"));
  const label = make("label", { class: "gr-cell" }, phrase("whyChange"), why);
  const { older = "" } = where.kept.get(version) || {};
  const words = [lapsing(where, (day) => writtenDate(day, language.locale)), older].filter(Boolean).join(" ");
  box.replaceChildren(make("p", null, words), open, label, sign);
  return {
    // ``next`` as it stands in the file: its round is open as long as its words are not those that were signed.
    settle(next) {
      if (!opens) return next;
      if (isSigned(next)) return withFront(next, { rounds, status });
      const last = lastOf(next.front.rounds);
      const because = last && !rounds.includes(last) ? last.because : "";
      return withFront(next, openRound(where, today(), because));
    },
    because: (next, reason) =>
      withFront(next, {
        rounds: [...next.front.rounds.slice(0, -1), { ...unsigned(next), because: oneLine(reason) || undefined }],
      }),
    // Why it cannot be saved as a file yet, if it cannot.
    refused(next) {
      const round = unsigned(next);
      if (!round || round.because) return "";
      why.focus();
      return phrase("reasonFirst", { round: round.version });
    },
    show(next, locked) {
      const round = unsigned(next);
      const ours = opens && round;
      const said = ours ? phrase("wordsChanged", { round: round.version }) : "";
      if (open.textContent !== said) open.textContent = said;
      label.hidden = !round || !(ours || !where.round.because);
      sign.hidden = !round || locked || !box.closest("[data-draft]").dataset.keeping;
      why.disabled = locked;
      if (round && document.activeElement !== why) why.value = round.because || "";
      box.hidden = !words;
    },
  };
}
