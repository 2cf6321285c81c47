"""What the tests do on any page, in a browser."""

from __future__ import annotations

from collections.abc import Callable

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Locator, Page, expect

PHONE, DESK = 360, 1280
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page, *rules: str) -> list[str]:
    """What axe finds wrong on the page as it stands; ``rules`` if only some are to be tried."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {
        "resultTypes": ["violations"],
        "runOnly": {"type": "rule", "values": rules} if rules else RULES,
    }
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [f"{one['id']}: {node['target']} {node['html'][:120]}" for one in found for node in one["nodes"]]


def unstick(page: Page) -> None:
    """No bar covers part of a button, which axe would take for something small."""
    bars = ".gr-foot, .md-header, .md-tabs"
    page.add_style_tag(content=f":is({bars}) {{ position: static !important; }}")
    page.evaluate("window.scrollTo(0, 0)")


def choose_dark(page: Page) -> None:
    """Choose dark colours, as a reader does."""
    page.locator("label[title='Switch to dark colours']").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def violations_everywhere(page: Page, darken: Callable[[Page], None] = choose_dark) -> list[str]:
    """At both widths in light colours; in dark ones only what colours can change."""
    found = []
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width} light {one}" for one in violations(page)]
    darken(page)
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width} dark {one}" for one in violations(page, "color-contrast", "link-in-text-block")]
    return found


# Adds up what moves on a page by itself; to be run before anything of it is there.
ADD_UP_SHIFTS = """window.shifts = 0;
new PerformanceObserver((list) => list.getEntries().forEach((one) => (window.shifts += one.value)))
    .observe({type: "layout-shift", buffered: true});"""


def shifts(page: Page) -> float:
    """How much has moved on the page since it began to load, as browsers count it (CLS)."""
    drawn = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
    page.evaluate(drawn)
    return page.evaluate("window.shifts")


WORDS_ABOVE = """(end) => {
    const texts = document.createTreeWalker(document.querySelector("main article"), NodeFilter.SHOW_TEXT);
    const seen = [];
    while (texts.nextNode()) {
        const { currentNode: text } = texts;
        const shown = text.parentElement.checkVisibility() && !text.parentElement.closest("script, style, .gr-unseen");
        if (shown && text.compareDocumentPosition(end) & Node.DOCUMENT_POSITION_FOLLOWING) seen.push(text.data);
    }
    return seen.join(" ").split(/\\s+/).filter(Boolean).length;
}"""


def words_above(end: Locator) -> int:
    """How many words of the page can be seen before ``end``; what is folded up does not count."""
    return end.evaluate(WORDS_ABOVE)


def press_until(page: Page, reached: str, most: int = 80) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", reached):
            return
    raise AssertionError(f"{reached} was not reached")
