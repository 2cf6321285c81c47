const { blankKey } = root.GroundRules;
const { count, oneLine, mapOf, keysOf, entriesOf, writtenDate, runs } = root.GroundRules.parts;
