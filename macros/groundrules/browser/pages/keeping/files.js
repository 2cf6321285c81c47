// The files that are open. They are only read; what comes of them is offered to save.

import { read } from "../../core/load.js";
import { keysOf } from "../../core/maps.js";
import { has } from "../../ui/elements.js";
import { languages, site, state } from "./page.js";

export const KINDS = {
  agreement: phrase("fileAgreement"),
  version: phrase("fileVersion"),
  taken: phrase("fileTaken"),
  record: phrase("fileRecord"),
  earlier: phrase("fileEarlier"),
};
export const main = () => state.files.find((one) => one.kind === "agreement");
export const taken = () => state.files.find((one) => one.kind === "taken");
export const versions = () =>
  new Map(
    state.files
      .filter((one) => one.kind === "version")
      .map((one) => [Number(one.agreement.front.version), one.agreement]),
  );
export const languageOf = ({ front }) =>
  has(languages, front.language) && { ...languages[front.language], site, titles: {} };

const kindOf = (front, name) => {
  if (front.basis || front.summary) return "";
  if (front.date) return "record";
  if (front.version) return "version";
  const bare =
    !["taken", "answers"].some((key) => keysOf(front[key]).length) &&
    !["parties", "signatures", "rounds"].some((key) => front[key].length);
  return bare && (/^taken/i.test(name) || keysOf(front.blanks).length) && !front.start ? "taken" : "agreement";
};

const atLine = ({ line, message }) => phrase("atLine", { line, message });
// The text of a file, or why it cannot be read.
export const fileFrom = (name, text) => {
  const { agreement, problems, remarks } = read(text);
  if (!agreement) return { problems: problems.slice(0, 8).map(atLine) };
  const kind = kindOf(agreement.front, name);
  if (!kind) return { problems: [phrase("isExample")] };
  // A kept version holds answers as text, a record quotes them, and an answer may hold any character.
  const anySign = kind === "version" || kind === "record";
  const wrongs = problems.filter((one) => !anySign || (one.name !== "template-code" && one.name !== "raw-html"));
  return {
    file: {
      name,
      kind,
      text,
      agreement,
      wrongs: wrongs.map(atLine),
      remarks: remarks.map(atLine),
      unsaved: false,
    },
  };
};

// The same thing again takes the place of the one before.
export const same = (one, other) => {
  if (one.kind !== other.kind) return false;
  if (one.kind === "version") return one.agreement.front.version === other.agreement.front.version;
  return one.kind === "record" ? one.name === other.name : true;
};
export const put = (file) => {
  const at = state.files.findIndex((one) => same(one, file));
  if (at < 0) state.files.push(file);
  else if (file.kind === "agreement" && state.files[at].text !== file.text) {
    // The one before stays to be compared with.
    state.files[at] = { ...state.files[at], kind: "earlier" };
    state.files = state.files.filter((one, index) => one.kind !== "earlier" || index === at);
    state.files.push(file);
  } else state.files[at] = file;
};
