// Files that people choose.

// The text of a chosen file. Throws an Error that says why it is not one, to follow the file's name.
export async function textOf(file, advice) {
  if (/\.(docx?|odt|pdf|ics)$/i.test(file.name)) throw new Error(`cannot be opened here. ${advice}`);
  if (file.size > 1e6) throw new Error("is too large for an agreement.");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new Error("is not a text file.");
  }
}
