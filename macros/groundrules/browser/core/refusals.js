// Why a text is refused. The words come with what reads files, since few texts are refused.

const said = [];
export const learn = (all) => said.push(...all);
export const learned = () => said.length > 0;

// A message, by its number, that reads as its words once they are there; until then it only differs from others.
export const refusal = (number, about = {}) => {
  const say = () => said[number]?.(about) || [number, about];
  return { toString: say, toJSON: say };
};
