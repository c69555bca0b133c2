"""The published graph in portions that fit in memory: each State by itself, then the rest.

The store writes lines of N-Triples, one property at a time, so that no triple becomes a value of
Python. A portion has all that is said of its subjects, whichever State says it.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, NamedNode, QueryResultsFormat, QueryTriples, RdfFormat, parse

from kg.turtle import find_place, read_labels, sort_lines
from kg.vocabulary import GRAPH, ID, expand

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pyoxigraph import Quad, Store

    from kg.turtle import Lines

LAYERS = ("asserted", "derived", "provenance")
"""The graphs of a State."""
ONTOLOGY_GRAPH = NamedNode(GRAPH + "ontology")
WORDS = "~"
"""What the place of a subject that is of no State has for a State; it sorts behind all."""
_TYPE = NamedNode(expand("rdf:type"))
_LABEL = NamedNode(expand("rdfs:label"))
_CONCEPTS = (NamedNode(expand("skos:Concept")), NamedNode(expand("skos:ConceptScheme")))
_BLANK = re.compile(rb"^(?:_:.*|.* _:\S+ \.)$", re.MULTILINE)


class Portion(Mapping[str, list[str]]):
    """Some subjects, with the lines of N-Triples that speak of them by predicate.

    The lines are read from the store when they are asked for and are not kept.
    """

    def __init__(
        self,
        store: Store,
        graphs: Iterable[str],
        added: Lines,
        without: Collection[str] = (),
    ) -> None:
        """Take what the graphs say, but of the subjects `without`, and the lines `added`."""
        self._store = store
        self._added = added
        self._without = without
        self._graphs: dict[str, list[str]] = {predicate: [] for predicate in added}
        for graph in graphs:
            for predicate in _list_predicates(store, graph):
                self._graphs.setdefault(predicate, []).append(graph)

    def __iter__(self) -> Iterator[str]:
        """Yield the predicates in the notation of N-Triples."""
        return iter(self._graphs)

    def __len__(self) -> int:
        """Return how many predicates there are."""
        return len(self._graphs)

    def __getitem__(self, predicate: str) -> list[str]:
        """Return the lines with a predicate; one that several graphs say stands there as often.

        Raises ValueError if there is a blank node, for with one no two dumps would be equal.
        """
        graphs = self._graphs[predicate]
        lines = list(self._added.get(predicate, ()))
        for graph in graphs:
            lines += _read_lines(self._store, graph, predicate)
        if self._without:
            return [line for line in lines if line.partition(" ")[0] not in self._without]
        return lines

    def read_labels(self) -> dict[str, str]:
        """Return the English names of the subjects, as kg.turtle.read_labels does."""
        return read_labels(parse_lines(self.get(str(_LABEL), ())))


class Portions(Mapping[str, Portion]):
    """The portions of all States, or of one, by identifier in the order of a dump; words last.

    Where there is one State, its portion has the words too.
    """

    def __init__(self, store: Store, state: str = "") -> None:
        """Take a store; raises ValueError for a blank node among what is of no State."""
        self.store = store
        self.graphs = _list_graphs(store, state)
        self.words = sort_lines(quad.triple for quad in collect_concepts(store))
        self._added: dict[str, dict[str, list[str]]] = {WORDS: dict(self.words)}
        self._guests: dict[str, set[str]] = {}
        self._labels = read_labels(collect_concepts(store))
        if len(self.graphs) > 1:
            for name, graphs in self.graphs.items():
                self._guests[name] = self._find_guests(name, graphs)
        elif self.graphs:  # nothing has to be kept apart
            (name,) = self.graphs
            self._added = {name: self._added[WORDS]}

    def _find_guests(self, name: str, graphs: Iterable[str]) -> set[str]:
        """Return what a State speaks of that is not its own, and add what it says to its home."""
        guests: set[str] = set()
        for graph in graphs:
            for subject in _list_guests(self.store, graph, ID + name):
                guests.add(subject)
                home = self._added.setdefault(find_place(subject).state, {})
                for predicate, lines in _read_subject(self.store, graph, subject).items():
                    home[predicate] = [*home.get(predicate, ()), *lines]
        return guests

    def __iter__(self) -> Iterator[str]:
        """Yield the identifiers of the States, and what stands for the rest."""
        return iter(sorted({*self.graphs, *self._added}))

    def __len__(self) -> int:
        """Return how many portions there are."""
        return len({*self.graphs, *self._added})

    def __getitem__(self, name: str) -> Portion:
        """Return a portion."""
        added, guests = self._added.get(name, {}), self._guests.get(name, ())
        return Portion(self.store, self.graphs.get(name, ()), added, guests)

    def read_labels(self, name: str) -> Mapping[str, str]:
        """Return the English names by which the subjects of a portion and others are called."""
        graphs = {graph for found in self.graphs.values() for graph in found}
        others = _Others(self.store, graphs, name)
        return ChainMap(self[name].read_labels(), self._labels, others)  # type: ignore[arg-type] # nothing is written


class _Others(Mapping[str, str]):
    """The names of what is at home in other States, looked up one by one."""

    def __init__(self, store: Store, graphs: Collection[str], state: str) -> None:
        self._store, self._graphs, self._state = store, graphs, state

    def __getitem__(self, node: str) -> str:
        if len(self._graphs) <= len(LAYERS) or find_place(node).state in {self._state, WORDS}:
            raise KeyError(node)
        found = self._store.quads_for_pattern(NamedNode(node[1:-1]), _LABEL, None, None)
        return read_labels(q for q in found if _name_graph(q) in self._graphs)[node]

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def collect_concepts(store: Store) -> set[Quad]:
    """Return what the ontology says of its concepts and concept schemes in named nodes."""
    concepts = {
        quad.subject
        for kind in _CONCEPTS
        for quad in store.quads_for_pattern(None, _TYPE, kind, ONTOLOGY_GRAPH)
    }
    return {
        quad
        for concept in concepts
        for quad in store.quads_for_pattern(concept, None, None, ONTOLOGY_GRAPH)
        if not isinstance(quad.object, BlankNode)
    }


def parse_lines(lines: Iterable[str]) -> Iterator[Quad]:
    """Return the quads, of the default graph, in lines of N-Triples."""
    return parse(input="\n".join(lines), format=RdfFormat.N_TRIPLES)


def _name_graph(quad: Any) -> str:
    return str(quad.graph_name.value)


def _list_graphs(store: Store, state: str) -> dict[str, list[str]]:
    """Return the IRIs of the graphs of each State, or of one, in the order of their names."""
    found: dict[str, list[str]] = {}
    for graph in store.named_graphs():
        name, _, layer = graph.value.removeprefix(GRAPH).rpartition("/")
        if graph.value.startswith(GRAPH) and layer in LAYERS and state in {"", name}:
            found.setdefault(name, []).append(graph.value)
    return {name: sorted(found[name]) for name in sorted(found)}


def _list_predicates(store: Store, graph: str) -> list[str]:
    rows: Any = store.query(f"SELECT DISTINCT ?p WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    return [str(row[0]) for row in rows]


def _list_guests(store: Store, graph: str, home: str) -> list[str]:
    """Return the subjects of a graph whose IRI neither is that of a State nor continues it."""
    rows: Any = store.query(f"SELECT DISTINCT ?s WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    content = rows.serialize(format=QueryResultsFormat.TSV)
    # A filter in the query takes twice as long as this one.
    found = re.findall(rb"^(?!\?)(?!<%s[/>]).+$" % re.escape(home.encode()), content, re.MULTILINE)
    return [line.decode() for line in found]


def _read_subject(store: Store, graph: str, subject: str) -> dict[str, list[str]]:
    """Return the lines of a graph with a subject; raises ValueError for a blank node."""
    if subject.startswith("_:"):
        raise ValueError(f"a blank node cannot be published: {subject}")
    node = NamedNode(subject[1:-1])
    quads = store.quads_for_pattern(node, None, None, NamedNode(graph))
    return sort_lines(quad.triple for quad in quads)


def _read_lines(store: Store, graph: str, predicate: str) -> list[str]:
    """Return the lines of a graph with a predicate; raises ValueError if there is a blank node."""
    found = store.query(
        f"CONSTRUCT {{ ?s {predicate} ?o }} WHERE {{ GRAPH <{graph}> {{ ?s {predicate} ?o }} }}"
    )
    assert isinstance(found, QueryTriples)  # noqa: S101 - it is a CONSTRUCT
    content = found.serialize(format=RdfFormat.N_TRIPLES) or b""
    blank = _BLANK.search(content) if b"_:" in content else None
    if blank:
        raise ValueError(f"a blank node cannot be published: {blank[0].decode()}")
    return content.decode().split("\n")[:-1]
