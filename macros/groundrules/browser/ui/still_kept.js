// Drafts of this browser, of which a file that cannot be opened may have been made.

import { drafts } from "./drafts.js";
import { make } from "./elements.js";

// ``link`` makes what leads to one of those that fit.
export const stillKept = (link, fits = () => true) => {
  const kept = drafts().filter((one) => one.raw === undefined && fits(one));
  const links = kept.slice(0, 5).map((one) => make("li", null, link(one)));
  return links.length ? [make("p", null, phrase("stillKept")), make("ul", null, ...links)] : [];
};
