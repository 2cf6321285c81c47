// The task of taking files away, and going on to fill the agreement in.

import { write } from "../../core/source.js";
import { buttons, make } from "../../ui/elements.js";
import { bring } from "../../ui/scripts.js";
import { toldPage } from "../../ui/told.js";
import { button } from "./elements.js";
import { main } from "./files.js";
import { wrong } from "./messages.js";
import { keptName } from "./names.js";
import { changeWords, draftPage } from "./own_drafts.js";
import { root } from "./page.js";
import { nameOf, save, saveFile, saveWord } from "./saving.js";

const draftLink = (where) =>
  draftPage(where) && [
    make(
      "p",
      null,
      phrase("changedOnPage", { title: draftPage(where)[1] }),
    ),
    buttons(button(phrase("goOnFilling"), () => changeWords(where))),
  ];
// Its dates, for everybody's calendar; no button where it has none.
const calendar = (where) => {
  const language = { ...where.language, id: where.agreement.front.template };
  const made = () => window.GroundRules.ics(where.agreement, language);
  const name = `${nameOf(where.today)}.ics`;
  const offered = button(phrase("putDates"), () => save(name, made()), { hidden: true });
  bring(root.dataset.exports, () => window.GroundRules.ics).then(
    () => (offered.hidden = !/BEGIN:VEVENT/.test(made())),
    () => {},
  );
  return offered;
};
const forPeople = ({ today, agreement, language }) => {
  const made = () => toldPage(root.dataset, agreement, language);
  const saved = () => made().then((page) => save(`${nameOf(today)}.html`, page));
  return button(phrase("for the people it is about html"), () => saved().catch(() => wrong(phrase("fileNotMade"))));
};
export const keepButtons = (where, isFirst) =>
  buttons(
    button(phrase("print or save as pdf"), () => window.print(), isFirst && { class: "gr-button gr-main" }),
    button(phrase("wordOfThese"), () => saveWord(where.today, nameOf(where.today))),
    forPeople(where),
    calendar(where),
  );
export const taking = (where) => () => [
  buttons(
    button(phrase("saveAgreementFile"), () => saveFile(main())),
    !!where.agreed &&
      !where.asAgreed &&
      where.kept.has(where.agreed) &&
      button(phrase("wordOfVersion", { version: where.agreed }), () =>
        saveWord(where.inForce, `${nameOf(where.inForce)}-${where.agreed}`),
      ),
    ...[...where.kept.values()].map((one) =>
      button(phrase("saveKept", { version: one.version }), () =>
        save(keptName(one.agreement.front.title, one.version), write(one.agreement)),
      ),
    ),
  ),
  keepButtons(where),
  draftLink(where),
];
