"""`politeia show`: the card of one thing or statement."""

from typing import Annotated

import typer

from cli.card import CARD_FORMATS, show_card
from cli.complete import complete_thing, complete_words
from cli.options import AsOf, Data, Endpoint, Lang, ShowQuery, Source, State, Timeout
from cli.reply import LIMIT, Request


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
    show_card(
        Request(
            thing,
            (),
            form,
            as_of,
            tuple(source),
            state,
            lang,
            tuple(data),
            show_query,
            endpoint,
            timeout,
        )
    )
