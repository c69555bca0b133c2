"""From a thing as it was typed to its card on stdout; both ways of reading arguments end here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.reply import FORMATS, choose_format, open_data, show, warn, write, write_solutions
from kg.answer import read_rows, solve
from kg.card import (
    bind_card,
    collect_card,
    find_card_sources,
    find_subject,
    name_subject,
    refuse_unsound,
)

if TYPE_CHECKING:
    from cli.reply import Request

CARD_FORMATS = (*FORMATS, "ttl")


def show_card(request: Request) -> None:
    """Write the card of the thing that the request names.

    Raises UnknownName or AmbiguousName for the thing, a source, a State or the format, UsageError
    for a day or a language that is none, and what cli.reply.open_data raises.
    """
    chosen = choose_format(request.format, CARD_FORMATS)
    opened = open_data(request.data, request.endpoint, request.timeout)
    scope = request.scope
    subject = find_subject(opened, request.name, scope)
    query = bind_card(opened, subject, scope)
    if request.show_query:
        write(query)
        return
    if chosen == "ttl":
        from kg.dump import render_triples  # noqa: PLC0415 - it loads what only a build needs

        if scope.as_of or scope.source:
            warn("Turtle holds all of it; --as-of and --source make no difference.")
        write(render_triples(collect_card(opened, subject), chosen))
        return
    refuse_unsound(opened)
    if chosen in {"table", "md"}:
        from cli.sentence import introduce_citing  # noqa: PLC0415 - for people only

        sources = find_card_sources(opened, subject, scope)
        columns, rows = read_rows(solve(opened, query))
        name = name_subject(opened, subject, scope.lang)
        show(chosen, introduce_citing(name, sources, scope.as_of, columns, rows), columns, rows)
    else:
        write_solutions(solve(opened, query), chosen)
