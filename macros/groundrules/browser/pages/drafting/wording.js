// Fields for titles and wordings, which may hold what the document cannot.

import { findings, oddTitle } from "../../core/file.js";
import { learned } from "../../core/refusals.js";
import { oneLine } from "../../core/strings.js";
import { setText } from "../../core/workspace.js";
import { has, make } from "../../ui/elements.js";
import { change, pend } from "./changes.js";
import { firstControl, hint, nextNumber } from "./elements.js";
import { answersOf } from "./field_kinds.js";
import { single } from "./fields.js";
import { bringReader } from "./keeping.js";
import { START, form, state } from "./page.js";

// What cannot stand in the document waits beside it, with the reason; the document keeps the last good text.
export const checked = (key, label, value, find, set, tall, after = () => {}) => {
  const list = make("div", { class: "gr-findings", role: "status", id: `gr-findings-${nextNumber()}` });
  const look = (words, input) => {
    const found = find(words);
    const said = ({ line, message }) => (line ? phrase("atLine", { line, message }) : message);
    const reasons = learned() ? found.map(said) : [];
    const rest = found.length ? [phrase("keepsLast")] : [];
    list.replaceChildren(...[...reasons, ...rest].map((one) => make("p", null, String(one))));
    if (found.length && !learned()) bringReader().then(() => look(input.value, input), () => {});
    input.setAttribute("aria-invalid", String(found.length > 0));
    return found.length;
  };
  const take = (words, input) => {
    if (look(words, input)) change({ pending: pend(key, words) }, phrase("changeWording"), key);
    else {
      change({ pending: pend(key), agreement: set(words) }, phrase("changeWording"), key);
      after(words);
    }
  };
  const box = single(key, {}, has(state.draft.pending, key) ? state.draft.pending[key] : value, label, take, tall);
  const input = firstControl(box);
  input.setAttribute("aria-describedby", list.id);
  box.append(list);
  look(input.value, input);
  return box;
};
export const badTitle = (words) => [{ message: oddTitle(oneLine(words)) }].filter((one) => one.message);
export const wordingField = (id, value) => {
  const find = (words) => findings(words, 1, id === START);
  const after = (words) => form.querySelector("[data-part=answers]").replaceWith(answersOf(words));
  const box = checked(
    `text ${id}`,
    phrase("theWording"),
    value,
    find,
    (words) => setText(state.draft.agreement, id, words),
    8,
    after,
  );
  box.append(
    hint(phrase("wordingHint")),
  );
  return box;
};
