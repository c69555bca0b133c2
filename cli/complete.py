"""What the shell proposes at a TAB: questions, things, sources, formats.

It answers from the store as it is and builds none, and it proposes nothing where there is none. A
thing is proposed by its identifier, which needs no quotes, with its label beside it.
"""

from collections.abc import Callable, Collection, Iterator

import typer

from kg.name import propose_names
from kg.question import find_question
from kg.store import Opened, open_last

Proposal = tuple[str, str]
"""What would stand on the command line, and what the shell may show beside it."""


def complete_question(context: typer.Context, incomplete: str) -> Iterator[Proposal]:
    """Yield the questions whose names begin so, with their summaries."""
    opened = _open(context)
    for name, entry in opened.catalogue.items() if opened else ():
        if name.startswith(incomplete):
            yield name, entry["summary"]


def complete_argument(context: typer.Context, incomplete: str) -> Iterator[Proposal]:
    """Yield the things that the next parameter of a question may be."""
    opened = _open(context)
    name = context.params.get("name") or ""
    if not opened or name not in opened.catalogue:
        return
    parameters = find_question(opened.catalogue, name).parameters
    given = len(context.params.get("arguments") or ())
    if given < len(parameters) and not parameters[given].type:
        state = context.params.get("state") or ""
        yield from propose_names(opened.store, incomplete, parameters[given].kinds, state)


def complete_thing(context: typer.Context, incomplete: str) -> Iterator[Proposal]:
    """Yield whatever has an identifier that begins so."""
    if opened := _open(context):
        state = context.params.get("state") or ""
        yield from propose_names(opened.store, incomplete, (), state)


def complete_source(context: typer.Context, incomplete: str) -> Iterator[Proposal]:
    """Yield the sources."""
    if opened := _open(context):
        yield from propose_names(opened.store, incomplete, ("source",))


def complete_state(context: typer.Context, incomplete: str) -> Iterator[Proposal]:
    """Yield the States."""
    if opened := _open(context):
        yield from propose_names(opened.store, incomplete, ("state",))


def complete_words(words: Collection[str]) -> Callable[[str], list[str]]:
    """Return a function that proposes some words, such as the formats of a command."""

    def complete(incomplete: str) -> list[str]:
        return [word for word in words if word.startswith(incomplete)]

    return complete


def complete_code(incomplete: str) -> Iterator[Proposal]:
    """Yield the codes of findings, with their meanings."""
    from kg.finding import CODES  # noqa: PLC0415 - one command needs it

    for code, meaning in CODES.items():
        if code.startswith(incomplete):
            yield code, meaning


def _open(context: typer.Context) -> Opened | None:
    return open_last(context.params.get("data") or ())
