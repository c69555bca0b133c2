"""Cases: what is asked, and the answer that was read from the source, each a file of YAML."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path


@cache
def read_case(path: Path) -> dict[str, Any]:
    """Return a case, which nobody may change; there are hundreds, read by a library in C."""
    case: dict[str, Any] = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    return case
