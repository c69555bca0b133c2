"""Where things are: the folders that travel with the program, and the user's cache.

Paths are text here, because every answer asks for some and loading pathlib takes as long as the
answer; `PACKAGE` and `DATA`, and the functions that say so, give a Path to everybody else.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

HERE = os.path.dirname(os.path.realpath(__file__))  # noqa: PTH120 - see above


def __getattr__(name: str) -> Path:
    """Return the folder of the package, or of the data that comes with it, as a Path."""
    from pathlib import Path  # noqa: PLC0415 - see above

    if name == "PACKAGE":
        return Path(HERE)
    if name == "DATA":
        return Path(HERE) / "data"
    raise AttributeError(name)


def name_bundled(folder: str) -> str:
    """Return one of the folders ontology, queries or shapes, in a wheel or in a checkout."""
    inside = os.path.join(HERE, "_bundled", folder)  # noqa: PTH118 - see above
    if os.path.isdir(inside):  # noqa: PTH112 - see above
        return inside
    return os.path.join(os.path.dirname(HERE), folder)  # noqa: PTH118, PTH120 - see above


def bundled(folder: str) -> Path:
    """Return the same as a Path."""
    from pathlib import Path  # noqa: PLC0415 - see above

    return Path(name_bundled(folder))


def name_cache() -> str:
    """Return the folder in which stores are kept: `POLITEIA_CACHE`, or the platform's own place."""
    chosen = os.environ.get("POLITEIA_CACHE")
    if chosen:
        return chosen
    home = os.path.expanduser("~")  # noqa: PTH111 - Path.home() raises where HOME is unset
    folder = os.environ.get("XDG_CACHE_HOME") or home + "/.cache"
    if sys.platform == "win32":
        folder = os.environ.get("LOCALAPPDATA") or home + "/AppData/Local"
    if sys.platform == "darwin":
        folder = home + "/Library/Caches"
    return folder + "/politeia"
