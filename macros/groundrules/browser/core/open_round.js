// The round in which words that people signed become a draft again.

import { mapOf } from "./maps.js";

export const withValues = (pairs) => mapOf(pairs.filter(([, value]) => value));

const signedIn = ({ signed }, version) =>
  signed.map((one) => one.signature).filter((one) => Number(one.version || 0) === version);
const isBegun = (where) =>
  where.round && (where.kept.has(where.round.version) || signedIn(where, where.round.version).length > 0);

// Whether a change of the words opens a round: they were agreed, have ended, or somebody has signed them.
export const opensRound = (where) =>
  where.state !== "draft" && (where.state === "ended" || !where.round || isBegun(where));

// What a change of the words means for what was signed, in sentences; nothing where nobody has signed.
// ``dayWords`` writes a day for a reader.
export function lapsing(where, dayWords) {
  const { state, agreed, round, rounds } = where;
  const names = (version) =>
    [...new Map(signedIn(where, version).map((one) => [`${one.name} (${one.party})`, one])).keys()].join(", ");
  const closed = rounds.find((one) => one.version === agreed && one.agreed);
  if (state === "ended") return phrase("endedOpensRound");
  if (round) {
    const { version } = round;
    return isBegun(where)
      ? phrase("signedOpensRound", { names: names(version) || phrase("nobody"), version })
      : phrase("roundIsOpen", { version });
  }
  if (closed) return phrase("agreedOpensRound", { day: dayWords(closed.agreed), version: agreed });
  if (state === "agreed") return phrase("agreedWithoutRound");
  return names(0) && phrase("paperOpensNoRound", { names: names(0) });
}

// The one way in which words that people signed become a draft again.
export function openRound(where, day, because) {
  const rounds = [...where.agreement.front.rounds];
  if (where.round && !isBegun(where)) {
    const last = rounds.pop();
    rounds.push(
      withValues([
        ["version", last.version],
        ["opened", last.opened],
        ["because", because || last.because],
      ]),
    );
  } else
    rounds.push(
      withValues([
        ["version", String(where.nextRound)],
        ["opened", day],
        ["because", because],
      ]),
    );
  return { rounds, status: "draft" };
}
