"""Find a Chromium for the browser tests, or install one; say clearly which."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")


def system_browser() -> str | None:
    """The path of a Chromium that is on this machine, or ``None``; ``CHROMIUM`` names another one."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def playwrights_browser() -> str | None:
    """The path of the Chromium that Playwright has downloaded, or ``None``."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def find_browser() -> str | None:
    return system_browser() or playwrights_browser()


def main() -> int:
    found = find_browser()
    if found:
        print(f"Browser tests use {found}.")
        return 0
    print("There is no Chromium here. Installing one, from the system's packages if they can be had.")
    if shutil.which("apt-get") and os.geteuid() == 0:
        for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", "chromium"]):
            subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    if not system_browser():
        print("The system's packages have none; trying Playwright's own.")
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    found = find_browser()
    if found:
        print(f"Browser tests use {found}.")
        return 0
    print("No Chromium could be installed. Install one (package chromium), or name it: CHROMIUM=/path make test.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
