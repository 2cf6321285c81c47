// The room that each blank has on paper, as its type says.

import { ROOMS } from "../shared/blanks.js";
import { own } from "./maps.js";

// How wide a letter is that somebody writes, in millimetres.
const LETTER = 1.8;

const roomOf = ({ type }) => own(ROOMS, type) || ROOMS.text;
export const lines = (definition) => roomOf(definition).lines;
export const boxes = ({ choices }) => [...new Set(choices)];
export function room(definition) {
  const { room: [least, most], parts } = roomOf(definition);
  if (boxes(definition).length) return [];
  const wanted = Math.floor([...(definition.example || "")].length * LETTER);
  return parts.length ? parts : [Math.min(most, Math.max(least, wanted))];
}
