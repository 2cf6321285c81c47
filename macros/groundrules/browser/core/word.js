// The Word file of a document.

import { Writer } from "./word_body.js";
import { package_ } from "./zip.js";

export async function docx(document, template) {
  return package_(new Writer(document, template.word).files());
}

export const wordParts = (document, template) => Object.fromEntries(new Writer(document, template.word).files());
