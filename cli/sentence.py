"""The sentences around an answer: what was asked of which sources, and what they do not state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.answer import (
    find_asked,
    find_silences,
    find_sources,
    read_rows,
    resolve_state,
    solve,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cli.reply import Row
    from kg.answer import Asked, Scope
    from kg.store import Opened


CITING = ("citation", "reported", "enacted")
"""The columns that say where a source states something."""


def introduce(
    opened: Opened, asked: Asked, scope: Scope, columns: Sequence[str], rows: Sequence[Row]
) -> str:
    """Return what was asked, which sources answer, of which days they speak, and how many do not.

    A source answers if a row cites it; where no row cites any, all that were asked are named.
    """
    sources = find_asked(opened, asked, scope)
    return introduce_citing(asked.sentence, sources, scope.as_of, columns, rows)


def introduce_citing(
    subject: str,
    sources: Sequence[tuple[str, str]],
    as_of: str,
    columns: Sequence[str],
    rows: Sequence[Row],
) -> str:
    """Return a title that names those of the sources that some row cites, and counts the others."""
    places = [number for number, column in enumerate(columns) if column in CITING]
    cited = "; " + "; ".join(str(row[place]) for row in rows for place in places)
    answering = tuple(source for source in sources if f"; {source[0]}, " in cited)
    others = len(sources) - len(answering) if answering else 0
    title = introduce_as(subject, answering or sources, as_of)
    if not others:
        return title
    return f"{title} {others} other source{'s state' if others > 1 else ' states'} nothing of it."


def introduce_as(subject: str, sources: Sequence[tuple[str, str]], as_of: str) -> str:
    """Return a title: a subject, the day if one was given, and the sources with their days.

    Without a day the sources' own days stand there; nothing here is ever "now".
    """
    day = f" on {as_of}" if as_of else ""
    stated = "; ".join(f"{name}, which speaks of {when}" for name, when in sources)
    subject = subject.removesuffix(".")  # a procedure is called by a whole sentence
    return f"{subject}{day} — as stated in {stated}." if stated else f"{subject}{day}."


def explain_nothing(opened: Opened, asked: Asked, scope: Scope) -> str:
    """Return, for an answer without rows, which sources were read and what they do not say."""
    sources = find_asked(opened, asked, scope)
    named = ", ".join(f"{name} (which speaks of {when})" for name, when in sources)
    named = named or "the sources: the data holds none"
    if scope.as_of and (rows := read_rows(solve(opened, asked.timeless))[1]):
        rules = "1 row" if len(rows) == 1 else f"{len(rows)} rows"
        return (
            f"Nothing that is stated in {named} holds on {scope.as_of}. "
            f"Without --as-of there would be {rules}.\n"
        )
    lines = [f"Not stated in {named}."]
    return "\n".join([*lines, *tell_silences(opened, asked, scope)]) + "\n"


def tell_silences(opened: Opened, asked: Asked, scope: Scope) -> list[str]:
    """Return what sources are known not to say of what was asked, each with the place searched."""
    if not (asked.about and asked.question.silence):
        return []
    only = find_sources(opened, resolve_state(opened, scope))
    found = find_silences(opened, asked.question.silence, asked.about, only)
    return [f"{says} [{citation}]" for says, citation in found]
