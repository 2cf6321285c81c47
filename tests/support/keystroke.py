"""How long the drafting page takes to show a keystroke: for the benchmark; a test only asks whether it does."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

from support.programs import find_browser
from support.sites import served

# Types into the first answer, and looks at the document before the browser draws again: the median in
# milliseconds, or null where the document did not show it.
KEYSTROKE = """() => {
    const field = document.querySelector("[data-part=answers] > .gr-field > textarea");
    const times = [];
    for (let round = 0; round < 40; round += 1) {
        field.value = `typing ${round}`;
        const start = performance.now();
        field.dispatchEvent(new Event("input", {bubbles: true}));
        document.querySelector("article.gr-document").getBoundingClientRect();
        times.push(performance.now() - start);
        const shown = document.querySelector("article.gr-document").textContent.toLowerCase();
        if (!shown.includes(`typing ${round}`)) return null;
    }
    return times.sort((a, b) => a - b)[20];
}"""


def milliseconds(site: Path, page: str, slower: int = 1) -> float:
    """The median time of a keystroke on the drafting ``page`` of ``site``, with the processor slowed down."""
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"])
        shown = browser.new_page()
        shown.goto(address + page)
        while not shown.locator("[data-part=answers] > .gr-field > textarea").count():
            shown.get_by_role("button", name="Next", exact=True).click()
        shown.context.new_cdp_session(shown).send("Emulation.setCPUThrottlingRate", {"rate": slower})
        found: float = shown.evaluate(KEYSTROKE)
        browser.close()
    return found
