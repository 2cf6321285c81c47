// A field that holds more than a file has room for says so.

import { tooLong } from "../core/answers.js";
import { make } from "./elements.js";

export const watched = (input) => {
  const long = make("p", { class: "gr-findings", role: "status" });
  const look = () => {
    const why = tooLong(input.value);
    long.textContent = why && phrase("keptNotInDocument", { why });
  };
  input.oninput = look;
  look();
  return long;
};
