Object.assign(root.GroundRules, {
  canonicalText,
  fingerprint,
  withFingerprint,
  finished,
  standing,
  otherWords,
  sign,
  agree,
  renegotiate,
  oddName,
  rewritten,
});
Object.assign(root.GroundRules.parts, { sha256, canonicalLine, wordsOf, runs, assembled, withFront, openRound });
