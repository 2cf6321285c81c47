// The page for the people whom the work is for, made where a page leads to what makes it.

import { bring } from "./scripts.js";

export const toldPage = async ({ told, toldWords }, agreement, template) => {
  await bring(told, () => window.GroundRules.toldPage);
  await bring(toldWords, () => window.groundRulesTold);
  return window.GroundRules.toldPage(agreement, template, window.groundRulesTold);
};
