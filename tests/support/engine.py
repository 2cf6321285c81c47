"""The scripts that need no page, run in this process: V8 without a browser around it."""

from __future__ import annotations

import json
from typing import Any

from py_mini_racer import MiniRacer

from groundrules.site.assets import assets

# V8 alone has no TextEncoder. Half characters become the sign for what is unknown, as in a browser.
TEXT_ENCODER = """
globalThis.TextEncoder = class {
  encode(text) {
    const half = /[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]/g;
    const bytes = encodeURIComponent(text.replace(half, "\\ufffd")).matchAll(/%(..)|./g);
    return Uint8Array.from(bytes, ([sign, code]) => (code ? parseInt(code, 16) : sign.charCodeAt(0)));
  }
};
"""


class Engine:
    """The named scripts, as they are shipped, in an engine of their own."""

    def __init__(self, *scripts: str) -> None:
        self.engine = MiniRacer()
        self.engine.eval(TEXT_ENCODER)
        for script in scripts:
            self.engine.eval(assets()[script])

    def run(self, script: str, argument: Any = None) -> Any:
        """What the function ``script`` makes of an argument; both go as JSON text, so half characters come through."""
        self.engine.eval(f"globalThis.run = (text) => JSON.stringify(({script})(JSON.parse(text)));")
        return json.loads(self.engine.call("run", json.dumps(argument)))
