"""Typed records to the asserted graph: a pure function, one record at a time, no blank nodes."""

from __future__ import annotations

import dataclasses
import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad

from kg import record as records
from kg.partial_date import PartialDate
from kg.record import (
    ACT_KINDS,
    BODY_KINDS,
    THINGS,
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
from kg.vocabulary import ID, expand, graph_iri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.dataset import Dataset, Entry

Node: TypeAlias = NamedNode | Literal

_LOCATORS = {
    "para": "para. ",
    "art": "art. ",
    "annex": "annex ",
    "heading": "heading ",
    "page": "p. ",
    "entry": "",
}
_PLURALS = {"para": "paras ", "art": "arts ", "annex": "annexes "}
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
}


@functools.cache
def node(name: str) -> NamedNode:
    """Return the node of a prefixed name."""
    return NamedNode(expand(name))


def text(value: str, language: str = "en") -> Literal:
    """Return a text in a language."""
    return Literal(value, language=language)


def iri_of(entry: Entry) -> NamedNode:
    """Return the IRI of a record: `id/STATE/KIND/NAME`, with the source for a statement."""
    state, source, kind, name = entry.name
    if kind == "state":
        return NamedNode(ID + state)
    return NamedNode(ID + "/".join(filter(None, [state, source, kind, name])))


