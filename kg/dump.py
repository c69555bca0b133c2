"""The published graph as text: the same bytes for the same data, without blank nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg.vocabulary import GRAPH, PREFIXES, expand

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Store

LAYERS = ("asserted", "derived", "provenance")
FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
}
_STOP = b" .\n"
_BLANK = b"_:"
_ONTOLOGY = NamedNode(GRAPH + "ontology")
_TYPE = NamedNode(expand("rdf:type"))
_CONCEPTS = (NamedNode(expand("skos:Concept")), NamedNode(expand("skos:ConceptScheme")))


def collect_dump(store: Store, state: str = "") -> list[Quad]:
    """Return what is published of all States, or of one by its identifier, in a stable order.

    These are the three graphs of each State and, from the ontology, the concepts: roles, relations
    and reasons, whose labels the questions print. Raises ValueError if there is a blank node, for
    with one no two dumps would be equal.
    """
    graphs = _list_graphs(store, state)
    quads = {quad for graph in graphs for quad in store.quads_for_pattern(None, None, None, graph)}
    quads.update(collect_concepts(store))
    blank = [q for q in quads if BlankNode in {type(q.subject), type(q.object)}]
    if blank:
        raise ValueError(f"a blank node cannot be published: {blank[0]}")
    return sorted(quads, key=_order)


def dump_store(store: Store, name: str, state: str = "") -> bytes:
    """Return what `render_dump(collect_dump(store, state), name)` returns, in half the time.

    The store writes its graphs as lines itself, and lines are what is compared and sorted.
    """
    if name == "trig":
        return render_dump(collect_dump(store, state), name)
    lines = {str(quad.triple).encode() for quad in collect_concepts(store)}
    for graph in _list_graphs(store, state):
        content = store.dump(format=RdfFormat.N_TRIPLES, from_graph=graph) or b""
        lines.update(content.split(_STOP))
    lines.discard(b"")
    for line in lines:
        if line.startswith(_BLANK) or line.split(b" ", 2)[2].startswith(_BLANK):
            raise ValueError(f"a blank node cannot be published: {line.decode()}")
    content = b"".join(line + _STOP for line in sorted(lines))
    if name == "nt":
        return content
    triples = parse(content, format=RdfFormat.N_TRIPLES)
    return _end_line(serialize(triples, format=FORMATS[name], prefixes=PREFIXES))


def _list_graphs(store: Store, state: str) -> list[NamedNode]:
    """Return the published graphs of a State, or of all of them."""
    wanted = tuple(f"/{layer}" for layer in LAYERS)
    return [
        graph
        for graph in store.named_graphs()
        if isinstance(graph, NamedNode)
        and graph.value.endswith(wanted)
        and graph.value.startswith(f"{GRAPH}{state}/" if state else GRAPH)
    ]


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


def render_dump(quads: Iterable[Quad], name: str) -> bytes:
    """Return quads in one of FORMATS; only TriG keeps apart in which graph each stands."""
    if name == "trig":
        ordered = sorted(set(quads), key=_order)
        return _end_line(serialize(ordered, format=FORMATS[name], prefixes=PREFIXES))
    return render_triples((quad.triple for quad in quads), name)


def render_triples(triples: Iterable[Triple], name: str) -> bytes:
    """Return triples in Turtle, N-Triples or JSON-LD, each once, in the order of N-Triples."""
    ordered = sorted(set(triples), key=str)
    return _end_line(serialize(ordered, format=FORMATS[name], prefixes=PREFIXES))


def _order(quad: Quad) -> tuple[str, str]:
    return str(quad.graph_name), str(quad.triple)


def _end_line(content: bytes | None) -> bytes:
    content = content or b""
    return content if content.endswith(b"\n") else content + b"\n"
