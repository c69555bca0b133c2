"""`politeia ask`: the questions, and the answer to one."""

from typing import Annotated

import typer

from cli.catalogue import describe_question, list_questions
from cli.complete import complete_argument, complete_question, complete_words
from cli.options import AsOf, Data, Endpoint, Lang, ShowQuery, Source, State, Timeout
from cli.reply import FORMATS, LIMIT, Request, choose_format, open_data, reply, write
from kg.answer import read_sources
from kg.media import TRIPLE_FORMATS

LIST_FORMATS = ("table", *TRIPLE_FORMATS)
NAMES = ", ".join(FORMATS)


def ask(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="[NAME]",
            help="The question; leave it out to list them all.",
            autocompletion=complete_question,
        ),
    ] = "",
    arguments: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ARG]...",
            help="What the question is about.",
            autocompletion=complete_argument,
        ),
    ] = None,
    *,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            autocompletion=complete_words(FORMATS),
            help=f"{NAMES}. To a terminal a table, to a pipe tsv. In records every object has "
            "every column, and an empty one is null.",
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
    show_help: Annotated[
        bool, typer.Option("--help", help="Show what a question needs and returns, and stop.")
    ] = False,
) -> None:
    """Answer a question from the sources, each row with its citation.

    With no NAME it lists the questions by topic; with --format ttl, nt or jsonld it writes them as
    sh:SPARQLExecutable, so that the catalogue can be queried.
    """
    if show_help and not name:
        typer.echo(context.get_help())
    elif show_help:
        write(describe_question(open_data(data), name))
    elif not name and form and choose_format(form, LIST_FORMATS) in TRIPLE_FORMATS:
        from kg.catalogue import render_questions  # noqa: PLC0415 - few ask for it

        write(render_questions(open_data(data).catalogue, form))
    elif not name:
        opened = open_data(data, endpoint, timeout)
        write(list_questions(opened.catalogue, read_sources(opened)))
    else:
        reply(
            Request(
                name,
                tuple(arguments or ()),
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
