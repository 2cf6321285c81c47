// A draft that people have signed, with what says so above the form.

import { bring } from "../../ui/scripts.js";
import { parts, root, template } from "./page.js";

export const signed = async (draft) => {
  const { fingerprint, signing, rounds } = root.dataset;
  await bring(fingerprint, () => window.GroundRules.fingerprint);
  await bring(signing, () => window.GroundRules.oddName);
  await bring(rounds, () => window.GroundRules.roundsOf);
  const made = window.GroundRules.roundsOf(draft.agreement, template, parts.signed);
  return { ...draft, rounds: made, agreement: made.settle(draft.agreement) };
};
