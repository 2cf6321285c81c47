// Who has signed, and the rounds.

import { stopped } from "../../core/answers.js";
import { make } from "../../ui/elements.js";
import { shownChange } from "./comparing.js";
import { dayWords, listed } from "./page.js";
import { MATCHES } from "./standing.js";

// A signature that was for an earlier version, and how it is said, or nothing.
const replaced = (where, { signature, match }) => {
  const version = Number(signature.version);
  if (!version || version >= where.agreed || (match === "cannot check" && where.kept.has(version))) return "";
  const said = phrase("replacedBy", { version, agreed: where.agreed });
  return where.kept.has(version) ? said : `${said}. ${phrase("openToCheck", { version })}`;
};
const matchWords = (where, { signature, match, why }) => {
  if (signature.version && !where.kept.has(Number(signature.version)))
    return phrase("notCheckedYet", { version: signature.version });
  const kept = where.kept.get(Number(signature.version));
  return [MATCHES[match], why || (kept && kept.older)].filter(Boolean).join(". ");
};
export const signedList = (where) => {
  const rows = where.signed.map((signed) => {
    const { signature, match } = signed;
    const kept = where.kept.get(Number(signature.version));
    const old = signed.lapsed || replaced(where, signed);
    const role = signature.role ? `, ${signature.role}` : "";
    return make(
      "li",
      null,
      make("strong", { dir: "auto" }, signature.name),
      make("bdi", null, role),
      !signed.themselves && [" ", phraseParts("signedForParty", { party: make("bdi", null, signature.party) })],
      `, ${phrase("onDay", { day: dayWords(signature.date) })}`,
      signature.version && `, ${phrase("versionName", { version: signature.version })}`,
      make(
        "span",
        { class: "gr-match", "data-match": old ? "replaced" : match.replace(" ", "-") },
        old || matchWords(where, signed),
      ),
      match === "changed" && shownChange(kept, where),
    );
  });
  const missing = where.state === "draft" ? [] : where.missing;
  return [
    rows.length ? make("ul", { class: "gr-signed" }, rows) : make("p", null, phrase("nobodyYet")),
    missing.length &&
      make("p", null, stopped(phrase("stillMissing", { names: listed(missing.map((one) => one.name)) }))),
  ];
};
const roundWords = (where, { version, opened, agreed }) => {
  const day = dayWords(opened);
  if (agreed) return phrase("roundAgreed", { day, agreed: dayWords(agreed) });
  return where.round && where.round.version === version ? phrase("roundOpen", { day }) : phrase("roundLapsed", { day });
};
export const roundsList = (where) =>
  where.rounds.length &&
  make(
    "ol",
    { class: "gr-rounds" },
    where.rounds.map((one) =>
      make(
        "li",
        { value: one.version },
        roundWords(where, one),
        one.because && make("bdi", null, ` ${one.because}`),
      ),
    ),
  );
