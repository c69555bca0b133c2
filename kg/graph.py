"""Typed records to the asserted graph: a pure function, one record at a time, no blank nodes."""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg import record as records
from kg.citation import describe_place, list_places, name_place, name_provision
from kg.iri import iri_of, iri_of_reference, slug
from kg.notation import extend, literal, node, text, typed
from kg.partial_date import PartialDate
from kg.record import (
    ACT_KINDS,
    BODY_KINDS,
    Citation,
    Labels,
    Provision,
    Reason,
    Reference,
    Rows,
    SeatGroup,
    Step,
)
from kg.threshold import Threshold
from kg.vocabulary import ID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.dataset import Dataset, Entry
    from kg.notation import Term, Triple

    Writer = Callable[[Term, str, Any, "_Page"], None]

_TYPES = {name: "pol:" + term for name, term in (BODY_KINDS | ACT_KINDS).items()}
_SKIPPED = {
    "id",
    "mark",
    "kind",
    "type",
    "role",
    "order",
    "columns",
    "units",
    "total_row",
    "column_sums",
    "actors",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What is said, while it is written down."""

    triples: list[Triple] = field(default_factory=list)

    def add(self, subject: Term, predicate: str, value: Term) -> None:
        """Add something that is said of a node."""
        self.triples.append((subject, node(predicate), value))


@dataclass(frozen=True, slots=True)
class Shared(_Said):
    """What several records of a State name, and what is said of it, once.

    That is places in a source, provisions of an act and the structure of tables.
    """

    nodes: set[Term] = field(default_factory=set)

    def begin(self, subject: Term) -> bool:
        """Tell whether a node is still to be described, which is so once."""
        if subject in self.nodes:
            return False
        self.nodes.add(subject)
        return True


@dataclass(frozen=True, slots=True)
class _Page(_Said):
    """What one record states."""

    entry: Entry
    dataset: Dataset
    shared: Shared


def assert_entry(entry: Entry, dataset: Dataset, shared: Shared) -> list[Triple]:
    """Return what one record states, for the asserted graph of its State.

    What it is the first to name of what others name too is described in `shared`.
    """
    page = _Page(entry, dataset, shared)
    subject = iri_of(entry)
    record = entry.record
    if not hasattr(record, "is_a"):
        page.add(subject, "rdf:type", node(record.type))
    if record.kind != "state":
        page.add(subject, "pol:ofState", f"<{ID}{entry.state}>")
    if isinstance(record, records.Statement):
        source = f"<{ID}{entry.state}/source/{entry.source}>"
        page.add(subject, "prov:hadPrimarySource", source)
    lawful = (entry.state, entry.source) in dataset.versions
    if isinstance(record, records.Rule) and not lawful:
        for value, reason in ((record.from_, "start"), (record.until, "end")):
            if value is None:
                page.add(subject, f"pol:{reason}Reason", node("end:not-stated"))
    _assert_fields(subject, record, page)
    return page.triples


@functools.cache
def _list_terms(owner: type[Any]) -> tuple[tuple[str, str], ...]:
    """Return the fields of a class that are written, each with its property."""
    return tuple(
        (field.name, field.metadata.get("term") or "pol:" + camel(field.name))
        for field in dataclasses.fields(owner)
        if field.name not in _SKIPPED
    )


def _assert_fields(subject: Term, owner: Any, page: _Page) -> None:
    kind: Any = type(owner)
    for name, term in _list_terms(kind):
        value = getattr(owner, name)
        if not value:  # nothing that a record holds is false
            continue
        for item in value if type(value) is tuple else (value,):
            _WRITERS[type(item)](subject, term, item, page)


def camel(name: str) -> str:
    """Return a field name in the spelling of a property: `short_name` is `shortName`."""
    first, *rest = name.strip("_").split("_")
    return first + "".join(word.capitalize() for word in rest)


def _assert_reference(subject: Term, term: str, value: Reference, page: _Page) -> None:
    page.add(subject, term, iri_of_reference(value, page.entry))


def _assert_labels(subject: Term, term: str, value: Labels, page: _Page) -> None:
    for language, names in value.names:
        for name in names:
            page.add(subject, term, text(name, language))


def _assert_citation(subject: Term, term: str, value: Citation, page: _Page) -> None:
    state, shared = page.entry.state, page.shared
    for place in list_places(value, page.entry, page.dataset):
        cited = name_place(place, state)
        if shared.begin(cited):
            shared.triples.extend(describe_place(cited, place, state, page.dataset))
        page.add(subject, term, cited)


def _assert_group(subject: Term, term: str, value: SeatGroup, page: _Page) -> None:
    composition: Any = page.entry.record  # nothing else has groups of seats
    order = composition.members.index(value) + 1
    part = extend(subject, f"seats/{order}")
    page.add(subject, term, part)
    page.add(part, "rdf:type", node("pol:SeatGroup"))
    _assert_fields(part, value, page)


def _assert_reason(subject: Term, term: str, value: Reason, page: _Page) -> None:
    reason = "pol:startReason" if term == "pol:validFrom" else "pol:endReason"
    page.add(subject, reason, node("end:" + value.name))


def _assert_yes(subject: Term, term: str, value: bool, page: _Page) -> None:  # noqa: ARG001, FBT001 - a field that is no is left out
    page.add(subject, term, typed("true", "xsd:boolean"))


def _assert_number(subject: Term, term: str, value: int, page: _Page) -> None:
    page.add(subject, term, typed(value, "xsd:integer"))


_WORDS = {"dcterms:title", "eli:number", "pol:branch", "pol:iso3166", "pol:kindOfChange",
          "pol:precision", "pol:question", "pol:renewedShare", "pol:share", "pol:shortName",
          "pol:topic", "pol:treatyActionKind", "pol:unit"}  # fmt: skip


def _assert_text(subject: Term, term: str, value: str, page: _Page) -> None:
    page.add(subject, term, _write_text(term, value))


def _write_text(term: str, value: str) -> Term:
    if term == "rdf:type":
        return node(_TYPES[value])
    if term == "pol:relation":
        return node("relation:" + value)
    if term == "pol:value":
        return typed(value, "xsd:decimal")
    return literal(value) if term in _WORDS else text(value)


def _assert_date(subject: Term, term: str, value: PartialDate, page: _Page) -> None:
    for predicate, written in write_date(term, value):
        page.add(subject, predicate, written)


def write_date(term: str, value: PartialDate) -> Iterator[tuple[str, Term]]:
    """Yield properties and values of a date; one that is open has a property of its own."""
    day = typed(value.text, value.datatype)
    if not value.or_later:
        yield term, day
        return
    yield term + "NoEarlierThan", day
    reason = "pol:startReason" if term == "pol:validFrom" else "pol:endReason"
    yield reason, node("end:after-an-act")


def _assert_provision(subject: Term, term: str, value: Provision, page: _Page) -> None:
    act = f"<{ID}{page.entry.state}/act/{value.act}>"
    shared = page.shared
    place = extend(act, f"art-{slug(value.article)}") if value.article else act
    if value.article and shared.begin(place):
        shared.add(place, "rdf:type", node("pol:Provision"))
        shared.add(place, "eli:is_part_of", act)
        shared.add(place, "pol:provisionNumber", literal(value.article))
        shared.add(place, "rdfs:label", text(name_provision(value, page.entry, page.dataset)))
    page.add(subject, term, place)


def _assert_step(subject: Term, term: str, step: Step, page: _Page) -> None:  # noqa: ARG001 - a step points back
    """Add one participation an actor; the actors of one step share its order."""
    for number, actor in enumerate(step.actors, 1):
        suffix = f"-{number}" if len(step.actors) > 1 else ""
        part = extend(subject, f"step/{step.order}{suffix}")
        page.add(part, "rdf:type", node("pol:Participation"))
        page.add(part, "pol:isStepOf", subject)
        page.add(part, "pol:role", node("role:" + step.role))
        page.add(part, "pol:order", typed(step.order, "xsd:integer"))
        page.add(part, "pol:actor", iri_of_reference(actor, page.entry))
        _assert_fields(part, step, page)


def _assert_rows(subject: Term, term: str, value: Rows, page: _Page) -> None:  # noqa: ARG001 - a cell has properties of its own
    """Add one observation of the RDF Data Cube a cell, with its row and its column."""
    add = page.add
    table = page.entry.record
    assert isinstance(table, records.Table)  # noqa: S101 - only a table has rows
    add(subject, "qb:structure", _assert_structure(page))
    places: dict[tuple[str, str], Term] = {}
    for i, (label, cells) in enumerate(value.rows, 1):
        for j, (column, cell) in enumerate(zip(table.columns, cells, strict=True), 1):
            place = extend(subject, f"cell/{i}-{j}")
            places[label, column] = place
            add(place, "rdf:type", node("qb:Observation"))
            add(place, "qb:dataSet", subject)
            add(place, "pol:row", literal(label))
            add(place, "pol:column", literal(column))
            add(place, "pol:rowOrder", typed(i, "xsd:integer"))
            add(place, "pol:columnOrder", typed(j, "xsd:integer"))
            add(place, "pol:value", typed(cell, "xsd:decimal"))
            unit = table.units[j - 1] if len(table.units) > 1 else table.units[0]
            add(place, "pol:unit", literal(unit))
    sums = dict(table.column_sums.sums) if table.column_sums else {}
    for (heading, title), place in places.items():
        if table.total_row and table.total_row != heading:
            add(place, "pol:partOfTotal", places[table.total_row, title])
        for summand in sums.get(title, ()):
            add(places[heading, summand], "pol:partOfTotal", place)


_COMPONENTS = (
    ("row", "qb:dimension"),
    ("column", "qb:dimension"),
    ("value", "qb:measure"),
    ("unit", "qb:attribute"),
)


def _assert_structure(page: _Page) -> Term:
    """Add the structure that the tables of a State share, and return it."""
    structure, shared = f"<{ID}{page.entry.state}/structure/table>", page.shared
    if shared.begin(structure):
        shared.add(structure, "rdf:type", node("qb:DataStructureDefinition"))
        for name, kind in _COMPONENTS:
            component = extend(structure, name)
            shared.add(structure, "qb:component", component)
            shared.add(component, "rdf:type", node("qb:ComponentSpecification"))
            shared.add(component, kind, node("pol:" + name))
    return structure


def _assert_threshold(owner: Term, term: str, value: Threshold, page: _Page) -> None:
    part = extend(owner, term.removeprefix("pol:"))
    page.add(owner, term, part)
    page.add(part, "rdf:type", node("pol:Threshold"))
    page.add(part, "rdfs:label", text(str(value)))
    page.add(part, "pol:comparison", literal(value.comparison))
    page.add(part, "pol:numerator", typed(value.numerator, "xsd:integer"))
    page.add(part, "pol:denominator", typed(value.denominator, "xsd:integer"))
    page.add(part, "pol:fraction", typed(f"{float(value.fraction):.6f}", "xsd:decimal"))
    page.add(part, "pol:base", node("base:" + value.base))
    for inner, share in (("pol:spread", value.spread), ("pol:quorum", value.quorum)):
        if share:
            _assert_threshold(part, inner, share, page)


_WRITERS: dict[type, Writer] = {
    Reference: _assert_reference,
    Labels: _assert_labels,
    Citation: _assert_citation,
    Provision: _assert_provision,
    Step: _assert_step,
    SeatGroup: _assert_group,
    Rows: _assert_rows,
    Threshold: _assert_threshold,
    Reason: _assert_reason,
    PartialDate: _assert_date,
    bool: _assert_yes,
    int: _assert_number,
    str: _assert_text,
}
"""How a value of each type is written; what a record holds is of one of these types."""


def record_provenance(entry: Entry) -> Iterator[Triple]:
    """Yield where a record was written: the file, within the data folder, and the line."""
    subject = iri_of(entry)
    yield subject, node("pol:file"), literal(entry.record.mark.file)
    yield subject, node("pol:line"), typed(entry.record.mark.line, "xsd:integer")
