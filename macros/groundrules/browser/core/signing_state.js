// Which words were agreed, and who signed what.

import { assemble } from "./assemble.js";
import { OLD, canonicalText, fingerprint, kindOfPrint, tellsLinks, withFingerprint } from "./fingerprint.js";
import { sameName } from "./names.js";
import { withSignatures } from "./standing.js";

// What an agreement, or a kept version, says once it is assembled; ``language`` is what its language is like, and
// ``form`` that of its fingerprint.
export const assembled = (agreement, language, form) =>
  assemble(agreement, { titles: {}, ...language, twoStops: form === OLD });

// Whether ``agreement`` says what it says where it stands.
export const sameWords = ({ today, language, fingerprint: noted }, agreement) =>
  canonicalText(assembled(agreement, language, kindOfPrint(noted))) === canonicalText(today);

// ``versions`` are the kept versions that were opened, by number.
export function standing(agreement, versions, language) {
  const { front } = agreement;
  const read = (form) => withFingerprint(assembled(agreement, language, form), form);
  const kept = new Map(
    [...versions]
      .sort(([a], [b]) => a - b)
      .map(([number, version]) => {
        const signatures = front.signatures.filter((one) => Number(one.version) === number);
        const noted = version.front.fingerprint;
        const form = kindOfPrint(noted);
        const words = withFingerprint({ ...assembled(version, language, form), status: "agreed" }, form);
        const found = fingerprint(words, form);
        const document = withSignatures(words, signatures, number, new Map([[number, found]]));
        return [
          number,
          {
            version: number,
            agreement: version,
            document,
            fingerprint: found,
            noted,
            intact: found === noted,
            asToday: canonicalText(document) === canonicalText(read(form)),
            older: tellsLinks(document, form) ? "" : phrase("olderFingerprint", { version: number }),
          },
        ];
      }),
  );
  const rounds = front.rounds.map((one) => ({ ...one, version: Number(one.version) }));
  const last = rounds[rounds.length - 1];
  const agreed = Math.max(0, ...rounds.filter((one) => one.agreed).map((one) => one.version));
  const round = last && !last.agreed ? last : null;
  const judged = front.signatures.map((signature) => ({ signature, ...match(signature, kept) }));
  const asAgreed = kept.has(agreed) && kept.get(agreed).asToday;
  const nextRound = nextRoundOf(rounds, kept);
  const version = round || (last && asAgreed && last.version === agreed) ? last.version : nextRound;
  const signs = kept.get(version);
  // Words that were signed in the older form keep the fingerprint that stands on paper.
  const form = signs && signs.asToday ? kindOfPrint(signs.noted) : undefined;
  const prints = new Map([...kept].map(([number, one]) => [number, one.fingerprint]));
  const today = withSignatures(read(form), front.signatures, version, prints);
  const parties = today.signatures.map((one) => one.party);
  const being = round && kept.get(round.version);
  return {
    agreement,
    language,
    today,
    fingerprint: fingerprint(today, form),
    kept,
    signed: judged.map((one) => ({
      ...one,
      themselves: sameName(one.signature.party, one.signature.name),
      // For these words, but in a round that another took the place of.
      lapsed:
        one.match === "matches" && ![version, agreed].includes(Number(one.signature.version))
          ? phrase("signedInLapsedRound", { version: one.signature.version })
          : "",
    })),
    rounds,
    agreed,
    round,
    asAgreed,
    nextRound,
    version,
    changedWhileSigned: !!being && !being.asToday,
    inForce: kept.has(agreed) ? kept.get(agreed).document : today,
    state: stateOf(front.status, agreed, round, asAgreed),
    missing: front.parties.filter((party) => !parties.includes(party.name)),
    open: openBlanks(today),
  };
}

function stateOf(status, agreed, round, asAgreed) {
  if (status === "ended") return "ended";
  if (round) return agreed ? "renegotiating" : "being signed";
  if (agreed) return asAgreed ? "agreed" : "changed";
  return status === "agreed" ? "agreed" : "draft";
}

function match(signature, kept) {
  const no = (why) => ({ match: "cannot check", why });
  if (!signature.version || !signature.fingerprint) return no(phrase("signedOnPaper"));
  const version = kept.get(Number(signature.version));
  if (!version) return no(phrase("versionNotKept", { version: signature.version }));
  if (version.fingerprint !== signature.fingerprint) {
    return no(
      version.intact
        ? phrase("otherFingerprint", { version: signature.version })
        : phrase("keptTextChanged", { version: signature.version }),
    );
  }
  return { match: version.asToday ? "matches" : "changed", why: "" };
}

// A kept text of today's words that no round names is taken up: a signature was interrupted before it.
function nextRoundOf(rounds, kept) {
  const named = rounds.map((one) => one.version);
  const last = Math.max(0, ...kept.keys(), ...named);
  const spare = !named.includes(last) && kept.get(last);
  return spare && spare.asToday ? last : last + 1;
}

// The names of the blanks that nobody has answered, each once, in the order of the text.
function openBlanks(document) {
  const found = [];
  const inside = (nodes) =>
    nodes.forEach((node) => {
      if (node.kind === "hole") found.push(node.name);
      else if (node.children) inside(node.children);
    });
  const list = (one) =>
    one.items.forEach((item) => {
      inside(item.children);
      if (item.sublist) list(item.sublist);
    });
  for (const block of [document.preamble, ...document.clauses.map((clause) => clause.blocks)].flat()) {
    if (block.kind === "list") list(block);
    else if (block.kind === "table" && !block.rows.length) found.push(block.name);
    else if (block.kind === "paragraph") inside(block.children);
  }
  return [...new Set(found)];
}
