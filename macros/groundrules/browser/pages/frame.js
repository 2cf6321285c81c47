// What the front page and the tools need of all that the theme's own script does: colours, and labels for the keyboard;
// and room for the bar below.

document.documentElement.classList.replace("no-js", "js");

const PARTS = ["media", "scheme", "primary", "accent"];
const options = [...document.querySelectorAll("[data-md-component=palette] input")];
const of = (one, part) => one.getAttribute(`data-md-color-${part}`);
const fits = (one) => matchMedia(of(one, "media")).matches;
// Where a browser keeps nothing, the colours last as long as the page.
const trying = (act) => {
  try {
    return act();
  } catch {
    return null;
  }
};
const note = (name) => document.head.appendChild(Object.assign(document.createElement("meta"), { name }));

const wear = (index, [bar, forms]) => {
  const chosen = options[index];
  // An option may leave it to the system which of the others is worn.
  const left = of(chosen, "media") === "(prefers-color-scheme)";
  const worn = (left && options.find((one) => one !== chosen && fits(one))) || chosen;
  const color = Object.fromEntries(PARTS.map((part) => [part, of(part === "media" ? chosen : worn, part)]));
  PARTS.forEach((part) => document.body.setAttribute(`data-md-color-${part}`, color[part]));
  options.forEach((one, at) => (one.nextElementSibling.hidden = at !== index));
  trying(() => window.__md_set("__palette", { index, color }));
  const { backgroundColor, colorScheme } = getComputedStyle(document.querySelector(".md-header"));
  bar.content = backgroundColor;
  forms.content = colorScheme;
};

if (options.length) {
  const notes = ["theme-color", "color-scheme"].map(note);
  const { index } = trying(() => window.__md_get("__palette")) || { index: options.findIndex(fits) };
  wear(Math.max(0, Math.min(index, options.length - 1)) || 0, notes);
  options.forEach((one, at) => {
    const next = options[(at + 1) % options.length];
    one.addEventListener("change", () => wear(at, notes));
    one.addEventListener("keydown", ({ key }) => key === "Enter" && [next.click(), next.focus()]);
  });
}
document.addEventListener("keydown", ({ key, target }) => key === "Enter" && target.matches("label") && target.click());

// What gets the focus stays above the bar, however much that says.
const foot = document.querySelector(".gr-foot");
const makeRoom = () => (document.documentElement.style.scrollPaddingBottom = `${foot.offsetHeight + 8}px`);
if (foot) new ResizeObserver(makeRoom).observe(foot);
