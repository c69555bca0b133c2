"""The published graph as text: the same bytes for the same data, without blank nodes."""

from __future__ import annotations

import functools
import gzip
import io
from typing import IO, TYPE_CHECKING, Any

from pyoxigraph import BlankNode, NamedNode, Quad, serialize

from kg.jsonld import make_context, render_jsonld
from kg.media import FORMATS
from kg.portion import LAYERS, ONTOLOGY_GRAPH, collect_concepts
from kg.turtle import read_labels, write_trig, write_turtle
from kg.vocabulary import GRAPH, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Store, Triple


def collect_dump(store: Store, state: str = "") -> list[Quad]:
    """Return what is published of all States, or of one by its identifier, in a stable order.

    These are the three graphs of each State and, from the ontology, the concepts: roles, relations
    and reasons, whose labels the questions print. Raises ValueError if there is a blank node, for
    with one no two dumps would be equal.
    """
    wanted = tuple(f"/{layer}" for layer in LAYERS)
    graphs = [
        graph
        for graph in store.named_graphs()
        if isinstance(graph, NamedNode)
        and graph.value.endswith(wanted)
        and graph.value.startswith(f"{GRAPH}{state}/" if state else GRAPH)
    ]
    quads = {quad for graph in graphs for quad in store.quads_for_pattern(None, None, None, graph)}
    quads.update(collect_concepts(store))
    blank = [q for q in quads if BlankNode in {type(q.subject), type(q.object)}]
    if blank:
        raise ValueError(f"a blank node cannot be published: {blank[0]}")
    return sorted(quads, key=_order)


@functools.cache
def read_context() -> dict[str, Any]:
    """Return the JSON-LD context of the ontology that travels with the program."""
    from kg.build import read_ontology  # noqa: PLC0415 - it loads all that builds a graph

    return make_context(read_ontology())


def collect_ontology(store: Store) -> list[Quad]:
    """Return the quads of the ontology, in no particular order."""
    return list(store.quads_for_pattern(None, None, None, ONTOLOGY_GRAPH))


def render_dump(
    quads: Iterable[Quad],
    name: str,
    labels: Mapping[str, str] | None = None,
    context: Mapping[str, Any] | None = None,
) -> bytes:
    """Return quads in one of FORMATS; only TriG keeps apart in which graph each stands.

    JSON-LD is written by `context`, or by that of the ontology as it is. Turtle and TriG have the
    name of each thing beside its IRI: by `labels`, or as the quads call it.
    """
    quads = list(quads)
    if name == "nt":
        lines = serialize((quad.triple for quad in quads), format=FORMATS[name]) or b""
        return b"".join(sorted(set(lines.splitlines(keepends=True))))
    if name == "jsonld":
        return render_jsonld({quad.triple for quad in quads}, context or read_context())
    labels = read_labels(quads) if labels is None else labels
    if name == "trig":
        return write_trig(quads, labels).encode()
    return write_turtle({quad.triple for quad in quads}, labels).encode()


def compress(content: bytes) -> bytes:
    """Return content in gzip, without a name and a time: the same bytes for the same content."""
    written = io.BytesIO()
    write_pieces(written, [content], packed=True)
    return written.getvalue()


def write_pieces(file: IO[bytes] | gzip.GzipFile, pieces: Iterable[bytes], *, packed: bool) -> None:
    """Write content to a file, in gzip if it is to be `packed`; the pieces leave no trace."""
    if packed:
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packing:
            write_pieces(packing, pieces, packed=False)
    else:
        file.writelines(pieces)


def render_triples(
    triples: Iterable[Triple], name: str, prefixes: Mapping[str, str] = PREFIXES
) -> bytes:
    """Return triples in one of TRIPLE_FORMATS, each once and in a stable order.

    Turtle is that of a dump; in the others blank nodes are allowed and no context is needed.
    """
    found = set(triples)
    if name == "ttl":
        return write_turtle(found, read_labels(found), prefixes=prefixes).encode()
    ordered = sorted(found, key=str)
    content = serialize(ordered, format=FORMATS[name], prefixes=dict(prefixes)) or b""
    return content if content.endswith(b"\n") else content + b"\n"


def _order(quad: Quad) -> tuple[str, str]:
    return str(quad.graph_name), str(quad.triple)
