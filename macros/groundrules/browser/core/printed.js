// The words around the clauses: partners, dates, signatures.

import { capitalised, stopped } from "./answers.js";
import { writtenDate } from "./language.js";

const EMPTY_ROWS = 3;
const SIGNING_LABELS = ["signed for", "name", "role", "signature", "date"];

export function partyWords(party, labels, reachable) {
  const { name, contact, role, organisation, phone, email } = party;
  const known = [contact, role, ...(reachable ? [phone, email] : [])].filter(Boolean).join(", ");
  const text = organisation ? `, ${organisation}` : "";
  const said = contact ? `${stopped(name + text).slice(name.length)} ${labels.contact}: ${known}` : `${text}, ${known}`;
  return [name, known ? said : text];
}

export function days({ start, end, labels, locale }) {
  const said = [
    ["from", start],
    ["to", end],
  ]
    .filter(([, day]) => day)
    .map(([word, day]) => `${labels[word]} ${writtenDate(day, locale)}`);
  return capitalised(said.join(" "));
}

export const signingHeader = (document) => SIGNING_LABELS.map((label) => document.labels[label]);

export function signers(document, form) {
  const { signatures } = document;
  const rows = signatures.map((one) => [
    one.party,
    one.name,
    one.role || "",
    document.labels.signed,
    writtenDate(one.date, document.locale),
  ]);
  const names = signatures.map((one) => one.party);
  for (const { name, organisation, contact, role } of document.parties) {
    if (!names.includes(name))
      rows.push(organisation && !contact ? [name, name, role || "", "", ""] : [name, "", "", "", ""]);
  }
  const more = rows.length < (form ? 2 : 1);
  // Nobody agrees with themselves: where one party is named, others are still to come.
  while (rows.length < (more ? EMPTY_ROWS : 0)) rows.push(SIGNING_LABELS.map(() => ""));
  return rows;
}
