// The front matter of an agreement, read.

import { mapOf } from "./maps.js";
import { DEFAULTS } from "../shared/shape.js";

// ``front`` with what stands there where it says nothing.
export function withDefaults(front) {
  for (const key of ["parties", "left out", "signatures", "rounds", "related"]) front[key] = front[key] || [];
  for (const key of ["blanks", "answers", "taken"]) front[key] = front[key] || mapOf();
  for (const key of ["language", "status"]) if (!(key in front)) front[key] = DEFAULTS[key];
  return front;
}
export const withFront = (agreement, changes) => ({
  ...agreement,
  front: Object.assign(mapOf(), agreement.front, changes),
});
