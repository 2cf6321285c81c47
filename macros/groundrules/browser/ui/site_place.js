// Where this site stands. Sites of one host share what a browser keeps, and folders on a disk do, too.

// No path holds a number sign, so no other site's names begin like this one's.
export const KEPT = `groundrules:${new URL("..", document.currentScript.src).pathname}#`;

// Set once what earlier days kept is taken over.
export const TAKEN = `${KEPT}taken`;

export const trying = (what) => {
  try {
    return what();
  } catch {
    return null;
  }
};
export const namesFrom = (start) =>
  trying(() => Object.keys(localStorage).filter((name) => name.startsWith(start))) || [];
