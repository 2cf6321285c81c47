// Which signatures stand for which words. All that shows, prints or counts a signature asks here.

import { assemble } from "./assemble.js";
import { OLD, fingerprint, kindOfPrint } from "./fingerprint.js";
import { isForm } from "./frame.js";
import { foldName, sameName } from "./names.js";

// Those of ``signatures`` that stand for exactly the words of ``document``, as ``agreement/signing/standing`` says.
export function standingSignatures(document, signatures, version, kept) {
  if (isForm(document)) return [];
  const words = document.fingerprint;
  return signatures.flatMap((one) => {
    const party = document.parties.find(({ name }) => sameName(name, one.party));
    const stands = one.version
      ? words && Number(one.version) === version && one.fingerprint === words && kept.get(version) === words
      : !one.fingerprint && !kept.size;
    return party && stands ? [{ ...one, party: party.name }] : [];
  });
}

export function withSignatures(document, signatures, version, kept) {
  const standing = standingSignatures(document, signatures, version, kept);
  return { ...document, signatures: standing, version: standing.some((one) => one.version) ? version : 0 };
}

// The document of a draft, whose kept texts are not at hand: they are known if these are the words that were signed.
// Of what was signed on paper nobody can tell whether the words are still the same.
export function signedDraft(agreement, template) {
  const { rounds, signatures } = agreement.front;
  const version = rounds.length ? Number(rounds[rounds.length - 1].version) : 0;
  const signed = (form) => {
    const document = assemble(agreement, { ...template, twoStops: form === OLD });
    const words = isForm(document) ? "" : fingerprint(document, form);
    return withSignatures({ ...document, fingerprint: words }, signatures, version, new Map([[version, words]]));
  };
  const old = signatures.some((one) => kindOfPrint(one.fingerprint || "") === OLD) && signed(OLD);
  return old && old.signatures.some((one) => one.fingerprint) ? old : signed();
}

// Why the words of ``version`` can hardly have been signed on ``day``, and whether they cannot at all.
export function tooEarly(version, day, rounds) {
  const days = rounds.flatMap((one) => [one.opened, one.agreed]).filter(Boolean);
  // Rounds whose days contradict one another prove nothing.
  if (days.some((one, at) => at && one < days[at - 1])) return null;
  const [before] = rounds
    .filter((one) => one.version < version && one.agreed)
    .sort((one, other) => other.version - one.version);
  if (before && day < before.agreed)
    return [phrase("signedBeforeAgreed", { day, agreed: before.agreed, before: before.version, version }), true];
  const own = rounds.find((one) => one.version === version);
  return own && day < own.opened ? [phrase("signedBeforeOpened", { day, opened: own.opened, version }), false] : null;
}

// The parties for which the person of ``signature`` has signed its version, each once.
export const signedFor = (signature, signatures) => [
  ...new Map(
    signatures
      .filter((one) => one.version === signature.version && sameName(one.name, signature.name))
      .map((one) => [foldName(one.party), one.party]),
  ).values(),
];
