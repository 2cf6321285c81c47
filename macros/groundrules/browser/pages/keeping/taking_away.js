// The task of taking files away, and going on to fill the agreement in.

import { write } from "../../core/source.js";
import { PLACE } from "../../ui/drafts.js";
import { buttons, has, make } from "../../ui/elements.js";
import { button } from "./elements.js";
import { main } from "./files.js";
import { drafts } from "./page.js";
import { nameOf, save, saveFile, saveWord } from "./saving.js";

const draftLink = (where) => {
  const [link, title] = has(drafts, where.agreement.front.template) ? drafts[where.agreement.front.template] : [];
  if (!link) return null;
  const hand = () => {
    const id = `kept${Date.now().toString(36)}`;
    const record = {
      revision: 1,
      time: Date.now(),
      pending: {},
      emptied: [],
      saved: null,
      text: write(where.agreement),
      template: where.agreement.front.template,
      title: where.agreement.front.title,
    };
    try {
      if (sessionStorage.getItem(`${PLACE}nothing`) !== "yes") {
        localStorage.setItem(PLACE + id, JSON.stringify(record));
        sessionStorage.setItem(`${PLACE}open`, id);
      }
    } catch {
      /* The drafting page then opens the file itself. */
    }
    location.href = link;
  };
  return [
    make(
      "p",
      null,
      `Its words and answers are changed on the page of "${title}", which keeps a draft in this ` +
        "browser. Save it there as a file, and open that file here.",
    ),
    buttons(button("Go on filling it in", hand)),
  ];
};
export const taking = (where) => () => [
  buttons(
    button("Save agreement.md", () => saveFile(main())),
    button("Word document of these words", () => saveWord(where.today, nameOf(where.today))),
    !!where.agreed &&
      !where.asAgreed &&
      where.kept.has(where.agreed) &&
      button(`Word document of version ${where.agreed}`, () =>
        saveWord(where.inForce, `${nameOf(where.inForce)}-${where.agreed}`),
      ),
    ...[...where.kept.values()].map((one) =>
      button(`Save ${one.version}.md`, () => save(`${one.version}.md`, write(one.agreement))),
    ),
  ),
  draftLink(where),
];
