// Names of files: after the agreement, its version, and who has signed.

import { fileName } from "../../ui/files.js";

const briefly = (name) => fileName(name).slice(0, 24).replace(/-$/, "");
const signedBy = ({ today, missing }) => {
  const [first, second, ...more] = [...new Set(today.signatures.map((one) => one.party))].map(briefly);
  if (!first) return "";
  if (!missing.length) return "-signed-by-all";
  return `-signed-by-${[first, second, more.length && `${more.length}-more`].filter(Boolean).join("-and-")}`;
};

export const agreementName = (where) => {
  const { state, agreed, version, today } = where;
  const name = fileName(today.title);
  if (state === "agreed" || state === "ended") return `${name}${agreed ? `-v${agreed}` : ""}-${state}.md`;
  return `${name}${state === "draft" ? "" : `-v${version}`}${signedBy(where)}.md`;
};
export const keptName = (title, version) => `${fileName(title)}-v${version}-kept.md`;
