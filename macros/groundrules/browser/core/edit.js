// A file, changed only where it must be.

import { WRITTEN } from "../shared/shape.js";
import { split } from "./frontmatter.js";
import { read } from "./load.js";
import { keysOf } from "./maps.js";
import { frontMatter, write } from "./source.js";

// ``text``, which reads as ``before``, as the file of ``after``: lines of keys that did not change stay as they are.
export function rewritten(text, before, after) {
  const whole = write(after);
  const plain = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const [front, body] = split(plain);
  const same = before.preamble === after.preamble && JSON.stringify(before.sections) === JSON.stringify(after.sections);
  const head = frontWith(front, before.front, after.front);
  const changed = `---\n${head}---\n${same ? body : split(whole)[1]}`;
  const { agreement } = read(changed);
  if (!agreement || write(agreement) !== whole) return whole;
  const ended = text.includes("\r\n") ? changed.replace(/\n/g, "\r\n") : changed;
  return (text[0] === "\ufeff" ? "\ufeff" : "") + ended;
}

function frontWith(front, before, after) {
  const chunks = chunksOf(front);
  const keys = keysOf(WRITTEN.keys);
  const was = new Map(chunksOf(frontMatter(before)).map(({ key, lines }) => [key, lines.join("\n")]));
  // The one word that is never quoted, so that it reads like the days and numbers beside it.
  const now = chunksOf(frontMatter(after).replace(/^status: "(\w+)"$/m, "status: $1"));
  now.forEach(({ key, lines }) => {
    const at = chunks.findIndex((one) => one.key === key);
    if (was.get(key) === lines.join("\n")) return;
    if (at >= 0) chunks[at] = { key, lines };
    else {
      const above = keys
        .slice(0, keys.indexOf(key))
        .reverse()
        .find((name) => chunks.some((one) => one.key === name));
      chunks.splice(chunks.findIndex((one) => one.key === above) + 1, 0, { key, lines });
    }
  });
  const gone = chunks.filter(({ key }) => was.has(key) && !now.some((one) => one.key === key));
  return chunks
    .filter((one) => !gone.includes(one))
    .flatMap(({ lines }) => lines)
    .map((line) => `${line}\n`)
    .join("");
}

// Each key of front matter with its lines; a comment at the margin stands between them.
function chunksOf(front) {
  const chunks = [];
  for (const line of front.split("\n").slice(0, -1)) {
    const key = /^(?:"([^"]+)"|'([^']+)'|([^\s#"'-][^:]*?)) *:/.exec(line);
    if (key) chunks.push({ key: key[1] || key[2] || key[3], lines: [line] });
    else if (chunks.length && !/^(#.*)?$/.test(line)) chunks[chunks.length - 1].lines.push(line);
    else chunks.push({ key: "", lines: [line] });
  }
  return chunks;
}
