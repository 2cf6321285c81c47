// Files that people choose.

// Whether it is one of the files that are made of an agreement, and are not the agreement itself.
const MADE = /( \(\d+\))?\.(docx?|odt|pdf|ics)$/i;
export const isMade = ({ name }) => MADE.test(name);

// The text of a chosen file. Throws an Error that says why it is not one.
export async function textOf(file) {
  if (isMade(file))
    throw new Error(phrase("chooseOther", { name: file.name, other: file.name.replace(MADE, ".md") }));
  if (file.size > 1e6) throw new Error(phrase("tooLargeFile", { name: file.name }));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new Error(phrase("notTextFile", { name: file.name }));
  }
}
