const { parse, misfit, isEmpty, blankKey } = root.GroundRules;
const {
  entries,
  strip,
  isMap,
  mapOf,
  keysOf,
  entriesOf,
  own,
  inlines,
  withoutNotes,
  settled,
  heading,
  frontMatter,
  sha256,
  withFront,
} = root.GroundRules.parts;
const { tokens, edits, aligned, stripOf, piecesOf } = root.GroundRules.parts;
