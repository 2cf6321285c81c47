// One of the choices that the definition offers.


export const choiceMisfit = {
  textMisfit: ({ choices }, text) =>
    choices.includes(text) ? null : phrase("notAChoice", { text, choices: choices.join(", ") }),
};
