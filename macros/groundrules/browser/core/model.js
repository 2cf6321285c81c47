// The front matter of an agreement, read.

import { mapOf } from "./maps.js";

export const MAX_LINE = 10000;
export const withFront = (agreement, changes) => ({
  ...agreement,
  front: Object.assign(mapOf(), agreement.front, changes),
});
