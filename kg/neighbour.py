"""Which States depend on which: one that names a thing of another is made and judged with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def close_over(state: str, named: Mapping[str, Collection[str]]) -> list[str]:
    """Return a State with all others that it depends on, by whom each names; sorted."""
    found, waiting = {state}, [state]
    while waiting:
        for other in named[waiting.pop()]:
            if other in named and other not in found:
                found.add(other)
                waiting.append(other)
    return sorted(found)
