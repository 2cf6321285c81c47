// The address of a step: Back and Forward move between steps, and a reload stays where it was.

import { steps } from "./agreement.js";
import { START, state } from "./page.js";

export const inAddress = (name) => new URLSearchParams(location.hash.slice(1)).get(name);
export const stepInAddress = () => [inAddress("step")].find((id) => steps().includes(id)) || START;
export const showInAddress = () => {
  if (stepInAddress() !== state.step) location.hash = `step=${encodeURIComponent(state.step)}`;
};
