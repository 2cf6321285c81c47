// The task of taking files away, and going on to fill the agreement in.

import { write } from "../../core/source.js";
import { PLACE } from "../../ui/drafts.js";
import { buttons, has, make } from "../../ui/elements.js";
import { trying } from "../../ui/site_place.js";
import { button } from "./elements.js";
import { main } from "./files.js";
import { wrong } from "./messages.js";
import { templatesHere } from "./page.js";
import { nameOf, save, saveFile, saveWord } from "./saving.js";

const draftLink = (where) => {
  const [link, title] = has(templatesHere, where.agreement.front.template)
    ? templatesHere[where.agreement.front.template]
    : [];
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
    const nothing = trying(() => sessionStorage.getItem(`${PLACE}nothing`)) === "yes";
    try {
      if (nothing) throw new Error();
      localStorage.setItem(PLACE + id, JSON.stringify(record));
    } catch {
      return wrong(
        `${nothing ? "You chose to keep nothing on this computer" : "This browser has no room for the draft"}, so it ` +
          `cannot be handed on. Save the file, go to the page of "${title}", and open it there.`,
        buttons(
          button("Save agreement.md", () => saveFile(main())),
          make("a", { class: "gr-button", href: link }, `The page of "${title}"`),
        ),
      );
    }
    trying(() => sessionStorage.setItem(`${PLACE}open`, id));
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
