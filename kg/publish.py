"""The published graphs into a store on a server: each whole, or the former one stays.

Spoken are the SPARQL 1.1 Graph Store HTTP Protocol, one PUT a graph, and SPARQL 1.1 Update, which
fills graphs beside and moves all of them into place in one request.
"""

from __future__ import annotations

import urllib.parse
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, RdfFormat, serialize

from kg.dump import collect_dump
from kg.errors import EndpointProblem
from kg.iri import read_iri
from kg.server import check_url, expect_access, send_request
from kg.vocabulary import GRAPH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyoxigraph import Store, Triple

BATCH = 1_000
"""So many triples stand in one INSERT DATA; Virtuoso refuses ten thousand."""
_BESIDE = "/incoming"
_UNSPOKEN = {400, 404, 405, 415, 501}
_ONTOLOGY = GRAPH + "ontology"


def collect_graphs(store: Store, state: str = "") -> dict[str, list[Triple]]:
    """Return what is published by the IRIs of its graphs: of one State, or of all.

    These are the graphs of the dump, and of the ontology all that is said in named nodes, so that
    classes and properties have their labels. The asserted graphs come last: who finds one of them
    finds the rest.
    """
    graphs: dict[str, set[Triple]] = {_ONTOLOGY: set()}
    for quad in collect_dump(store, state):
        graphs.setdefault(read_iri(quad.graph_name), set()).add(quad.triple)
    ontology = store.quads_for_pattern(None, None, None, NamedNode(_ONTOLOGY))
    graphs[_ONTOLOGY] |= {
        quad.triple for quad in ontology if BlankNode not in {type(quad.subject), type(quad.object)}
    }
    names = sorted(graphs, key=lambda name: (name.endswith("/asserted"), name))
    return {name: sorted(graphs[name], key=str) for name in names}


def publish_graphs(
    url: str, graphs: Mapping[str, Sequence[Triple]], protocol: str, limit: float
) -> str:
    """Replace graphs in a store and return the protocol that was spoken.

    `protocol` is `graph-store`, `update`, or empty for the first that the URL speaks; each request
    may take `limit` seconds. Raises UsageError for a URL that is none, and EndpointProblem, which
    says what was replaced and what to do, where the store does not take them all.
    """
    check_url(url)
    expect_access(url, limit)
    if protocol != "update":
        try:
            _put_graphs(url, graphs, limit)
        except _Unspoken as error:
            if protocol:
                raise EndpointProblem(f"{error} Nothing was changed.", error.status) from error
        else:
            return "graph-store"
    _update_graphs(url, graphs, limit)
    return "update"


class _Unspoken(EndpointProblem):
    """The first request shows that the URL does not speak the protocol; nothing was changed."""


def _put_graphs(url: str, graphs: Mapping[str, Sequence[Triple]], limit: float) -> None:
    replaced: list[str] = []
    for graph, triples in graphs.items():
        joint = "&" if urllib.parse.urlsplit(url).query else "?"
        target = f"{url}{joint}graph={urllib.parse.quote(graph, safe='')}"
        content = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
        try:
            send_request(target, "PUT", content, "application/n-triples", limit, shown=url)
        except EndpointProblem as error:
            if not replaced and error.status in _UNSPOKEN:
                raise _Unspoken(str(error), error.status) from error
            raise EndpointProblem(_tell_replaced(error, replaced, graph), error.status) from error
        replaced.append(graph)


def _tell_replaced(error: EndpointProblem, replaced: Sequence[str], failed: str) -> str:
    lines = [str(error)]
    if error.status:
        lines.append(f"Not replaced: {failed} and what follows it; the former graphs stand.")
    else:
        lines.append(f"Whether {failed} was replaced is not known; what follows it was not.")
    if replaced:
        lines.append(f"Replaced before: {', '.join(replaced)}.")
        lines.append("New and former graphs now stand side by side.")
    lines.append("Run the same command again: it replaces each graph as a whole.")
    return "\n".join(lines)


def _update_graphs(url: str, graphs: Mapping[str, Sequence[Triple]], limit: float) -> None:
    clear = "".join(f"DROP SILENT GRAPH <{graph}{_BESIDE}> ;\n" for graph in graphs)
    try:
        _update(url, clear, limit)
        for graph, triples in graphs.items():
            for start in range(0, len(triples), BATCH):
                batch = triples[start : start + BATCH]
                lines = (serialize(batch, format=RdfFormat.N_TRIPLES) or b"").decode()
                _update(url, f"INSERT DATA {{ GRAPH <{graph}{_BESIDE}> {{\n{lines}}} }}", limit)
    except EndpointProblem as error:
        raise EndpointProblem(_tell_left(url, error, clear, limit), error.status) from error
    move = " ;\n".join(f"MOVE GRAPH <{graph}{_BESIDE}> TO GRAPH <{graph}>" for graph in graphs)
    try:
        _update(url, move, limit)
    except EndpointProblem as error:
        raise EndpointProblem(
            f"{error}\nAll graphs were loaded beside, and the step that puts them in place did "
            "not answer well; whether it was done is not known.\n"
            "Run the same command again: it replaces each graph as a whole.",
            error.status,
        ) from error


def _tell_left(url: str, error: EndpointProblem, clear: str, limit: float) -> str:
    try:
        _update(url, clear, limit)
    except EndpointProblem:
        return (
            f"{error}\nNothing was replaced. Graphs whose names end in {_BESIDE} may be left "
            f"half full; the next publish removes them, or these lines do:\n{clear}"
        )
    return f"{error}\nNothing was replaced, and what had been loaded beside was removed."


def _update(url: str, text: str, limit: float) -> None:
    send_request(url, "POST", text.encode(), "application/sparql-update", limit)
