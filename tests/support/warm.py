"""What every build of a site loads and compiles first: a process that has imported this has done so already."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import jinja2
from mkdocs.theme import Theme

import groundrules.site
from groundrules.site import assets
from groundrules.site.drawing import LAYOUTS
from groundrules.site.theme_cache import ThemeCache
from groundrules.writers.kinds import writers

del os.environ["PYTHONPATH"]  # It was only for this import.
for name in (
    "lxml.etree",
    "material.plugins.search.plugin",
    "pikepdf",
    "typst",
    *(f"markdown.extensions.{one}" for one in ("admonition", "attr_list", "codehilite", "fenced_code", "tables")),
):
    importlib.import_module(name)
writers()

# What makes scripts small has threads, and would stand still in a process that is forked from one where it has begun.
# So it begins in another, which tells what comes of English; a process that speaks another language begins it itself.
TELL = """
import json
from groundrules.site import assets
small, told = assets._small, []
assets._small = lambda name, text: told.append((name, text, small(name, text))) or told[-1][2]
assets.assets()
print(json.dumps(told))
"""
told = json.loads(subprocess.run([sys.executable, "-c", TELL], capture_output=True, check=True).stdout)
small, known = assets._small, {(name, text): made for name, text, made in told}
assets._small = lambda name, text: known.get((name, text)) or small(name, text)
assets.assets()


def _is_used(name: str) -> bool:
    return name.endswith((".html", ".xml")) and "/languages/" not in name


def _compile(environment: jinja2.Environment) -> None:
    for name in environment.list_templates(filter_func=_is_used):
        # Some are for plugins that add filters of their own.
        with suppress(jinja2.TemplateAssertionError):
            environment.get_template(name)


_compile(LAYOUTS)
theme = Theme("material")
theme.dirs.insert(0, str(Path(groundrules.site.__path__[0], "theme")))
ThemeCache().use_in(theme)
_compile(theme.get_env())
