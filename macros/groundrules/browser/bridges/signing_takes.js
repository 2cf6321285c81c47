const { read, write, parse, assemble, isEmpty, blankKey } = root.GroundRules;
const {
  code,
  entries,
  oneLine,
  strip,
  mapOf,
  entriesOf,
  own,
  isMap,
  isForm,
  split,
  frontMatter,
  KEYS,
  hiddenCharacters,
  readDate,
} = root.GroundRules.parts;
