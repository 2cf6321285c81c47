// Fields that grow with their text, where the styles alone do not do it yet.

export const growing = (box) => {
  const fit = (one) => {
    one.style.height = "auto";
    // What is folded away has no height yet.
    if (one.scrollHeight) one.style.height = `${one.scrollHeight + one.offsetHeight - one.clientHeight}px`;
  };
  const all = () => box.querySelectorAll("textarea").forEach(fit);
  box.addEventListener("input", ({ target }) => target.matches("textarea") && fit(target));
  box.addEventListener("toggle", all, true);
  window.addEventListener("resize", all);
  new MutationObserver(all).observe(box, { childList: true, subtree: true });
  all();
};
