"""The sentences around an answer: what was asked of which sources, and what they do not state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.answer import (
    bind_scope,
    find_silences,
    read_rows,
    read_sources,
    resolve_state,
    solve,
)
from kg.vocabulary import ID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.answer import Asked, Scope
    from kg.store import Opened


def introduce(opened: Opened, asked: Asked, scope: Scope) -> str:
    """Return what was asked, of which sources, and of which day they speak."""
    sources = find_sources(opened, asked, scope)
    return introduce_as(asked.sentence, sources, scope.as_of)


def introduce_as(subject: str, sources: Sequence[tuple[str, str]], as_of: str) -> str:
    """Return a title: a subject, the day if one was given, and the sources with their days.

    Without a day the sources' own days stand there; nothing here is ever "now".
    """
    day = f" on {as_of}" if as_of else ""
    stated = "; ".join(f"{name}, which speaks of {when}" for name, when in sources)
    return f"{subject}{day} — as stated in {stated}." if stated else f"{subject}{day}."


def explain_nothing(opened: Opened, asked: Asked, scope: Scope) -> str:
    """Return, for an answer without rows, which sources were read and what they do not say."""
    sources = find_sources(opened, asked, scope)
    named = ", ".join(f"{name} (which speaks of {when})" for name, when in sources)
    named = named or "the sources: the data holds none"
    if scope.as_of and (rows := read_rows(solve(opened, asked.timeless))[1]):
        rules = "1 row" if len(rows) == 1 else f"{len(rows)} rows"
        return (
            f"Nothing that is stated in {named} holds on {scope.as_of}. "
            f"Without --as-of there would be {rules}.\n"
        )
    lines = [f"Not stated in {named}."]
    if asked.about and asked.question.silence:
        only = _find_only(opened, scope)
        found = find_silences(opened, asked.question.silence, asked.about, only)
        lines += [f"{says} [{citation}]" for says, citation in found]
    return "\n".join(lines) + "\n"


def find_sources(opened: Opened, asked: Asked, scope: Scope) -> tuple[tuple[str, str], ...]:
    """Return the sources that were asked, short name and day: those of the State in question."""
    state = resolve_state(opened, scope).state
    if not state and asked.about:
        state = asked.about.value.removeprefix(ID).partition("/")[0]
    return read_sources(opened, state, _find_only(opened, scope))


def _find_only(opened: Opened, scope: Scope) -> str:
    bound = bind_scope(opened, resolve_state(opened, scope))
    return bound["source"].value if "source" in bound else ""
