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
  const how = where.kept.has(version) ? "" : `. To check it, open the kept text of version ${version} too`;
  return `signed version ${version}, and version ${where.agreed} has taken its place${how}`;
};
const matchWords = (where, { signature, match, why }) => {
  if (signature.version && !where.kept.has(Number(signature.version)))
    return `cannot be checked yet. Open the kept text of version ${signature.version} too`;
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
      !signed.themselves && [" for ", make("bdi", null, signature.party)],
      `, on ${dayWords(signature.date)}${signature.version ? `, version ${signature.version}` : ""}`,
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
    rows.length ? make("ul", { class: "gr-signed" }, rows) : make("p", null, "Nobody yet."),
    missing.length &&
      make("p", null, stopped(`Still missing under these words: ${listed(missing.map((one) => one.name))}`)),
  ];
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
        `Opened on ${dayWords(one.opened)}`,
        one.agreed
          ? `, agreed on ${dayWords(one.agreed)}.`
          : where.round && where.round.version === one.version
            ? ", still open."
            : ", never agreed.",
        one.because && make("bdi", null, ` ${one.because}`),
      ),
    ),
  );
