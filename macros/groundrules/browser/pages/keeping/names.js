// Names of files: after the agreement, its version, and who has signed.

import { fileName } from "../../ui/files.js";

const dashed = (words) => (words.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) || []).join("-");
const briefly = (name) => fileName(name).slice(0, 24).replace(/-$/, "");
const signedBy = ({ today, missing }) => {
  const [first, second, ...more] = [...new Set(today.signatures.map((one) => one.party))].map(briefly);
  if (!first) return "";
  if (!missing.length) return `-${dashed(phrase("signed by all"))}`;
  const others = [second, more.length && phrase("so many more", { count: more.length })].filter(Boolean);
  const names = others.reduce((one, other) => phrase("one and other", { one, other }), first);
  return `-${dashed(phrase("signed by", { names }))}`;
};

export const agreementName = (where) => {
  const { state, agreed, version, today } = where;
  const name = fileName(today.title);
  const number = agreed ? `-v${agreed}` : "";
  if (state === "agreed" || state === "ended")
    return `${name}${number}-${dashed(state === "agreed" ? phrase("agreed") : phrase("ended"))}.md`;
  return `${name}${state === "draft" ? "" : `-v${version}`}${signedBy(where)}.md`;
};
export const keptName = (title, version) => `${fileName(title)}-v${version}-${dashed(phrase("kept"))}.md`;
