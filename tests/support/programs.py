"""Find a Chromium for the browser tests, or install one; say clearly which. The same for LibreOffice.

Without a Chromium there is no testing. Without LibreOffice, three tests that open our files in it
are skipped, and without fish one that completes names in it; pytest says so at its end.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# A Chromium without a window loads a page with two thirds of the work.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
# Nothing that a Chromium does by itself may reach for the network while tests count requests.
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The popups of the address bar and a spare process, made for each page, cost as much as it does.
    # A browser takes the last such list only, so Playwright's own is in it too.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,SpareRendererForSitePerProcess,"
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,"
    "LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,"
    "TcpPortRandomizationWin,OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch",
]


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


def install(package: str) -> None:
    """Install a package of the system's, where this machine has them and we may."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", package]):
            subprocess.run(command, stdout=subprocess.DEVNULL, check=False)


HOSTS = Path(sys.prefix, "hosts")
_LOCK = Path(__file__).parents[2] / "requirements-hosts.lock"


def host(name: str) -> Path | None:
    """The program of a host that could take the place of mkdocs, if it is installed: ``zensical`` or ``properdocs``."""
    return next(HOSTS.glob(f"*/{name}*"), None) if (HOSTS / "locked").is_file() else None


def install_hosts() -> None:
    """Install them, in an environment of their own; with a stamp, so that the next run need not ask."""
    stamp = HOSTS / "locked"
    if stamp.is_file() and stamp.read_bytes() == _LOCK.read_bytes():
        return
    pip = [sys.executable, "-m", "pip", "--python", str(HOSTS), "--quiet", "--disable-pip-version-check"]
    environment = [sys.executable, "-m", "venv", "--clear", "--without-pip", str(HOSTS)]
    commands = (environment, [*pip, "install", "--require-hashes", "-r", str(_LOCK)])
    if any(subprocess.run(one, capture_output=True, check=False).returncode for one in commands):
        print("Zensical and ProperDocs could not be installed, so the tests that build a site with them are skipped.")
    else:
        shutil.copyfile(_LOCK, stamp)


def look_for(program: str, name: str, package: str, tests: str) -> None:
    if not shutil.which(program):
        print(f"There is no {name} here. Installing one, if the system's packages have it.")
        install(package)
    if not shutil.which(program):
        print(f"None could be installed, so {tests} skipped.")


def main() -> int:
    office_tests = "three tests that open Word and OpenDocument files with it are"
    look_for("soffice", "LibreOffice", "libreoffice-writer-nogui", office_tests)
    look_for("fish", "fish", "fish", "one test that completes names in it is")
    install_hosts()
    if not os.environ.get("CHROMIUM") and not shutil.which(NAMES[0]):
        print("Looking for a Chromium without a window among the system's packages; it is quicker than any other.")
        install(NAMES[0])
    if not find_browser():
        print("There is no Chromium here. Installing one, if the system's packages have it.")
        install("chromium")
    if not find_browser():
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
