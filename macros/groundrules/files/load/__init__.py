"""Read a toolkit's files: the one place that does.

Every problem of reading is collected; what could be read is returned beside them.
"""

from .file import MAX_BYTES
from .folders import Cache, Loaded, load

__all__ = ["MAX_BYTES", "Cache", "Loaded", "load"]
