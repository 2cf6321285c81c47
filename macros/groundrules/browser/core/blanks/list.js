// Any number of short texts.

import { notAList } from "../../shared/messages.js";
import { isText } from "../strings.js";

export const listType = {
  misfit: (definition, answer) => (Array.isArray(answer) && answer.every(isText) ? null : notAList),
};
