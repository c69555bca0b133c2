"""From data folders to all quads: the one place where the steps of the data flow meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg import place
from kg.classes import derive_classes
from kg.derive import derive_by_rules, derive_from_entry, derive_periods, derive_points
from kg.folder import read_dataset, states
from kg.graph import Shared, assert_entry, record_provenance
from kg.iri import iri_of
from kg.name import HIDDEN_KEY, KEY, NAMES, fold
from kg.notation import from_quads, literal, to_quads
from kg.record import Procedure, Rule, Source, Thing
from kg.vocabulary import GRAPH, graph_iri

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.dataset import Dataset, Entry
    from kg.field import Labels
    from kg.notation import Triple


def build_graphs(folders: Sequence[Path]) -> tuple[list[Quad], list[Quad]]:
    """Return the quads of all States with the ontology, and apart from them the index of names.

    Raises DataError with every finding if the data is faulty.
    """
    dataset = read_dataset(folders)
    ontology = read_ontology()
    quads = [q for state in states(dataset) for q in build_state(dataset, state, ontology)]
    names = [triple for state in states(dataset) for triple in index_names(dataset, state)]
    return [*ontology, *quads], to_quads(names, NAMES.value)


def build_state(dataset: Dataset, state: str, ontology: Sequence[Quad]) -> list[Quad]:
    """Return the asserted, derived and provenance quads of one State."""
    layers = build_layers(dataset, state, from_quads(ontology))
    return [q for layer, made in layers for q in to_quads(made, graph_iri(state, layer))]


def build_layers(
    dataset: Dataset, state: str, ontology: Sequence[Triple]
) -> Iterator[tuple[str, Collection[Triple]]]:
    """Yield the triples of one State piece by piece, each with its layer, as `graph_iri` has it.

    First comes what is asserted, then what follows from it, then where it was written.
    """
    entries = _list_entries(dataset, state)
    shared = Shared()
    asserted: dict[Triple, None] = {}
    for entry in entries:
        asserted |= dict.fromkeys(assert_entry(entry, dataset, shared))
    yield "asserted", asserted
    yield "asserted", shared.triples
    yield "derived", [t for e in entries for t in derive_from_entry(e, dataset)]
    yield "derived", list(derive_points(entries, dataset))
    yield "derived", list(_derive_periods(entries, dataset, state))
    yield "derived", list(derive_classes(asserted, ontology))
    yield "derived", derive_by_rules(asserted, ontology)
    yield "provenance", [t for e in entries for t in record_provenance(e)]


def _list_entries(dataset: Dataset, state: str) -> list[Entry]:
    return [entry for entry in dataset.entries.values() if entry.state == state]


def _derive_periods(entries: Iterable[Entry], dataset: Dataset, state: str) -> Iterator[Triple]:
    rules: dict[str, list[Entry]] = {}
    for entry in entries:
        if isinstance(entry.record, Rule):
            rules.setdefault(entry.source, []).append(entry)
    for name, found in rules.items():
        source = dataset.source(state, name)
        if source is not None:
            yield from derive_periods(source, found, dataset)


def read_ontology() -> list[Quad]:
    """Return the modules of the ontology as quads of one graph."""
    return [quad for quads in read_modules().values() for quad in quads]


def read_modules() -> dict[str, list[Quad]]:
    """Return the quads of each module of the ontology by its name, in the order of the names."""
    graph = NamedNode(GRAPH + "ontology")
    return {
        path.stem: [
            Quad(t.subject, t.predicate, t.object, graph)
            for t in parse(path=str(path), format=RdfFormat.TURTLE)
        ]
        for path in sorted(place.bundled("ontology").glob("*.ttl"))
    }


def index_names(dataset: Dataset, state: str) -> Iterator[Triple]:
    """Yield the folded names of the things of a State, for a graph that no dump holds.

    The text of a law goes by its short name only, since its long name is that of the act.
    """
    for entry in _list_entries(dataset, state):
        record = entry.record
        hidden: set[str] = set()
        if isinstance(record, Thing):
            named = not (isinstance(record, Source) and record.enacts)
            keys = {fold(record.id), fold(f"{record.kind}/{record.id}")}
            for labels in (record.label, record.also):
                keys |= _fold_names(labels) if named else set()
            hidden = _fold_names(record.find_as) - keys
            if isinstance(record, Source):
                keys.add(fold(record.short_name))
            number = getattr(record, "number", None)
            if number:
                hidden.add(fold(number))
        elif isinstance(record, Procedure):
            keys = {fold(record.name), fold(record.id)}
        else:
            continue
        for index, found in ((KEY, keys), (HIDDEN_KEY, hidden - keys)):
            for key in sorted(found):
                yield iri_of(entry), str(index), literal(key)


def _fold_names(labels: Labels | None) -> set[str]:
    groups = labels.names if labels else ()
    return {fold(name) for _, names in groups for name in names}
