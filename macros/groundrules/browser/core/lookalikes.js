// Names that only look like other names.

import { CONFUSABLES } from "../shared/confusables.js";
import { ALPHABETS, EMPTY_IN_A_NAME, LOOKS_LIKE, SELECTORS } from "../shared/letters.js";
import { caseless, plainMarks, sameName } from "./names.js";
import { code, oneLine } from "./strings.js";

const LOOKS = new Map(
  [CONFUSABLES, LOOKS_LIKE]
    .flatMap(Object.entries)
    .flatMap(([like, signs]) => [...signs].map((sign) => [sign, like])),
);
const SCRIPTS = ALPHABETS.map((name) => [name, new RegExp(`^\\p{Script=${name}}$`, "u")]);
// These have no alphabet in their names, so Python counts them to none.
const NAMELESS = new RegExp(
  "[ªº\\u02b0-\\u02b8\\u02e0-\\u02e4\\u1d2c-\\u1d61\\u1d78\\u1d9b-\\u1dbf\\u2071\\u207f\\u2126\\u212a\\u212b\\u2132" +
    "\\u214e\\u2183\\u2c7d\\ua69c\\ua69d\\ua770\\ua7f2-\\ua7f9\\uab5c-\\uab5f\\uab69\\uff21-\\uff3a\\uff41-\\uff5a" +
    "\\u{10780}-\\u{107ba}]",
  "u",
);

const alphabetOf = (letter) =>
  (/^\p{L}$/u.test(letter) &&
    !NAMELESS.test(letter) &&
    (SCRIPTS.find(([, script]) => script.test(letter)) || [""])[0]) ||
  "";
// The same for two texts that look the same.
const looks = (text) =>
  caseless(
    [...oneLine(plainMarks(text)).normalize("NFKD")]
      .map((sign) => LOOKS.get(sign) || sign)
      .join("")
      .replace(/\u200d/g, ""),
  ).normalize("NFC");

// Why ``name`` may deceive, or null; ``known`` are the names that it must not merely look like.
export const oddName = (name, known) => unseenIn(name) || mixed(name) || onlyLooksLike(name, known);

const EMPTY = new RegExp(`[${EMPTY_IN_A_NAME}]`, "u");
const SELECTOR = new RegExp(`[${SELECTORS}]`, "u");

function unseenIn(name) {
  let before = " ";
  for (const sign of name) {
    // Persian and Indian names need the joiners, which show nothing beside the letters of ALPHABETS.
    const joins = /[\u200c\u200d]/.test(sign) && /^\p{L}$/u.test(before) && !alphabetOf(before);
    // A selector picks the shape of a Chinese letter or an emoji; behind other letters it picks nothing.
    const selects = SELECTOR.test(sign) && (alphabetOf(before) || !before.trim());
    if (EMPTY.test(sign) || selects || (/^[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]$/u.test(sign) && !joins))
      return phrase("unseenInName", { code: code(sign) });
    before = sign;
  }
  return null;
}

function mixed(name) {
  for (const [word] of name.normalize("NFC").matchAll(/[\p{L}\p{Nl}\p{No}]+/gu)) {
    const seen = [...word].map((sign) => [alphabetOf(sign), sign]).filter(([alphabet]) => alphabet);
    const times = (alphabet) => seen.filter(([one]) => one === alphabet).length;
    // The stranger is the one with the fewest letters; beside as many Latin ones, it is not these.
    const all = ALPHABETS.filter(times).reverse();
    if (all.length > 1) {
      const odd = all.reduce((least, one) => (times(one) < times(least) ? one : least));
      const [, sign] = seen.find(([alphabet]) => alphabet === odd);
      return phrase("mixedAlphabets", { word, letter: sign, code: code(sign), alphabet: odd });
    }
  }
  return null;
}

function onlyLooksLike(name, known) {
  if (known.some((one) => sameName(one, name))) return null;
  const other = known.find((one) => looks(one) === looks(name));
  if (other === undefined) return null;
  const signs = [...name.normalize("NFC")];
  const strange = signs.find((sign) => !other.normalize("NFC").includes(sign)) || signs[0];
  return phrase("looksLikeAnother", { name, other, letter: strange, code: code(strange) });
}
