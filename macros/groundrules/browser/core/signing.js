// Signing, closing a round, and opening another.

import { readDate } from "./days.js";
import { fingerprint, kindOfPrint } from "./fingerprint.js";
import { read } from "./load.js";
import { oddName } from "./lookalikes.js";
import { entriesOf } from "./maps.js";
import { hiddenCharacters } from "./markup/hidden.js";
import { withFront } from "./model.js";
import { sameName } from "./names.js";
import { openRound, withValues } from "./open_round.js";
import { assembled } from "./signing_state.js";
import { write } from "./source.js";
import { signedFor, tooEarly } from "./standing.js";
import { oneLine } from "./strings.js";
import { finished } from "./version.js";

const EARLIEST = "2000-01-01";

// Each returns the reasons against it as { problems }, or what is to be saved. ``where`` is a standing, ``today``
// is this day, ``wrongs`` are the reasons why these words cannot be agreed, as the page finds them.
export function sign(where, { party, name, role, day, because, today, wrongs }) {
  const { front } = where.agreement;
  if (where.state === "ended")
    return { problems: [phrase("endedOpenRound")] };
  const unlike = otherWords(where);
  if (unlike) return { problems: [unlike] };
  const who = {
    party: front.parties.find((one) => one.name === party),
    name: oneLine(name || "").normalize("NFC"),
    role: oneLine(role || "").normalize("NFC"),
  };
  const known = front.parties.flatMap((one) => [one.contact, one.name]).filter(Boolean);
  const { version } = where;
  const opens = !where.round && !where.rounds.some((one) => one.version === version);
  const reason = oneLine(because || "");
  const twice =
    who.party &&
    front.signatures.find(
      (one) => Number(one.version) === version && sameName(one.party, party) && sameName(one.name, who.name),
    );
  const early = tooEarly(version, day, where.rounds);
  const odd = [
    ["party", front.parties.length && !who.party && phrase("chooseParty")],
    ["name", who.name ? oddName(who.name, [...known, ...front.signatures.map((one) => one.name)]) : phrase("typeName")],
    ["role", hiddenCharacters(who.role) && phrase("oddRole", { message: hiddenCharacters(who.role) })],
    ["day", oddDay(day, today) || (early && early[1] && early[0])],
    ["name", twice && phrase("signedAlready", { name: who.name, version, party, day: twice.date })],
    ["because", reasonProblem(reason)],
  ];
  const problems = [
    ...wrongs,
    ...(front.signatures.length ? [] : twoOfOneName(front.parties)),
    !front.parties.length && phrase("noPartners"),
    ...odd.map(([, message]) => message),
  ].filter(Boolean);
  if (problems.length)
    return { problems: [...problems, phrase("nothingSigned", { next: nextStep(where) })], fields: fieldsOf(odd) };
  const own = [who.party.contact, who.party.name].find((one) => one && sameName(one, who.name));
  let changes = {};
  if (opens) changes = openRound(where, day, reason);
  else if (reason && where.round && !where.round.because) changes = { rounds: explained(front.rounds, reason) };
  const signature = withValues([
    ["party", party],
    ["name", own || who.name],
    ["role", who.role || (own && who.party.role)],
    ["date", day],
    ["version", String(version)],
    ["fingerprint", where.fingerprint],
  ]);
  const agreement = withFront(where.agreement, { ...changes, signatures: [...front.signatures, signature] });
  const form = kindOfPrint(where.fingerprint);
  const text = write(finished(where.today, front, version, form));
  const again = read(text).agreement;
  if (!again || fingerprint(assembled(again, where.language, form), form) !== where.fingerprint)
    return { problems: [phrase("notQuiteTheSame")] };
  const parties = signedFor(signature, agreement.front.signatures);
  const quoted = parties.map((one) => `"${one}"`).join(", ");
  const remarks = [
    parties.length > 1 &&
      phrase("oneSignatory", { name: signature.name, version, parties: quoted }),
    early && early[0],
  ].filter(Boolean);
  return { agreement, version, text, opened: opens, signature, remarks };
}

// The field that each message is about.
const fieldsOf = (odd) => Object.fromEntries(odd.filter(([, message]) => message).map(([field, one]) => [one, field]));

