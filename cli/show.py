"""`politeia show`: the card of one thing or statement."""

from typing import Annotated

import typer

from cli.complete import complete_thing, complete_words
from cli.options import AsOf, Data, Endpoint, Lang, ShowQuery, Source, State, Timeout
from cli.reply import FORMATS, LIMIT, choose_format, open_data, warn, write, write_solutions
from cli.reply import show as print_rows
from cli.sentence import introduce_citing
from kg.answer import Scope, read_rows, solve
from kg.card import bind_card, collect_card, find_card_sources, find_subject, name_subject
from kg.dump import render_triples

CARD_FORMATS = (*FORMATS, "ttl")


def show(
    thing: Annotated[
        str,
        typer.Argument(
            metavar="THING",
            help="A body, office, act, person, source or statement, by any name.",
            autocompletion=complete_thing,
        ),
    ],
    *,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            autocompletion=complete_words(CARD_FORMATS),
            help=f"{', '.join(CARD_FORMATS)}. To a terminal a table, to a pipe tsv.",
        ),
    ] = "",
    as_of: AsOf = "",
    source: Source = [],
    state: State = "",
    lang: Lang = "",
    data: Data = [],
    endpoint: Endpoint = "",
    timeout: Timeout = LIMIT,
    show_query: ShowQuery = False,
) -> None:
    """Show all that the graph knows about one thing or statement, line by line, cited."""
    chosen = choose_format(form, CARD_FORMATS)
    opened = open_data(data, endpoint, timeout)
    scope = Scope(as_of, tuple(source), state, lang)
    subject = find_subject(opened, thing, scope)
    query = bind_card(opened, subject, scope)
    if show_query:
        write(query)
    elif chosen == "ttl":
        if as_of or source:
            warn("Turtle holds all of it; --as-of and --source make no difference.")
        write(render_triples(collect_card(opened, subject), chosen))
    elif chosen in {"table", "md"}:
        sources = find_card_sources(opened, subject, scope)
        columns, rows = read_rows(solve(opened, query))
        name = name_subject(opened, subject, lang)
        print_rows(chosen, introduce_citing(name, sources, as_of, columns, rows), columns, rows)
    else:
        write_solutions(solve(opened, query), chosen)
