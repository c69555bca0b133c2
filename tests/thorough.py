"""How much is tried: all of it in CI, and what fits into five minutes for a newcomer."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Case = TypeVar("Case")

ALL = bool(os.environ.get("POLITEIA_ALL"))
"""Whether the slowest engine is asked everything too, which takes five minutes more."""
THOROUGH = ALL or bool(os.environ.get("POLITEIA_CI"))
EACH = 2 if THOROUGH else 1
"""So many cases of each question stand for all of them where not all are tried."""


def choose_some(cases: Iterable[str]) -> list[str]:
    """Return the first cases of each question; a case is called `QUESTION/CASE`."""
    kept: dict[str, list[str]] = {}
    for case in cases:
        kept.setdefault(case.partition("/")[0], []).append(case)
    return [case for found in kept.values() for case in found[:EACH]]


def thin_out(cases: Mapping[str, Case]) -> dict[str, Case]:
    """Return a third of cases that take long and are alike, spread over all; in CI all of them."""
    return dict(list(cases.items())[:: 1 if THOROUGH else 3])
