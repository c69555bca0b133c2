"""The options that several commands share; one name, one meaning everywhere."""

from typing import Annotated

import typer

from cli.complete import complete_source, complete_state

AsOf = Annotated[
    str, typer.Option(metavar="DATE", help="Only what holds, or may hold, on this day: 2019-01-04.")
]
Source = Annotated[
    list[str],
    typer.Option(
        metavar="ID",
        help="Only what this source states, by id or name; give it again for each further one.",
        autocompletion=complete_source,
    ),
]
State = Annotated[
    str,
    typer.Option(
        metavar="CODE",
        help="Only this State, by its ISO 3166 code or name.",
        autocompletion=complete_state,
    ),
]
Lang = Annotated[
    str,
    typer.Option(
        metavar="CODE",
        help="The language of names: en, kk, ru; what has no name in it keeps its English one.",
    ),
]
Data = Annotated[
    list[str],
    typer.Option(
        metavar="DIR",
        help="A folder of YAML to read in place of the data that comes with the program; "
        "give it again for each further folder.",
    ),
]
Endpoint = Annotated[
    str,
    typer.Option(
        metavar="URL",
        help="Ask this SPARQL 1.1 endpoint in place of the embedded store. A name and password "
        "come from POLITEIA_USER and POLITEIA_PASSWORD, a token from POLITEIA_TOKEN.",
    ),
]
Timeout = Annotated[
    float,
    typer.Option(metavar="SECONDS", min=0.001, help="How long an endpoint may take to answer."),
]
ShowQuery = Annotated[
    bool, typer.Option("--show-query", help="Print the SPARQL with its parameters, and stop.")
]
