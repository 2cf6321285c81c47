// Words of several lines, each of which becomes a paragraph.

export const longTextType = {};
