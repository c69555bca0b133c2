"""The published graph as text: the same bytes for the same data, without blank nodes."""

from __future__ import annotations

import functools
import gzip
import io
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, serialize

from kg.build import read_ontology
from kg.jsonld import make_context, render_jsonld
from kg.turtle import read_labels, write_trig, write_turtle
from kg.vocabulary import GRAPH, PREFIXES, expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Store

LAYERS = ("asserted", "derived", "provenance")
FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
}
_ONTOLOGY = NamedNode(GRAPH + "ontology")
_TYPE = NamedNode(expand("rdf:type"))
_CONCEPTS = (NamedNode(expand("skos:Concept")), NamedNode(expand("skos:ConceptScheme")))


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


def collect_concepts(store: Store) -> set[Quad]:
    """Return what the ontology says of its concepts and concept schemes in named nodes."""
    concepts = {
        quad.subject
        for kind in _CONCEPTS
        for quad in store.quads_for_pattern(None, _TYPE, kind, _ONTOLOGY)
    }
    return {
        quad
        for concept in concepts
        for quad in store.quads_for_pattern(concept, None, None, _ONTOLOGY)
        if not isinstance(quad.object, BlankNode)
    }


@functools.cache
def read_context() -> dict[str, Any]:
    """Return the JSON-LD context of the ontology that travels with the program."""
    return make_context(read_ontology())


def collect_ontology(store: Store) -> list[Quad]:
    """Return the quads of the ontology, in no particular order."""
    return list(store.quads_for_pattern(None, None, None, _ONTOLOGY))


def render_dump(
    quads: Iterable[Quad],
    name: str,
    labels: Mapping[str, str] | None = None,
    head: str = "",
) -> bytes:
    """Return quads in one of FORMATS; only TriG keeps apart in which graph each stands.

    JSON-LD is written by the published context. Turtle and TriG have `head` as comments at the
    top, and the name of each thing beside its IRI: by `labels`, or as the quads call it.
    """
    quads = list(quads)
    if name == "nt":
        lines = serialize((quad.triple for quad in quads), format=FORMATS[name]) or b""
        return b"".join(sorted(set(lines.splitlines(keepends=True))))
    if name == "jsonld":
        return render_jsonld({quad.triple for quad in quads}, read_context())
    labels = read_labels(quads) if labels is None else labels
    if name == "trig":
        return write_trig(quads, labels, head).encode()
    return write_turtle({quad.triple for quad in quads}, labels, head).encode()


def compress(content: bytes) -> bytes:
    """Return content in gzip, without a name and a time: the same bytes for the same content."""
    written = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=written, mtime=0) as file:
        file.write(content)
    return written.getvalue()


def render_triples(triples: Iterable[Triple], name: str) -> bytes:
    """Return triples in Turtle, N-Triples or JSON-LD, each once, in the order of N-Triples."""
    ordered = sorted(set(triples), key=str)
    return _end_line(serialize(ordered, format=FORMATS[name], prefixes=PREFIXES))


def _order(quad: Quad) -> tuple[str, str]:
    return str(quad.graph_name), str(quad.triple)


def _end_line(content: bytes | None) -> bytes:
    content = content or b""
    return content if content.endswith(b"\n") else content + b"\n"
