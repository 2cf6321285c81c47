// Which pages answer a question, best first. The design page says why they stand in this order.

import { LITTLE, ending, telling, understood } from "./question.js";

// How often a page says a word counts ever less, and a long page says everything.
const OFTEN = 1.2;
const LONG = 0.6;
// How much it counts that the page is called what was asked.
const CALLED = 8;
// What scores less than this part of the best is not shown.
const WORST = 0.15;

const often = (count, { length }, usual) => {
  const room = OFTEN * (1 - LONG + (LONG * length) / usual);
  return (count * (OFTEN + 1)) / (count + room);
};

// How much each page says of one meaning.
const saying = ({ stems, worth, tells }, { where, usual }) => {
  const [first, ...rest] = stems.map((one) => where.get(one));
  const pages = [...first.keys()].filter((page) => rest.every((counts) => counts.has(page)));
  const all = [first, ...rest];
  return pages.map((page) => {
    const sum = all.reduce((before, counts) => before + often(counts.get(page), page, usual), 0);
    return [page, (tells * worth * sum) / all.length];
  });
};

const total = (all) => all.reduce((sum, one) => sum + one, 0);

// How near a name is to the question: what part of the question is in it, and what part of it is in the question.
const nearness = ({ stems: name, worth: most }, parts, whole, tells) => {
  const met = new Map();
  const asked = parts.map(({ means, weight }) => {
    let best = 0;
    for (const { stems, worth } of means) {
      if (worth <= best || !stems.every((one) => name.has(one))) continue;
      best = worth;
      for (const one of stems) met.set(one, Math.max(worth, met.get(one) || 0));
    }
    return best * weight;
  });
  const told = total([...met].map(([one, worth]) => worth * tells(one, name.get(one))));
  return (most * (total(asked) / whole) * told) / total([...name].map(([one, little]) => tells(one, little)));
};

// The pages that answer, best first, each with its score and how near it is called to what was asked.
export const ranked = (question, index, words) => {
  const parts = understood(question, index, words);
  const loud = parts.filter((part) => !part.little);
  const whole = total(parts.map(({ weight }) => weight));
  const spoken = total(loud.map(({ weight }) => weight));
  const found = new Map();
  const of = (page) => {
    if (!found.has(page)) found.set(page, { page, said: 0, covered: 0, near: 0 });
    return found.get(page);
  };
  for (const { means, weight } of loud) {
    const most = new Map();
    for (const [page, said] of means.flatMap((one) => saying(one, index))) {
      most.set(page, Math.max(said, most.get(page) || 0));
    }
    for (const [page, said] of most) {
      of(page).said += said;
      of(page).covered += weight;
    }
  }
  const tells = (one, isLittle) => (isLittle ? LITTLE : telling([one], index));
  const stems = new Set(loud.flatMap(({ means }) => means.flatMap((one) => one.stems)));
  for (const name of new Set([...stems].flatMap((one) => index.named.get(one) || []))) {
    const one = of(name.page);
    one.near = Math.max(one.near, nearness(name, parts, whole, tells));
  }
  for (const one of found.values()) {
    one.score = (one.said * (one.covered / spoken) + CALLED * one.near * whole) * (one.page.boost || 1);
  }
  const all = [...found.values()].sort((one, other) => other.score - one.score);
  const slips = parts.filter(({ slip }) => slip).map((part) => [part.words[0], part.slip]);
  return {
    parts,
    slips,
    found: all.filter(({ score }) => score > 0 && score >= WORST * all[0].score),
    ending: ending(question, index),
  };
};
