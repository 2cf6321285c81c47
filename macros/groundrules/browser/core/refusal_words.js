// The words of refusals.

import { REFUSALS } from "../shared/refusals.js";
import { learn } from "./refusals.js";

learn(REFUSALS);
