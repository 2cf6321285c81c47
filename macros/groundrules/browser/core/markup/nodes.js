// What agreement text is made of, and ways through it.

import { oneLine } from "../strings.js";

export const blankKey = (name) => oneLine(name).toLowerCase();

// Every inline node in the blocks, parents before their children.
export function inlines(blocks) {
  const found = [];
  const inside = (nodes) =>
    nodes.forEach((node) => {
      found.push(node);
      if (node.children) inside(node.children);
    });
  const items = (list) =>
    list.items.forEach((item) => {
      inside(item.children);
      if (item.sublist) items(item.sublist);
    });
  for (const block of blocks) {
    if (block.kind === "list") items(block);
    else if (block.kind === "note") found.push(...inlines(block.paragraphs));
    else if (block.children) inside(block.children);
  }
  return found;
}

export const plainWords = (children) =>
  children
    .map((node) =>
      node.kind === "text"
        ? node.text
        : node.children
          ? plainWords(node.children)
          : `[${node.kind === "blank" ? node.name : node.clause}]`,
    )
    .join("");
