// Maps: objects without a prototype, so that any name may be a key, with their keys in the order of writing.

import { isMap } from "./strings.js";

// Maps are objects without a prototype, so any name may be a key. An object would put keys such as "2" first:
// the order of a map that has one stands beside it.
const ORDER = Symbol("order");

export function put(map, key, value) {
  if (!(key in map)) {
    if (!map[ORDER] && /^\d+$/.test(key)) map[ORDER] = Object.keys(map);
    if (map[ORDER]) map[ORDER].push(key);
  }
  map[key] = value;
}

export function mapOf(entries = []) {
  const map = Object.create(null);
  for (const [key, value] of entries) put(map, key, value);
  return map;
}

export const own = (map, key) => (isMap(map) && Object.prototype.hasOwnProperty.call(map, key) ? map[key] : undefined);
export const keysOf = (map) =>
  map && map[ORDER] ? map[ORDER].filter((key) => own(map, key) !== undefined) : Object.keys(map || {});
export const entriesOf = (map) => keysOf(map).map((key) => [key, map[key]]);
