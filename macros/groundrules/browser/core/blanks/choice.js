// One of the choices that the definition offers.

import { notAChoice } from "../../shared/messages.js";

export const choiceMisfit = {
  textMisfit: ({ choices }, text) =>
    choices.includes(text) ? null : notAChoice({ text, choices: choices.join(", ") }),
};
