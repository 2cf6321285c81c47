// What few people do, by the ``data-do`` of what they press: loaded when somebody does.

import { addOwn, addTaken, closeAdding, showAdding } from "./adding.js";
import { clearAll } from "./clearing.js";
import { finish, saveCalendar, saveWord, share, sign } from "./finishing.js";
import { bringStep, leaveStep, moveDown, moveUp } from "./moving.js";
import { openFile } from "./opening_files.js";
import { signed } from "./signed_drafts.js";

export const rarely = {
  bring: bringStep,
  clear: clearAll,
  docx: saveWord,
  down: moveDown,
  ics: saveCalendar,
  leave: leaveStep,
  more: showAdding,
  own: addOwn,
  share,
  sign,
  take: addTaken,
  unadd: closeAdding,
  up: moveUp,
  finish,
  openFile,
  signed,
};
