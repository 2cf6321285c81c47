// The round in which words that people signed become a draft again.

import { mapOf } from "./maps.js";

export const withValues = (pairs) => mapOf(pairs.filter(([, value]) => value));

// The one way in which words that people signed become a draft again.
export function openRound({ agreement, round, kept, signed, nextRound }, day, because) {
  const rounds = [...agreement.front.rounds];
  const begun =
    round && (kept.has(round.version) || signed.some(({ signature }) => Number(signature.version) === round.version));
  if (round && !begun) {
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
        ["version", String(nextRound)],
        ["opened", day],
        ["because", because],
      ]),
    );
  return { rounds, status: "draft" };
}
