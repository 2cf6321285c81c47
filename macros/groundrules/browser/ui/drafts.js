// The drafts that a browser keeps, by the names of their keys.

export const PLACE = "groundrules:draft:";
