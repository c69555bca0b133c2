"""From data folders to all quads: the one place where the steps of the data flow meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg import place
from kg.derive import derive_by_rules, derive_from_entry, derive_periods, derive_points
from kg.folder import read_dataset, states
from kg.graph import assert_entry, record_provenance
from kg.iri import iri_of
from kg.name import HIDDEN_KEY, KEY, NAMES, fold
from kg.record import Procedure, Rule, Source, Thing
from kg.vocabulary import GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kg.dataset import Dataset, Entry
    from kg.field import Labels
    from kg.graph import Known


def build_graphs(folders: Sequence[Path]) -> tuple[list[Quad], list[Quad]]:
    """Return the quads of all States with the ontology, and apart from them the index of names.

    Raises DataError with every finding if the data is faulty.
    """
    *parts, names = build_parts(folders)
    return [quad for part in parts for quad in part], names


def build_parts(folders: Sequence[Path]) -> Iterator[list[Quad]]:
    """Return the ontology, each State and the index of names one after the other.

    The records of all States are read before the first part, which raises DataError with every
    finding if the data is faulty. The quads of a State, which take more room than they, are made
    when they are asked for, so that nobody has to hold those of all States.
    """
    return _make_parts(read_dataset(folders))


def _make_parts(dataset: Dataset) -> Iterator[list[Quad]]:
    ontology = read_ontology()
    yield ontology
    for state in states(dataset):
        yield build_state(dataset, state, ontology)
    yield list(index_names(dataset))


def build_state(dataset: Dataset, state: str, ontology: Sequence[Quad]) -> list[Quad]:
    """Return the asserted, derived and provenance quads of one State."""
    entries = [e for e in dataset.entries.values() if e.state == state]
    known: Known = {}
    asserted = list({q: None for e in entries for q in assert_entry(e, dataset, known)})
    derived = derive_by_rules(asserted, ontology, state)
    rules: dict[str, list[Entry]] = {}
    for entry in entries:
        derived += derive_from_entry(entry, dataset)
        if isinstance(entry.record, Rule):
            rules.setdefault(entry.source, []).append(entry)
    derived += derive_points(entries, dataset)
    for name, found in rules.items():
        source = dataset.source(state, name)
        if source is not None:
            derived += derive_periods(source, found, dataset)
    provenance = [q for e in entries for q in record_provenance(e)]
    return [*asserted, *derived, *provenance]


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


def index_names(dataset: Dataset) -> Iterator[Quad]:
    """Yield the folded names of all things, in a graph of their own that no dump holds.

    The text of a law goes by its short name only, since its long name is that of the act.
    """
    for entry in dataset.entries.values():
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
                yield Quad(iri_of(entry), index, Literal(key), NAMES)


def _fold_names(labels: Labels | None) -> set[str]:
    groups = labels.names if labels else ()
    return {fold(name) for _, names in groups for name in names}
