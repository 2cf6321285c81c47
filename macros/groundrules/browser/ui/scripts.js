// Scripts that few need.

import { make } from "./elements.js";

// The script at ``src``, loaded; it is there already when ``found`` says so.
export const bring = (src, found) =>
  new Promise((done, failed) => {
    if (found()) done();
    else {
      // What came may be old, and is asked for anew, so that it is not found in the browser's cache next time.
      const old = () => fetch(src, { cache: "reload" }).then(failed, failed);
      document.head.append(make("script", { src, onload: () => (found() ? done() : old()), onerror: failed }));
    }
  });
