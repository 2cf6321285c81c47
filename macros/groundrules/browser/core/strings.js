// Text as Python sees it: white space, lines and characters.

// Python's white space, spelt out: \s differs (it lacks U+001C to U+001F and U+0085, and has U+FEFF).
export const SPACES = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
export const SPACE = new RegExp(`[${SPACES}]`);
const RUNS = new RegExp(`[${SPACES}]+`);
export const LINES = /\r\n|[\n-\r\x1c-\x1e\x85\u2028\u2029]/;

const among = (signs) => (signs ? (sign) => signs.includes(sign) : (sign) => SPACE.test(sign));

export function lstrip(text, signs) {
  const gone = among(signs);
  let start = 0;
  while (start < text.length && gone(text[start])) start++;
  return text.slice(start);
}

export function rstrip(text, signs) {
  const gone = among(signs);
  let end = text.length;
  while (end && gone(text[end - 1])) end--;
  return text.slice(0, end);
}

export const strip = (text, signs) => rstrip(lstrip(text, signs), signs);
export const words = (text) => text.split(RUNS).filter(Boolean);
export const oneLine = (text) => words(text).join(" ");
export const count = (text) => [...text].length;
export const first = (text) => (text ? String.fromCodePoint(text.codePointAt(0)) : "");
export const isText = (value) => typeof value === "string";
export const isMap = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
export const code = (sign) => `U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
