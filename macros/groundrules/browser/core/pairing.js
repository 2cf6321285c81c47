// Which clauses of two texts belong together, whatever their ids and numbers: the rules stand in pairing.py.

import { wordsIn } from "./diff_words.js";

const SAME_TITLE = 1.25;
const SAME_ID = 0.75;
const ENOUGH = 0.7;
const TELLING = 10;

// A name for each clause of both texts: those that belong together have the same. A clause is its id, its title, its
// lines and all of its text.
export function identities(old, now) {
  const partners = partnersOf(old, now);
  return [
    old.map((one) => `-${one.id}`),
    now.map((one, at) => (partners.has(at) ? `-${old[partners.get(at)].id}` : `+${one.id}`)),
  ];
}

function partnersOf(old, now) {
  const found = alike(old, now);
  const here = new Set(found.values());
  const left = [[...old.keys()].filter((at) => !here.has(at)), [...now.keys()].filter((at) => !found.has(at))];
  for (const [one, other] of byWorth(
    left[0].map((at) => old[at]),
    left[1].map((at) => now[at]),
  )) {
    const [i, j] = [left[0][one], left[1][other]];
    if (here.has(i) || found.has(j)) continue;
    here.add(i);
    found.set(j, i);
  }
  return found;
}

function alike(old, now) {
  const found = new Map();
  const shorter = Math.min(old.length, now.length);
  let [start, end] = [0, 0];
  for (; start < shorter && old[start].text === now[start].text; start++) found.set(start, start);
  for (; end < shorter - start && old[old.length - 1 - end].text === now[now.length - 1 - end].text; end++)
    found.set(now.length - 1 - end, old.length - 1 - end);
  const places = new Map();
  for (let i = old.length - end - 1; i >= start; i--) put(places, old[i].text, i);
  for (let j = start; j < now.length - end; j++) {
    const same = places.get(now[j].text);
    if (same && same.length) found.set(j, same.pop());
  }
  return found;
}

function byWorth(old, now) {
  const worth = new Map();
  // A pair is one number, so that it can be a key.
  const add = (pair, more) => worth.set(pair, (worth.get(pair) || 0) + more);
  const split = (pair) => [Math.floor(pair / now.length), pair % now.length];
  const words = common(...[old, now].map((side) => side.map((one) => wordsIn(one.lines.join("\n")))));
  for (const [pair, times] of words.found) {
    const [i, j] = split(pair);
    add(pair, (2 * times) / (words.totals[0][i] + words.totals[1][j]));
  }
  const titles = common(...[old, now].map((side) => side.map((one) => new Map([[one.title, 1]]))));
  for (const pair of titles.found.keys()) add(pair, SAME_TITLE);
  const places = new Map(old.map((one, at) => [one.id, at]));
  now.forEach((one, j) => places.has(one.id) && add(places.get(one.id) * now.length + j, SAME_ID));
  const early = ([i, j]) => i + j;
  const far = ([i, j]) => Math.abs(i - j);
  return [...worth]
    .filter(([, worthOf]) => worthOf >= ENOUGH)
    .map(([pair, worthOf]) => [split(pair), worthOf])
    .sort(([a, x], [b, y]) => y - x || early(a) - early(b) || far(a) - far(b))
    .map(([pair]) => pair);
}

// How many telling things two have in common, and how many each has.
function common(old, now) {
  const places = [placesOf(old), placesOf(now)];
  const telling = (one) => places.every((side) => (side.get(one) || []).length <= TELLING);
  const found = new Map();
  for (const [one, here] of places[0]) {
    if (!telling(one)) continue;
    for (const i of here)
      for (const j of places[1].get(one) || []) {
        const pair = i * now.length + j;
        found.set(pair, (found.get(pair) || 0) + Math.min(old[i].get(one), now[j].get(one)));
      }
  }
  const total = (each) => [...each].reduce((sum, [one, times]) => sum + (telling(one) ? times : 0), 0);
  return { found, totals: [old.map(total), now.map(total)] };
}

function placesOf(all) {
  const places = new Map();
  all.forEach((each, at) => [...each.keys()].forEach((one) => put(places, one, at)));
  return places;
}

function put(places, one, at) {
  if (places.has(one)) places.get(one).push(at);
  else places.set(one, [at]);
}
