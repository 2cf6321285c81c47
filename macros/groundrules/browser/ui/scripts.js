// Scripts that few need.

import { make } from "./elements.js";

// The script at ``src``, loaded; it is there already when ``found`` says so.
export const bring = (src, found) =>
  new Promise((done, failed) => {
    if (found()) done();
    else document.head.append(make("script", { src, onload: () => (found() ? done() : failed()), onerror: failed }));
  });
