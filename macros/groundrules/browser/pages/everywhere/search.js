// Search opens here; what finds, and the index, come when it is first used.

const form = document.querySelector(".md-search__form[data-script]");
const toggle = document.getElementById("__search");

if (form && toggle) {
  const box = form.closest(".md-search");
  const field = form.querySelector("input");
  const script = new URL(form.dataset.script, location.href).href;
  const set = (open) => toggle.checked !== open && toggle.click();
  let asked = false;
  const open = () => {
    set(true);
    if (asked) return;
    asked = true;
    const failed = () => {
      asked = false;
      form.nextElementSibling.querySelector("[role=status]").textContent = form.dataset.failed;
    };
    document.head.append(Object.assign(document.createElement("script"), { src: script, onerror: failed }));
  };
  field.addEventListener("focus", open);
  form.addEventListener("submit", (event) => event.preventDefault());
  box.addEventListener("click", ({ target }) => target.closest(".md-search-result a") && set(false));
  box.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !box.contains(relatedTarget)) set(false);
  });
  const begin = () => {
    set(true);
    field.focus();
    field.select();
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && toggle.checked) {
      set(false);
      field.blur();
    }
    const typing = document.activeElement.closest("input, select, textarea, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !["f", "s", "/"].includes(event.key)) return;
    event.preventDefault();
    begin();
  });
  const { searchParams } = new URL(location.href);
  if (searchParams.has("q")) {
    field.value = searchParams.get("q");
    begin();
  }
}

// The words that somebody searched for, on the page that was found; no element is changed for it.
const wanted = (new URL(location.href).searchParams.get("h") || "").toLowerCase().split(/\s+/).filter(Boolean);
if (wanted.length && self.CSS && CSS.highlights) {
  const text = document.createTreeWalker(document.querySelector(".md-content"), NodeFilter.SHOW_TEXT);
  const ranges = [];
  while (text.nextNode()) {
    for (const found of text.currentNode.data.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
      if (!wanted.includes(found[0].toLowerCase())) continue;
      const range = new Range();
      range.setStart(text.currentNode, found.index);
      range.setEnd(text.currentNode, found.index + found[0].length);
      ranges.push(range);
    }
  }
  CSS.highlights.set("gr-found", new Highlight(...ranges));
}
