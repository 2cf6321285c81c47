"""Somebody who uses the keyboard alone: every stop is one that they can see."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page

# What has the focus: what it is called, what it is, and how much of it is hidden from sight.
STOP = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const label = at.labels && at.labels[0];
    const said = at.getAttribute("aria-label") || (label && label.innerText) || at.innerText || at.value || at.name;
    const group = at.closest("fieldset, [role=group]");
    const where = group && (group.getAttribute("aria-label") || group.firstElementChild.innerText);
    const points = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [x, y]));
    const shown = (one) => {
        const box = one.getBoundingClientRect();
        const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
        const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
        return right > left && bottom > top && points.some(([x, y]) =>
            one.contains(document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y)));
    };
    // A small circle or a switch shows it on its label.
    const marked = [at, label, at.nextElementSibling].filter((one) => one === at || (one && one.matches("label")));
    return {said: (said || "").trim(), where: where || "", tag: at.tagName, type: at.type || "",
        value: at.value || "", seen: marked.some(shown), html: at.outerHTML.slice(0, 160)};
}"""


class Keys:
    """The keyboard of one person, and the page that they have before them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions = 0
        # Asked for once, or the first key may come before the browser hands its window to us.
        page.on("filechooser", lambda _: None)

    def at(self) -> dict:
        """Where the focus is; it may never be lost or hidden."""
        stop = self.page.evaluate(STOP)
        assert stop, f"The focus is nowhere, on {self.page.url}"
        assert stop["seen"], f"What has the focus is hidden: {stop['html']}, on {self.page.url}"
        return stop

    def tab(self, back: bool = False) -> dict | None:
        self.page.keyboard.press("Shift+Tab" if back else "Tab")
        stop = self.page.evaluate(STOP)
        assert not stop or stop["seen"], f"What has the focus is hidden: {stop['html']}, on {self.page.url}"
        return stop

    def reach(self, name: str, back: bool = False, most: int = 150) -> dict:
        """Go on until what is called ``name`` has the focus."""
        passed = []
        for _ in range(most):
            stop = self.tab(back)
            if stop and re.search(name, stop["said"]):
                return stop
            passed.append(stop and stop["said"][:40])
        raise AssertionError(f'"{name}" was not reached on {self.page.url}: {passed}')

    def press(self, name: str, key: str = "Enter", back: bool = False) -> None:
        self.reach(name, back)
        self.key(key)

    def follow(self, name: str, back: bool = False) -> None:
        """Press what is called ``name``, which leads to another page."""
        self.reach(name, back)
        with self.page.expect_navigation():
            self.key()

    def skip(self) -> None:
        """Past the menus."""
        self.press("^Skip to content")
        self.actions -= 1  # A mouse needs none.

    def key(self, key: str = "Enter") -> None:
        self.actions += 1
        self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.actions += 1
        self.page.keyboard.type(words)

    def fill(self, name: str, words: str, back: bool = False) -> None:
        self.reach(name, back)
        self.page.keyboard.press("Control+a")
        self.type(words)

    def save(self, folder: Path, name: str = "") -> str:
        """Press what has the focus, or what is called ``name``, and keep the file that comes of it."""
        if name:
            self.reach(name)
        with self.page.expect_download() as coming:
            self.key()
        found = coming.value.suggested_filename
        coming.value.save_as(folder / found)
        return found

    def choose_files(self, name: str, *files: Path, back: bool = False) -> None:
        """The system's own window, in which files are chosen, has a keyboard of its own."""
        self.reach(name, back)
        with self.page.expect_file_chooser() as chooser:
            self.key("Enter")
        chooser.value.set_files(list(files))
