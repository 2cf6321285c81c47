// Files that people choose.

// Whether it is one of the files that are made of an agreement, and are not the agreement itself.
const MADE = /( \(\d+\))?\.(docx?|odt|pdf|ics)$/i;
export const isMade = ({ name }) => MADE.test(name);

// The text of a chosen file. Throws an Error that says why it is not one, to follow the file's name.
export async function textOf(file) {
  if (isMade(file))
    throw new Error(
      `cannot be opened here. Choose the file that ends in .md, such as "${file.name.replace(MADE, ".md")}". ` +
        "Look among your downloads, beside this file, and in the message that came with it.",
    );
  if (file.size > 1e6) throw new Error("is too large for an agreement.");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new Error("is not a text file.");
  }
}
