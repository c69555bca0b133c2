"""What we built as a graph of rdflib, without the detour of a text, which takes ten seconds."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph
from rdflib import XSD, BNode, Graph, Literal, URIRef

from kg.bulk import pause_collection

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node


def make_graph(triples: Iterable[pyoxigraph.Triple | pyoxigraph.Quad]) -> Graph:
    """Return triples, or those of quads, as one graph."""
    graph = Graph()
    with pause_collection():
        for each in triples:
            graph.add((read_term(each.subject), read_term(each.predicate), read_term(each.object)))
    return graph


@cache
def read_term(term: pyoxigraph.Term) -> Node:
    """Return a term of pyoxigraph as one of rdflib."""
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(term.value)
    if not isinstance(term, pyoxigraph.Literal):
        raise TypeError(term)
    datatype = URIRef(term.datatype.value)
    typed = not term.language and datatype != XSD.string
    return Literal(term.value, lang=term.language, datatype=datatype if typed else None)
