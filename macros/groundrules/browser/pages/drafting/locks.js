// One tab writes a draft; the next one reads it.

import { PLACE } from "../../ui/drafts.js";

let release = () => {};
let waiting = new AbortController();
export const stay = (lock) => lock && new Promise((done) => (release = done));
// Ended when another draft is held.
export const signal = () => waiting.signal;
export const hold = (id) => {
  release();
  waiting.abort();
  waiting = new AbortController();
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((answer) => {
    navigator.locks
      .request(PLACE + id, { ifAvailable: true }, (lock) => {
        answer(Boolean(lock));
        return stay(lock);
      })
      .catch(() => answer(true));
  });
};
