// Drafts that this browser keeps. What is done here to one of them stays in it, with the files beside it.

import { isMap, isText } from "../../core/strings.js";
import { PLACE, draftAt } from "../../ui/drafts.js";
import { buttons, has, make } from "../../ui/elements.js";
import { fileName } from "../../ui/files.js";
import { trying } from "../../ui/site_place.js";
import { button } from "./elements.js";
import { fileFrom, main } from "./files.js";
import { wrong } from "./messages.js";
import { state, templatesHere } from "./page.js";
import { saveFile } from "./saving.js";

const NOTHING = `${PLACE}nothing`;
export const keepsNothing = () => trying(() => sessionStorage.getItem(NOTHING)) === "yes";
const newId = () => `kept${Date.now().toString(36)}`;
const beside = () =>
  state.files
    .filter((one) => /^(version|taken|record)$/.test(one.kind))
    .map(({ name, text, waiting }) => ({ name, text, waiting }));
// The draft that is open here, as the browser keeps it; nothing where another tab has changed or deleted it since.
const kept = () => {
  const { draft } = main();
  const found = draft && draftAt(draft.id);
  return found && found.raw === undefined && found.revision === draft.revision ? found : null;
};
const store = (id, before) => {
  const { text, agreement } = main();
  const { template, title } = agreement.front;
  const revision = ((before || {}).revision || 0) + 1;
  const record = { pending: {}, emptied: [], saved: null, ...before, revision, template, title, text };
  delete record.id;
  localStorage.setItem(PLACE + id, JSON.stringify({ ...record, time: Date.now(), beside: beside() }));
  main().draft = { id, revision };
};
// The files that a draft holds, the agreement first; or why it cannot be read.
export const filesOf = (record) => {
  const { file, problems } = fileFrom("agreement.md", record.text);
  if (!file) return { problems };
  const others = (Array.isArray(record.beside) ? record.beside : [])
    .filter((one) => one && isText(one.name) && isText(one.text))
    .map(({ name, text, waiting }) => {
      const { file } = fileFrom(name, text);
      return file && { ...file, waiting: isMap(waiting) ? waiting : {} };
    });
  const name = `${fileName(file.agreement.front.title)}.md`;
  return { files: [{ ...file, name, draft: { id: record.id, revision: record.revision } }, ...others.filter(Boolean)] };
};
// Puts what was done here into the draft from which it came, as long as that still says what it said.
export const keepDraft = () => {
  const before = kept();
  if (before && trying(() => (store(before.id, before), true))) return;
  main().draft = null;
};
// Keeps what was done here as drafts are kept, in a new one if need be; whether it is kept now.
export const keepAsDraft = () => {
  const before = kept();
  const isKept = !keepsNothing() && trying(() => (store(before ? before.id : newId(), before), true));
  if (isKept) history.replaceState(null, "", `#draft=${main().draft.id}`);
  return Boolean(isKept);
};
// From now on nothing is kept on this computer, the draft that is open here neither; or it is kept again.
export const keepNothing = (nothing) => {
  trying(() => sessionStorage[nothing ? "setItem" : "removeItem"](NOTHING, "yes"));
  if (!nothing || !main().draft) return;
  trying(() => localStorage.removeItem(PLACE + main().draft.id));
  history.replaceState(null, "", "#");
  Object.assign(main(), { draft: null, unsaved: true });
};

// Where the words are changed, if this site has the template: the page's address and title.
export const draftPage = ({ agreement }) =>
  has(templatesHere, agreement.front.template) ? templatesHere[agreement.front.template] : null;
// Goes there with the agreement that is open, to that step of it.
export const changeWords = (where, step = "") => {
  const [link, title] = draftPage(where);
  const before = kept();
  const id = before ? before.id : newId();
  try {
    if (keepsNothing()) throw new Error();
    store(id, before);
  } catch {
    return wrong(
      `${keepsNothing() ? phrase("choseNothing") : phrase("noRoomForDraft")} ${phrase("openItThere", { title })}`,
      buttons(
        button(phrase("saveAgreement"), () => saveFile(main())),
        make("a", { class: "gr-button", href: link }, phrase("pageOf", { title })),
      ),
    );
  }
  state.files.forEach((one) => (one.unsaved = false));
  location.href = `${link}#${new URLSearchParams({ draft: id, ...(step && { step }) })}`;
};
