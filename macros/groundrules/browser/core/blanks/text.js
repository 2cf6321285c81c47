// A few words.

export const textType = {};