def iri_of_reference(reference: Reference, entry: Entry) -> NamedNode:
    """Return the IRI of what a record refers to."""
    *prefix, kind, name = reference.text.split("/")
    if kind == "state":
        return NamedNode(ID + name)
    if kind in THINGS:
        return NamedNode("/".join([ID + (prefix[0] if prefix else entry.state), kind, name]))
    return NamedNode(
        "/".join([ID + entry.state, prefix[0] if prefix else entry.source, kind, name])
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """What one record states, while it is written down.

    `places` holds the citations that earlier records wrote, which need not be written again.
    """

    entry: Entry
    dataset: Dataset
    quads: list[Quad]
    graph: NamedNode
    places: set[str]

    def add(self, subject: NamedNode, predicate: str, value: Node) -> None:
        self.quads.append(Quad(subject, node(predicate), value, self.graph))


def assert_entry(entry: Entry, dataset: Dataset, places: set[str] | None = None) -> Iterator[Quad]:
    """Yield what one record states, as quads of the asserted graph of its State.

    A citation that is in `places` is not written again; those that are written are added.
    """
    graph = NamedNode(graph_iri(entry.state, "asserted"))
    page = _Page(entry, dataset, [], graph, set() if places is None else places)
    subject = iri_of(entry)
    record = entry.record
    if not hasattr(record, "is_a"):
        page.add(subject, "rdf:type", node(record.type))
    if record.kind != "state":
        page.add(subject, "pol:ofState", NamedNode(ID + entry.state))
    if isinstance(record, records.Statement):
        source = NamedNode(f"{ID}{entry.state}/source/{entry.source}")
        page.add(subject, "prov:hadPrimarySource", source)
    lawful = (entry.state, entry.source) in dataset.versions
    if isinstance(record, records.Rule) and not lawful:
        for value, reason in ((record.from_, "start"), (record.until, "end")):
            if value is None:
                page.add(subject, f"pol:{reason}Reason", node("end:not-stated"))
    _assert_fields(subject, record, page)
    yield from page.quads


def _assert_fields(subject: NamedNode, owner: Any, page: _Page) -> None:
    for field in dataclasses.fields(owner):
        value = getattr(owner, field.name)
        if field.name in _SKIPPED or value is None:
            continue
        term = field.metadata.get("term") or "pol:" + camel(field.name)
        for item in value if isinstance(value, tuple) else (value,):
            _assert_value(subject, term, item, page)


def camel(name: str) -> str:
    """Return a field name in the spelling of a property: `short_name` is `shortName`."""
    first, *rest = name.strip("_").split("_")
    return first + "".join(word.capitalize() for word in rest)


def _assert_value(  # noqa: C901, PLR0912 - one case a type of value
    subject: NamedNode, term: str, value: Any, page: _Page
) -> None:
    """Add what one value of a field states; each type has one way to be written."""
    match value:
        case Reference():
            page.add(subject, term, iri_of_reference(value, page.entry))
        case Labels():
            for language, names in value.names:
                for name in names:
                    page.add(subject, term, text(name, language))
        case Citation():
            for place in _assert_citation(value, page):
                page.add(subject, term, place)
        case Provision():
            page.add(subject, term, _assert_provision(value, page))
        case Step():
            _assert_step(subject, value, page)
        case SeatGroup():
            owner = page.dataset.entries[page.entry.name].record
            # Only a composition has groups of seats.
            order = owner.members.index(value) + 1  # type: ignore[attr-defined]
            part = NamedNode(f"{subject.value}/seats/{order}")
            page.add(subject, term, part)
            page.add(part, "rdf:type", node("pol:SeatGroup"))
            _assert_fields(part, value, page)
        case Rows():
            table = page.dataset.entries[page.entry.name].record
            assert isinstance(table, records.Table)  # noqa: S101 - only a table has rows
            _assert_cells(subject, table, page)
        case Threshold():
            _assert_threshold(subject, term, value, page)
        case Reason():
            reason = "pol:startReason" if term == "pol:validFrom" else "pol:endReason"
            page.add(subject, reason, node("end:" + value.name))
        case PartialDate():
            _assert_date(subject, term, value, page)
        case bool():
            page.add(subject, term, Literal("true", datatype=node("xsd:boolean")))
        case int():
            page.add(subject, term, Literal(str(value), datatype=node("xsd:integer")))
        case str():
            page.add(subject, term, _assert_word(term, value))
        case _:
            raise TypeError(f"no RDF for {type(value).__name__}")


_WORDS = {"dcterms:title", "eli:number", "pol:branch", "pol:iso3166", "pol:kindOfChange",
          "pol:precision", "pol:question", "pol:renewedShare", "pol:share", "pol:shortName",
          "pol:topic", "pol:treatyActionKind", "pol:unit"}  # fmt: skip


def _assert_word(term: str, value: str) -> Node:
    if term == "rdf:type":
        return node(_TYPES[value])
    if term == "pol:relation":
        return node("relation:" + value)
    if term == "pol:value":
        return Literal(value, datatype=node("xsd:decimal"))
    return Literal(value) if term in _WORDS else text(value)


def _assert_date(subject: NamedNode, term: str, value: PartialDate, page: _Page) -> None:
    for predicate, written in write_date(term, value):
        page.add(subject, predicate, written)


def write_date(term: str, value: PartialDate) -> Iterator[tuple[str, Node]]:
    """Yield properties and values of a date; one that is open has a property of its own."""
    literal = Literal(value.text, datatype=node(value.datatype))
    if not value.or_later:
        yield term, literal
        return
    yield term + "NoEarlierThan", literal
    reason = "pol:startReason" if term == "pol:validFrom" else "pol:endReason"
    yield reason, node("end:after-an-act")


def _slug(value: str) -> str:
    """Return the number of a place for an IRI: `83 (1)` is `83.1`, which is not article 83-1."""
    dotted = re.sub(r"\s*\(([^()]*)\)", r".\1", value.lower())
    return re.sub(r"[^a-z0-9.]+", "-", dotted).strip("-.")


def _assert_citation(value: Citation, page: _Page) -> list[NamedNode]:
    """Add the place that a citation names, one for each version of a law, and return them."""
    name = value.source or page.entry.source
    known = [v.id for v in page.dataset.versions.get((page.entry.state, name), ())]
    if not known:
        return [_assert_place(value, name, "", page)]
    cited = known[known.index(value.first) : known.index(value.last) + 1]
    return [_assert_place(value, name, version, page) for version in cited]


def _assert_place(value: Citation, name: str, version: str, page: _Page) -> NamedNode:
    source = f"{ID}{page.entry.state}/source/{name}"
    slug = f"{value.kind}-{_slug(value.number)}" + (f"-{version}" if version else "")
    place = NamedNode(f"{ID}{page.entry.state}/{name}/citation/{slug}")
    if place.value in page.places:
        return place
    page.places.add(place.value)
    locator = _LOCATORS[value.kind] + value.number
    if version:
        locator += f", {version}"
        page.add(
            place, "pol:ofVersion", NamedNode(f"{ID}{page.entry.state}/{name}/version/{version}")
        )
    selector = NamedNode(place.value + "/selector")
    page.add(place, "rdf:type", node("pol:Citation"))
    page.add(place, "oa:hasSource", NamedNode(source))
    page.add(place, "oa:hasSelector", selector)
    page.add(selector, "rdf:type", node("oa:FragmentSelector"))
    page.add(selector, "rdf:value", Literal(slug))
    page.add(place, "pol:locator", Literal(locator))
    if value.kind == "para":
        number = value.number.partition(" ")[0]
        page.add(place, "pol:paragraph", Literal(number, datatype=node("xsd:integer")))
    found = page.dataset.source(page.entry.state, name)
    if found:
        page.add(place, "rdfs:label", text(f"{found.short_name}, {locator}"))
    return place


def _assert_provision(value: Provision, page: _Page) -> NamedNode:
    act = NamedNode(f"{ID}{page.entry.state}/act/{value.act}")
    if not value.article:
        return act
    provision = NamedNode(f"{act.value}/art-{_slug(value.article)}")
    page.add(provision, "rdf:type", node("pol:Provision"))
    page.add(provision, "eli:is_part_of", act)
    page.add(provision, "pol:provisionNumber", Literal(value.article))
    page.add(provision, "rdfs:label", text(_name_provision(value, page.entry, page.dataset)))
    return provision


def name_of(entry: Entry) -> str:
    """Return the first label of a thing."""
    assert isinstance(entry.record, records.Thing)  # noqa: S101 - the links were checked
    return entry.record.label.names[0][1][0]


def _name_provision(value: Provision, entry: Entry, dataset: Dataset) -> str:
    label = name_of(dataset.entries[(entry.state, "", "act", value.act)])
    return f"{label}, art. {value.article}" if value.article else label


def _assert_step(subject: NamedNode, step: Step, page: _Page) -> None:
    """Add one participation an actor; the actors of one step share its order."""
    for number, actor in enumerate(step.actors, 1):
        suffix = f"-{number}" if len(step.actors) > 1 else ""
        part = NamedNode(f"{subject.value}/step/{step.order}{suffix}")
        page.add(part, "rdf:type", node("pol:Participation"))
        page.add(part, "pol:isStepOf", subject)
        page.add(part, "pol:role", node("role:" + step.role))
        page.add(part, "pol:order", Literal(str(step.order), datatype=node("xsd:integer")))
        page.add(part, "pol:actor", iri_of_reference(actor, page.entry))
        alone = dataclasses.replace(step, actors=())
        _assert_fields(part, alone, page)


def _assert_cells(subject: NamedNode, table: records.Table, page: _Page) -> None:
    """Add one observation of the RDF Data Cube a cell, with its row and its column."""
    add = page.add
    add(subject, "qb:structure", _assert_structure(page))
    integer = node("xsd:integer")
    places: dict[tuple[str, str], NamedNode] = {}
    for i, (label, cells) in enumerate(table.cells.rows, 1):
        for j, (column, cell) in enumerate(zip(table.columns, cells, strict=True), 1):
            place = NamedNode(f"{subject.value}/cell/{i}-{j}")
            places[label, column] = place
            add(place, "rdf:type", node("qb:Observation"))
            add(place, "qb:dataSet", subject)
            add(place, "pol:row", Literal(label))
            add(place, "pol:column", Literal(column))
            add(place, "pol:rowOrder", Literal(str(i), datatype=integer))
            add(place, "pol:columnOrder", Literal(str(j), datatype=integer))
            add(place, "pol:value", Literal(cell, datatype=node("xsd:decimal")))
            unit = table.units[j - 1] if len(table.units) > 1 else table.units[0]
            add(place, "pol:unit", Literal(unit))
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


def _assert_structure(page: _Page) -> NamedNode:
    """Add the structure that the tables of a State share, and return it."""
    structure = NamedNode(f"{ID}{page.entry.state}/structure/table")
    page.add(structure, "rdf:type", node("qb:DataStructureDefinition"))
    for name, kind in _COMPONENTS:
        component = NamedNode(f"{structure.value}/{name}")
        page.add(structure, "qb:component", component)
        page.add(component, "rdf:type", node("qb:ComponentSpecification"))
        page.add(component, kind, node("pol:" + name))
    return structure


def _assert_threshold(owner: NamedNode, term: str, value: Threshold, page: _Page) -> None:
    part = NamedNode(owner.value + "/" + term.removeprefix("pol:"))
    page.add(owner, term, part)
    page.add(part, "rdf:type", node("pol:Threshold"))
    page.add(part, "rdfs:label", text(str(value)))
    page.add(part, "pol:comparison", Literal(value.comparison))
    integer, decimal = node("xsd:integer"), node("xsd:decimal")
    page.add(part, "pol:numerator", Literal(str(value.numerator), datatype=integer))
    page.add(part, "pol:denominator", Literal(str(value.denominator), datatype=integer))
    page.add(part, "pol:fraction", Literal(f"{float(value.fraction):.6f}", datatype=decimal))
    page.add(part, "pol:base", node("base:" + value.base))
    for inner, share in (("pol:spread", value.spread), ("pol:quorum", value.quorum)):
        if share:
            _assert_threshold(part, inner, share, page)


def cite_in_print(entry: Entry, dataset: Dataset) -> str:
    """Return how the places that a record cites are quoted: `HRI/..., paras 84, 155`."""
    return "; ".join(cite_by_source(entry, dataset).values())


def cite_by_source(entry: Entry, dataset: Dataset) -> dict[str, str]:
    """Return how the places that a record cites are quoted, for each source by itself."""
    places: dict[str, dict[tuple[str, str], list[str]]] = {}
    for citation in entry.record.cite:
        name = citation.source or entry.source
        versions = " to ".join(dict.fromkeys(filter(None, [citation.first, citation.last])))
        kinds = places.setdefault(name, {})
        kinds.setdefault((citation.kind, versions), []).append(citation.number)
    quoted = {}
    for name, kinds in places.items():
        source = dataset.source(entry.state, name)
        called = source.short_name if source else name
        parts = []
        for (kind, versions), found in kinds.items():
            numbers = sorted(found, key=lambda n: [int(d) for d in re.findall(r"\d+", n)])
            word = (_PLURALS if len(numbers) > 1 else _LOCATORS).get(kind, _LOCATORS[kind])
            place = f"{called}, {word}{', '.join(numbers)}"
            parts.append(f"{place}, {versions}" if versions else place)
        quoted[name] = "; ".join(parts)
    return quoted


def basis_in_print(entry: Entry, dataset: Dataset) -> str:
    """Return the legal basis of a statement as it is quoted, or an empty text."""
    basis = getattr(entry.record, "basis", ())
    return "; ".join(_name_provision(value, entry, dataset) for value in basis)


def record_provenance(entry: Entry) -> Iterator[Quad]:
    """Yield where a record was written: the file, within the data folder, and the line."""
    graph = NamedNode(graph_iri(entry.state, "provenance"))
    subject = iri_of(entry)
    yield Quad(subject, node("pol:file"), Literal(entry.record.mark.file), graph)
    line = Literal(str(entry.record.mark.line), datatype=node("xsd:integer"))
    yield Quad(subject, node("pol:line"), line, graph)