// The reason of the last round, which had none.
const explained = (rounds, because) =>
  rounds.map((one, at) => (at + 1 < rounds.length ? one : withValues([...entriesOf(one), ["because", because]])));

const twoOfOneName = (parties) =>
  parties
    .filter(({ name }, at) => parties.findIndex((one) => sameName(one.name, name)) < at)
    .map(({ name }) => phrase("sameParty", { name }));

// The kept versions of ``agreement``: those at hand, and those that were not opened, but have today's words.
export function known(agreement, versions, language) {
  const kept = new Map(versions);
  for (const { version, fingerprint: signed } of agreement.front.signatures) {
    const form = kindOfPrint(signed || "");
    const document = assembled(agreement, language, form);
    if (version && !kept.has(Number(version)) && signed === fingerprint(document, form))
      kept.set(Number(version), read(write(finished(document, agreement.front, Number(version), form))).agreement);
  }
  return kept;
}

// That today's words are not those that others have signed in the round that is open.
export function otherWords({ round, kept, signed, fingerprint: now }) {
  if (!round) return "";
  const version = kept.get(round.version);
  const others = signed.filter(({ signature }) => Number(signature.version) === round.version);
  if (version && !version.intact)
    return phrase("keptTextWasChanged", { version: round.version });
  if ((version && !version.asToday) || others.some(({ signature }) => signature.fingerprint !== now)) {
    return phrase("otherWords", { version: round.version });
  }
  return "";
}

function oddDay(day, today) {
  if (!readDate(day || ""))
    return phrase("notADay", { day: day || "", today });
  if (day < EARLIEST) return phrase("otherCentury", { day, today });
  return day > today ? phrase("dayInFuture", { day }) : "";
}

const reasonProblem = (reason) => {
  const message = hiddenCharacters(reason);
  return message ? phrase("oddReason", { message }) : "";
};

// Close the round that is open: what was signed in it is then agreed.
export function agree(where, { day, today, wrongs }) {
  const { round, missing } = where;
  if (!round) return { problems: [nothingToClose(where)] };
  const last =
    where.signed
      .filter(({ signature }) => Number(signature.version) === round.version)
      .map((one) => one.signature.date)
      .sort()
      .pop() || "";
  const unlike = otherWords(where);
  const odd =
    oddDay(day, today) ||
    (day < last && phrase("stillBeingSigned", { version: round.version, day: last }));
  const problems = [
    unlike,
    ...wrongs,
    ...(unlike ? [] : missing.map((party) => phrase("nobodySigned", { version: round.version, party: party.name }))),
    odd,
  ].filter(Boolean);
  if (problems.length)
    return {
      problems: [...problems, phrase("nothingAgreed", { next: nextStep(where, missing) })],
      fields: fieldsOf([["day", odd]]),
    };
  const rounds = where.agreement.front.rounds.map((one) =>
    Number(one.version) === round.version ? withValues([...entriesOf(one), ["agreed", day]]) : one,
  );
  return { agreement: withFront(where.agreement, { rounds, status: "agreed" }) };
}

function nextStep({ open }, missing = []) {
  if (open.length) return phrase("nextFillIn");
  if (missing.length) return phrase("nextSign");
  return phrase("nextPutRight");
}

function nothingToClose({ state, agreed, asAgreed }) {
  if (state === "ended") return phrase("endedAlready");
  if (!agreed) return phrase("nobodySignedToday");
  return asAgreed
    ? phrase("agreedAlready", { version: agreed })
    : phrase("changedSinceAgreed", { version: agreed });
}

// Open a round for a reason, or give the reason of one in which nobody has signed yet.
export function renegotiate(where, { because, day }) {
  const reason = oneLine(because || "");
  const odd = reason
    ? reasonProblem(reason)
    : phrase("sayWhy");
  if (odd) return { problems: [odd], fields: fieldsOf([["because", odd]]) };
  if (where.state === "draft" && !where.rounds.length)
    return { problems: [phrase("nothingToRenegotiate")] };
  const early = tooEarly(where.nextRound, day, where.rounds);
  if (early) return { problems: [early[0]] };
  const changes = openRound(where, day, reason);
  return {
    agreement: withFront(where.agreement, changes),
    number: Number(changes.rounds[changes.rounds.length - 1].version),
  };
}
