// Any number of short texts.

import { isText } from "../strings.js";

export const listMisfit = {
  misfit: (definition, answer) => (Array.isArray(answer) && answer.every(isText) ? null : phrase("notAList")),
};
