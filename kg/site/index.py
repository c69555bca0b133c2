"""The published graph in memory, looked up by node: thousands of pages ask it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.iri import read_iri
from kg.name import NAMES
from kg.vocabulary import ID, PREFIXES, expand
from kg.wording import Names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad, Triple

    Value = NamedNode | Literal

KIND = expand("rdf:type")
LABEL = expand("rdfs:label")
SOURCE = expand("prov:hadPrimarySource")
_FILE = expand("pol:file")
_NARROWER = expand("rdfs:subClassOf")


class Index:
    """What leads from each node and to it, in a stable order, without the index of names.

    `out[node][property]` are values, `into[node][property]` the IRIs of nodes, `triples[node]`
    all that is published of it; blank nodes are left out. `records` are the nodes that a curator
    wrote, `statements` those of them that have a source.
    """

    def __init__(self, quads: Iterable[Quad]) -> None:
        """Read the quads of a store, those of the ontology with them."""
        self.out: dict[str, dict[str, list[Value]]] = {}
        self.into: dict[str, dict[str, list[str]]] = {}
        self.triples: dict[str, list[Triple]] = {}
        kept = [quad for quad in quads if quad.graph_name != NAMES]
        seen: dict[Triple, None] = {}
        for quad in kept:
            if BlankNode not in {type(quad.subject), type(quad.object)}:
                seen[quad.triple] = None
        for triple in sorted(seen, key=str):
            node, property_ = read_iri(triple.subject), triple.predicate.value
            value: Any = triple.object
            self.triples.setdefault(node, []).append(triple)
            self.out.setdefault(node, {}).setdefault(property_, []).append(value)
            if isinstance(value, NamedNode):
                self.into.setdefault(value.value, {}).setdefault(property_, []).append(node)
        self.nodes = sorted(node for node in self.out if node.startswith(ID))
        self.records = {node for node in self.nodes if _FILE in self.out[node]}
        self.statements = {node for node in self.records if SOURCE in self.out[node]}
        self._names = Names(kept)

    def name(self, node: str) -> str:
        """Return the English label of a node, or what its IRI says of it."""
        name = self._names.name(node)
        return name if name != node.removeprefix(ID) else name.rpartition("/")[2].replace("-", " ")

    def follow(self, node: str, *names: str) -> list[str]:
        """Return the IRIs to which properties, by prefixed names, lead from a node."""
        values = (v for name in names for v in self.out.get(node, {}).get(expand(name), ()))
        return [value.value for value in values if isinstance(value, NamedNode)]

    def trace(self, node: str, *names: str) -> list[str]:
        """Return the nodes from which properties, by prefixed names, lead to a node."""
        return [n for name in names for n in self.into.get(node, {}).get(expand(name), ())]

    def texts(self, node: str, *names: str) -> list[str]:
        """Return the literals, as text, that properties by prefixed names give a node."""
        values = (v for name in names for v in self.out.get(node, {}).get(expand(name), ()))
        return [value.value for value in values if isinstance(value, Literal)]

    def kinds(self, node: str) -> list[str]:
        """Return the narrowest of our classes that a node has, else those of others."""
        found = [v.value for v in self.out.get(node, {}).get(KIND, ())]
        wider = {above for kind in found for above in self._above(kind)}
        narrow = [kind for kind in found if kind not in wider]
        return [kind for kind in narrow if kind.startswith(PREFIXES["pol"])] or narrow

    def _above(self, kind: str) -> set[str]:
        above: set[str] = set()
        waiting = [kind]
        while waiting:
            for value in self.out.get(waiting.pop(), {}).get(_NARROWER, ()):
                if value.value not in above:
                    above.add(value.value)
                    waiting.append(value.value)
        return above
