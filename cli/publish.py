"""`politeia publish`: the graph into a SPARQL 1.1 store."""

from typing import Annotated

import typer

from cli.options import Data, State, Timeout
from cli.reply import LIMIT, choose_format, open_data, warn
from kg.answer import Scope, resolve_state
from kg.publish import collect_graphs, publish_graphs
from kg.server import check_url

PROTOCOLS = ("graph-store", "update")


def publish(
    url: Annotated[
        str,
        typer.Argument(
            metavar="URL",
            help="The Graph Store service (http://localhost:7878/store) or the update service "
            "(http://localhost:7878/update) of the store.",
        ),
    ],
    *,
    protocol: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="graph-store or update; left out, graph-store is tried, and update where that "
            "is not spoken.",
        ),
    ] = "",
    state: State = "",
    data: Data = [],
    timeout: Timeout = LIMIT,
) -> None:
    """Replace our graphs in a store: three of each State, and the ontology with its labels.

    By update all are replaced in one step at the end; by the Graph Store protocol one after
    another, each whole. What breaks off leaves the former graphs, or says what to do. A name and
    password come from POLITEIA_USER and POLITEIA_PASSWORD, a token from POLITEIA_TOKEN.
    """
    chosen = choose_format(protocol, PROTOCOLS) if protocol else ""
    check_url(url)
    opened = open_data(data)
    scope = resolve_state(opened, Scope(state=state))
    graphs = collect_graphs(opened.store, scope.state)
    spoken = publish_graphs(url, graphs, chosen, timeout)
    for graph, triples in graphs.items():
        warn(f"{len(triples):>9,}  {graph}")
    warn(f"{len(graphs)} graphs are replaced in {url} ({spoken}).")
