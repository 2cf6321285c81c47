"""The scripts and styles that the package ships: sources joined into bundles, and made small for the reader's phone."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

_KINDS = {"css": "text/css", "js": "application/javascript"}
# The files of each bundle in ``browser/``, in the order in which they are joined; one that has no list is a file alone.
_BUNDLES = {
    "engine.js": """core/strings core/maps core/frontmatter core/model core/shaper core/load core/source core/answers
        core/language core/markup core/assemble core/html core/printed core/fork core/agreements bridges/engine_gives""",
    "signing.js": """bridges/signing_takes core/sha256 core/fingerprint core/version core/signing_state core/lookalikes
        core/sign core/open_round core/edit bridges/signing_gives""",
    "compare.js": "bridges/compare_takes core/diff_words core/diff bridges/compare_gives",
    "upgrade.js": """bridges/upgrade_takes core/update_compare core/proposing core/update_apply
        bridges/upgrade_gives""",
    "records.js": "bridges/records_takes core/redact core/records bridges/records_gives",
    "exports.js": """bridges/exports_takes core/printed_word core/word_parts core/word_body core/word core/zip
        core/calendars bridges/exports_gives""",
}
_ALONE = {
    "draft.js": "pages/drafting.js",
    "keeping.js": "pages/keeping.js",
    "groundrules.js": "pages/everywhere.js",
    "offline.js": "pages/offline.js",
    "offline-worker.js": "pages/offline_worker.js",
    "draft.css": "css/draft.css",
    "keeping.css": "css/keeping.css",
    "groundrules.css": "css/groundrules.css",
}
_IMPORT = re.compile(r"^import \{[^}]*\} from \"[^\"]*\";\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let) )", re.MULTILINE)


@cache
def assets() -> dict[str, str]:
    """The text of each file by its name; joined but not small, where the minifier is not installed."""
    alone = {name: _read(path) for name, path in _ALONE.items()}
    joined = {name: _joined(files.split()) for name, files in _BUNDLES.items()}
    return {name: _small(name, text) for name, text in (alone | joined).items()}


def _read(path: str) -> str:
    return (resources.files(__package__) / "browser" / path).read_text("utf-8")


def _joined(files: list[str]) -> str:
    bodies = [_EXPORT.sub("", _IMPORT.sub("", _read(f"{path}.js"))) for path in files]
    start, end = '(function (root) {\n"use strict";\n', '})(typeof window === "undefined" ? globalThis : window);\n'
    return start + "\n".join(bodies) + end


def _small(name: str, text: str) -> str:
    try:
        import minify
    except ImportError:
        return text
    small: str = minify.string(_KINDS[name.rpartition(".")[2]], text)
    return small
