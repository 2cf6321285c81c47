// Letters: each blank is a place to write, and the whole is copied as text. Nothing of it is kept or sent.

import { buttons, make } from "../../ui/elements.js";

document.querySelectorAll("[data-letter]").forEach((letter) => {
  const status = make("p", { role: "status" });
  const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);
  const open = (place, name) => {
    place.contentEditable = "plaintext-only";
    if (!place.isContentEditable) place.contentEditable = "true";
    place.setAttribute("role", "textbox");
    place.setAttribute("aria-multiline", "true");
    place.setAttribute("aria-label", name);
  };

  const blanks = [...letter.querySelectorAll(".gr-blank")];
  const nameOf = new Map(blanks.map((blank) => [blank, blank.lastChild.textContent]));
  const empty = (blank) => blank.textContent === nameOf.get(blank);
  const same = (blank, other) => nameOf.get(blank).toLowerCase() === nameOf.get(other).toLowerCase();
  blanks.forEach((blank) => {
    const name = nameOf.get(blank);
    blank.textContent = name;
    open(blank, name);
    blank.addEventListener("focus", () => empty(blank) && getSelection().selectAllChildren(blank));
    // What is asked for in one place is written in all of them.
    blank.addEventListener("input", () =>
      blanks.forEach((other) => {
        if (other === blank || !same(blank, other)) return;
        const words = blank.textContent.trim();
        const starts = nameOf.get(other) === capital(nameOf.get(other));
        other.textContent = starts ? capital(words) : words;
        if (!words) other.textContent = nameOf.get(other);
      }),
    );
    blank.addEventListener("blur", () => {
      if (!blank.textContent.trim()) blank.textContent = name;
    });
  });
  letter.querySelectorAll(".gr-open").forEach((table) => {
    const heads = [...table.querySelectorAll("th")].map((head) => head.textContent);
    table.querySelectorAll("tbody tr").forEach((row, at) =>
      [...row.cells].forEach((cell, column) => open(cell, phrase("cellInRow", { column: heads[column], row: at + 1 }))),
    );
  });

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(letter.innerText.trim());
      const left = blanks.filter(empty).length;
      status.textContent = left ? phrase("copiedOpen", { count: left }) : phrase("copied");
    } catch {
      getSelection().selectAllChildren(letter);
      status.textContent = phrase("letterNotCopied");
    }
  };
  const settings = { type: "button", class: "md-button md-button--primary", onclick: copy };
  const button = make("button", settings, phrase("copyLetter"));
  const kept = phrase("letterNotKept");
  letter.before(make("p", null, kept));
  letter.after(buttons(button), status);
});
