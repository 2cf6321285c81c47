// One tab writes; the next one reads, and takes over when the first is closed.

import { PLACE } from "../../ui/drafts.js";

let release = () => {};
let waiting = new AbortController();
const stay = (lock) => lock && new Promise((done) => (release = done));
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
export const queue = (id, takeOver) =>
  navigator.locks
    .request(PLACE + id, { signal: waiting.signal }, (lock) => {
      takeOver();
      return stay(lock);
    })
    .catch(() => {});
