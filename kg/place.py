"""Where things are: the folders that travel with the program, and the user's cache."""

from __future__ import annotations

import os
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
DATA = PACKAGE / "data"


def bundled(folder: str) -> Path:
    """Return one of the folders ontology, queries or shapes, in a wheel or in a checkout."""
    inside = PACKAGE / "_bundled" / folder
    return inside if inside.is_dir() else PACKAGE.parent / folder


def cache_folder() -> Path:
    """Return the folder in which stores are kept: `POLITEIA_CACHE`, or the platform's own place."""
    chosen = os.environ.get("POLITEIA_CACHE")
    if chosen:
        return Path(chosen)
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home() raises where HOME is unset
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "politeia"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "politeia"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "politeia"
