const { SPACE, count, oneLine, strip, writtenDate } = root.GroundRules.parts;
const { canonicalLine, wordsOf } = root.GroundRules.parts;
