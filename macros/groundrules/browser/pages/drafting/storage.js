// What this browser keeps.

import { PLACE, draftAt } from "../../ui/drafts.js";
import { trying } from "../../ui/site_place.js";

export const session = (name, value) =>
  trying(() => (value ? sessionStorage.setItem(PLACE + name, value) : sessionStorage.removeItem(PLACE + name)));
export const remembered = (name) => trying(() => sessionStorage.getItem(PLACE + name));
// The draft of that id, if it can be read.
export const stored = (id) => [draftAt(id)].find((one) => one && one.raw === undefined);
export const newId = () => [...crypto.getRandomValues(new Uint32Array(3))].map((one) => one.toString(36)).join("");
