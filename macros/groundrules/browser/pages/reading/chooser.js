// The chooser: one question at a time. Without this script it is a page of questions with links.
// Where one stands is in the address, so the browser's own Back works as well.

document.querySelectorAll("[data-chooser]").forEach((chooser) => {
  const questions = [...chooser.querySelectorAll("[data-question]")];
  const answers = [...chooser.querySelectorAll(".gr-choices > li")];
  const buttons = chooser.querySelector(".gr-buttons");
  const first = questions[0];
  if (!first) return;
  const path = [];

  const found = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    return [...questions, ...answers].find((one) => one.id === id && (one.dataset.question === "" || suggestion(one)));
  };
  const suggestion = (answer) => answer.querySelector(".gr-suggestion");

  const show = (place, move) => {
    const question = place.closest("[data-question]");
    questions.forEach((one) => one.toggleAttribute("data-now", one === question));
    answers.forEach((one) => one.toggleAttribute("data-now", one === place));
    chooser.toggleAttribute("data-done", place !== question);
    buttons.hidden = place === first;
    if (!move) return;
    const target = place === question ? question.querySelector("h2") : suggestion(place);
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    chooser.scrollIntoView({ block: "nearest" });
    if (chooser.getBoundingClientRect().top < 0) chooser.scrollIntoView();
  };

  const go = (place) => {
    if (location.hash === `#${place.id}`) show(place, true);
    else location.hash = place.id;
  };

  /* Back goes the way one came; after a link straight to a question, to the one that leads here. */
  const before = (place) => {
    const question = place.closest("[data-question]");
    if (place !== question) return question;
    const link = chooser.querySelector(`.gr-choice[href="#${place.id}"]`);
    return link ? link.closest("[data-question]") : first;
  };

  const arrive = (move) => {
    const place = found() || first;
    const seen = path.indexOf(place);
    if (seen >= 0) path.length = seen;
    path.push(place);
    show(place, move);
  };

  answers.forEach((answer) => {
    const box = suggestion(answer);
    if (!box) return;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", phrase("suggestionAndWhy"));
    answer.querySelector(".gr-choice").addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || chooser.hasAttribute("data-done")) return;
      event.preventDefault();
      go(answer);
    });
  });
  buttons.querySelector("[data-do=back]").addEventListener("click", () => {
    const here = path[path.length - 1];
    go(path[path.length - 2] || before(here));
  });
  buttons.querySelector("[data-do=again]").addEventListener("click", () => go(first));
  window.addEventListener("hashchange", () => (found() || !location.hash) && arrive(true));

  chooser.setAttribute("data-live", "");
  arrive(Boolean(found()));
});
