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
import {
  agreedAlready,
  changedSinceAgreed,
  dayInFuture,
  endedAlready,
  nobodySigned,
  notQuiteTheSame,
  nothingAgreed,
  nothingSigned,
  nothingToRenegotiate,
  oneSignatory,
  sameParty,
  signedAlready,
} from "../shared/messages.js";

const EARLIEST = "2000-01-01";

// Each returns the reasons against it as { problems }, or what is to be saved. ``where`` is a standing, ``today``
// is this day, ``wrongs`` are the reasons why these words cannot be agreed, as the page finds them.
export function sign(where, { party, name, role, day, because, today, wrongs }) {
  const { front } = where.agreement;
  if (where.state === "ended")
    return { problems: ["This agreement has ended. Open a round of it first, with a reason."] };
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
    ["party", front.parties.length && !who.party && "Choose the partner for whom you sign."],
    ["name", who.name ? oddName(who.name, [...known, ...front.signatures.map((one) => one.name)]) : "Type your name."],
    ["role", hiddenCharacters(who.role) && `Your role: ${hiddenCharacters(who.role)}`],
    ["day", oddDay(day, today) || (early && early[1] && early[0])],
    ["name", twice && signedAlready({ name: who.name, version, party, day: twice.date })],
    ["because", reasonProblem(reason)],
  ];
  const problems = [
    ...wrongs,
    ...(front.signatures.length ? [] : twoOfOneName(front.parties)),
    !front.parties.length && "The agreement names no partner yet. Fill them in first.",
    ...odd.map(([, message]) => message),
  ].filter(Boolean);
  if (problems.length)
    return { problems: [...problems, nothingSigned({ next: nextStep(where) })], fields: fieldsOf(odd) };
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
    return { problems: [notQuiteTheSame] };
  const parties = signedFor(signature, agreement.front.signatures);
  const remarks = [
    parties.length > 1 &&
      oneSignatory({ name: signature.name, version, parties: parties.map((one) => `"${one}"`).join(", ") }),
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
    .map(({ name }) => sameParty({ name }));

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
    return (
      `The kept text of version ${round.version} is not the one that was kept: its words were ` +
      "changed. Bring that file back from a copy."
    );
  if ((version && !version.asToday) || others.some(({ signature }) => signature.fingerprint !== now)) {
    return (
      `These are not the words that others have signed as version ${round.version}. Put those ` +
      "words back, or open a new round with a reason."
    );
  }
  return "";
}

function oddDay(day, today) {
  if (!readDate(day || ""))
    return `"${day || ""}" is not a date. Write the day on which it was signed, such as ${today}.`;
  if (day < EARLIEST) return `${day} lies in another century. Write the day on which it happened, such as ${today}.`;
  return day > today ? dayInFuture({ day }) : "";
}

const reasonProblem = (reason) => (hiddenCharacters(reason) ? `The reason: ${hiddenCharacters(reason)}` : "");

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
    (day < last && `Version ${round.version} was still being signed on ${last}. Give that day or a later one.`);
  const problems = [
    unlike,
    ...wrongs,
    ...(unlike ? [] : missing.map((party) => nobodySigned({ version: round.version, party: party.name }))),
    odd,
  ].filter(Boolean);
  if (problems.length)
    return {
      problems: [...problems, nothingAgreed({ next: nextStep(where, missing) })],
      fields: fieldsOf([["day", odd]]),
    };
  const rounds = where.agreement.front.rounds.map((one) =>
    Number(one.version) === round.version ? withValues([...entriesOf(one), ["agreed", day]]) : one,
  );
  return { agreement: withFront(where.agreement, { rounds, status: "agreed" }) };
}

function nextStep({ open }, missing = []) {
  if (open.length) return 'Fill in what is open: "Go on filling it in", further down.';
  if (missing.length) return 'Whoever is missing signs first: "Sign it".';
  return "Put right what is named above, then try again.";
}

function nothingToClose({ state, agreed, asAgreed }) {
  if (state === "ended") return endedAlready;
  if (!agreed) return "Nobody has signed today's words yet. Each partner signs first.";
  return asAgreed
    ? agreedAlready({ version: agreed })
    : changedSinceAgreed({ version: agreed });
}

// Open a round for a reason, or give the reason of one in which nobody has signed yet.
export function renegotiate(where, { because, day }) {
  const reason = oneLine(because || "");
  const odd = reason
    ? reasonProblem(reason)
    : 'Say why, in a sentence, such as "two of us moved away". It stays in the history.';
  if (odd) return { problems: [odd], fields: fieldsOf([["because", odd]]) };
  if (where.state === "draft" && !where.rounds.length)
    return { problems: [nothingToRenegotiate] };
  const early = tooEarly(where.nextRound, day, where.rounds);
  if (early) return { problems: [early[0]] };
  const changes = openRound(where, day, reason);
  return {
    agreement: withFront(where.agreement, changes),
    number: Number(changes.rounds[changes.rounds.length - 1].version),
  };
}
