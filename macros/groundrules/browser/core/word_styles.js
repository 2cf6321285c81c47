// The looks of words in a Word file.

import { MARK_PROPERTIES } from "../shared/marks.js";
import { keysOf } from "./maps.js";
import { element } from "./word_parts.js";

// The scripts that are written from the right.
const LEFTWARD = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const SIZE = /w:val="(\d+)"\/><w:szCs w:val="\1"/g;

export function lookOf({ marks = [], style }) {
  const properties = keysOf(MARK_PROPERTIES).filter((kind) => marks.includes(kind));
  return [
    ...(style ? [element("rStyle", { val: style })] : []),
    ...properties.map((kind) => MARK_PROPERTIES[kind].word),
  ];
}

export function readsRightToLeft(text, usual) {
  const letters = text.match(/\p{L}/gu) || [];
  const toLeft = letters.some((letter) => LEFTWARD.test(letter));
  const toRight = letters.some((letter) => !LEFTWARD.test(letter));
  return toLeft === toRight ? usual : toLeft;
}

// The styles of a form, whose letters are smaller, so that its room to write makes no more pages.
export const smaller = (styles) =>
  styles.replace(SIZE, (_, size) => {
    const now = Math.floor((size * 41) / 50);
    return `w:val="${now}"/><w:szCs w:val="${now}"`;
  });
