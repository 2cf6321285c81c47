// What the theme leaves to the mouse, or without a name for screen readers.

// The menu and search open from labels, which the keyboard cannot reach: a real button takes the place of each.
const button = (id, name, kind) => {
  const label = document.querySelector(`.md-header__button[for="${id}"]`);
  const box = document.getElementById(id);
  if (!label || !box) return [null, null];
  const made = document.createElement("button");
  const say = () => made.setAttribute("aria-expanded", String(box.checked));
  made.type = "button";
  made.className = `md-header__button md-icon ${kind}`;
  made.setAttribute("aria-label", name);
  made.append(...label.childNodes);
  made.addEventListener("click", () => box.click());
  box.addEventListener("change", say);
  say();
  label.replaceWith(made);
  return [made, box];
};
const [finder, finding] = button("__search", phrase("search"), "gr-open-search");
if (finder) {
  const field = document.querySelector(".md-search__input");
  finding.addEventListener("change", () => {
    if (finder.checkVisibility()) (finding.checked ? field : finder).focus();
  });
}
const [opener, drawer] = button("__drawer", phrase("menu"), "gr-open-menu");

// The keyboard goes into the menu as it opens, and Escape brings it out again.
const menu = document.querySelector(".md-sidebar--primary");
if (opener && menu) {
  drawer.addEventListener("change", () => {
    if (!drawer.checked) return;
    const stops = [...menu.querySelectorAll("a[href], label[tabindex]")];
    const first = stops.find((stop) => stop.checkVisibility({ visibilityProperty: true }));
    if (first) first.focus({ preventScroll: true });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer.checked) return;
    drawer.click();
    opener.focus();
  });
}
