// Names of people and organisations, compared.

import { SAME_IN_A_NAME } from "../shared/letters.js";
import { oneLine } from "./strings.js";

const ALIKE = new Map(
  Object.entries(SAME_IN_A_NAME).flatMap(([like, others]) => [...others].map((one) => [one, like])),
);
// With straight apostrophes and quotation marks, and with hyphens for dashes.
export const plainMarks = (name) => [...name].map((sign) => ALIKE.get(sign) || sign).join("");
// As Python folds capitals: a dotless i is no other, and a capital ß is one.
export const caseless = (text) =>
  text
    .replace(/ẞ/g, "ß")
    .replace(/[^ı]+/g, (part) => part.toUpperCase().toLowerCase())
    .replace(/ς/g, "σ");
// Without what does not tell two names apart.
export const foldName = (name) =>
  oneLine(caseless(plainMarks(name || "").normalize("NFKC"))).normalize("NFKC");
export const sameName = (one, other) => foldName(one) === foldName(other);
