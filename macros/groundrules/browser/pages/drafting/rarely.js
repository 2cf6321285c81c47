// What few people do, by the ``data-do`` of what they press: loaded when somebody does.

import { growing } from "../../ui/growing.js";
import { addOwn, addTaken, closeAdding, showAdding } from "./adding.js";
import { openKept, restore, startNew, unread } from "./another.js";
import { clearAll } from "./clearing.js";
import { finish, saveCalendar, saveWord, share, sign } from "./finishing.js";
import { bringStep, leaveStep, moveDown, moveUp } from "./moving.js";
import { openFile } from "./opening_files.js";
import { paste } from "./pasting.js";
import { signed } from "./signed_drafts.js";
import { talk } from "./talking.js";
import { waitFor } from "./waiting.js";

export const rarely = {
  bring: bringStep,
  clear: clearAll,
  docx: saveWord,
  down: moveDown,
  ics: saveCalendar,
  leave: leaveStep,
  more: showAdding,
  grow: growing,
  new: startNew,
  open: openKept,
  own: addOwn,
  paste,
  share,
  sign,
  take: addTaken,
  talk,
  unadd: closeAdding,
  up: moveUp,
  wait: waitFor,
  finish,
  openFile,
  restore,
  signed,
  unread,
};
