"""Typed records to the asserted graph: a pure function, one record at a time, no blank nodes."""

from __future__ import annotations

import dataclasses
import re
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
    SeatGroup,
    Step,
)
from kg.threshold import Threshold
from kg.vocabulary import ID, expand, graph_iri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.folder import Dataset, Entry

Node: TypeAlias = NamedNode | Literal
Add: TypeAlias = "Callable[[NamedNode, str, Node], None]"

_LOCATORS = {"para": "para. ", "art": "art. ", "annex": "annex ", "heading": "heading ", "page": "p. "}
_PLURALS = {"para": "paras ", "art": "arts ", "annex": "annexes "}
_TYPES = {name: "pol:" + term for name, term in (BODY_KINDS | ACT_KINDS).items()}
_SKIPPED = {"id", "mark", "kind", "type", "role", "order"}


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
    if kind in THINGS:
        return NamedNode("/".join([ID + (prefix[0] if prefix else entry.state), kind, name]))
    return NamedNode("/".join([ID + entry.state, prefix[0] if prefix else entry.source, kind, name]))


def assert_entry(entry: Entry, dataset: Dataset) -> Iterator[Quad]:
    """Yield what one record states, as quads of the asserted graph of its State."""
    graph = NamedNode(graph_iri(entry.state, "asserted"))
    quads: list[Quad] = []

    def add(subject: NamedNode, predicate: str, value: Node) -> None:
        quads.append(Quad(subject, node(predicate), value, graph))

    subject = iri_of(entry)
    record = entry.record
    if not hasattr(record, "is_a"):
        add(subject, "rdf:type", node(record.type))
    if record.kind != "state":
        add(subject, "pol:ofState", NamedNode(ID + entry.state))
    if isinstance(record, records.Statement):
        add(subject, "prov:hadPrimarySource", NamedNode(f"{ID}{entry.state}/source/{entry.source}"))
    if isinstance(record, records.Rule):
        for value, reason in ((record.from_, "start"), (record.until, "end")):
            if value is None:
                add(subject, f"pol:{reason}Reason", node("end:not-stated"))
    _assert_fields(subject, record, entry, dataset, add)
    yield from quads


def _assert_fields(
    subject: NamedNode, owner: Any, entry: Entry, dataset: Dataset, add: Add
) -> None:
    for field in dataclasses.fields(owner):
        value = getattr(owner, field.name)
        if field.name in _SKIPPED or value is None:
            continue
        term = field.metadata.get("term") or "pol:" + camel(field.name)
        for item in value if isinstance(value, tuple) else (value,):
            _assert_value(subject, term, item, entry, dataset, add)


def camel(name: str) -> str:
    """Return a field name in the spelling of a property: `short_name` is `shortName`."""
    first, *rest = name.strip("_").split("_")
    return first + "".join(word.capitalize() for word in rest)


def _assert_value(
    subject: NamedNode, term: str, value: Any, entry: Entry, dataset: Dataset, add: Add
) -> None:
    """Add what one value of a field states; each type has one way to be written."""
    match value:
        case Reference():
            add(subject, term, iri_of_reference(value, entry))
        case Labels():
            for language, names in value.names:
                for name in names:
                    add(subject, term, text(name, language))
        case Citation():
            add(subject, term, _assert_citation(value, entry, dataset, add))
        case Provision():
            add(subject, term, _assert_provision(value, entry, dataset, add))
        case Step():
            _assert_step(subject, value, entry, dataset, add)
        case SeatGroup():
            owner = dataset.entries[entry.name].record
            order = owner.members.index(value) + 1  # type: ignore[attr-defined]
            part = NamedNode(f"{subject.value}/seats/{order}")
            add(subject, term, part)
            add(part, "rdf:type", node("pol:SeatGroup"))
            _assert_fields(part, value, entry, dataset, add)
        case Threshold():
            _assert_threshold(subject, value, add)
        case Reason():
            reason = "pol:startReason" if term == "pol:validFrom" else "pol:endReason"
            add(subject, reason, node("end:" + value.name))
        case PartialDate():
            _assert_date(subject, term, value, add)
        case bool():
            add(subject, term, Literal("true", datatype=node("xsd:boolean")))
        case int():
            add(subject, term, Literal(str(value), datatype=node("xsd:integer")))
        case str():
            add(subject, term, _assert_word(term, value))
        case _:
            raise TypeError(f"no RDF for {type(value).__name__}")


_WORDS = {"pol:shortName", "pol:share", "pol:renewedShare", "pol:iso3166", "pol:question",
          "eli:number"}  # fmt: skip


def _assert_word(term: str, value: str) -> Node:
    if term == "rdf:type":
        return node(_TYPES[value])
    if term == "pol:relation":
        return node("relation:" + value)
    return Literal(value) if term in _WORDS else text(value)


def _assert_date(subject: NamedNode, term: str, value: PartialDate, add: Add) -> None:
    literal = Literal(value.text, datatype=node(value.datatype))
    if not value.or_later:
        add(subject, term, literal)
        return
    add(subject, term + "NoEarlierThan", literal)
    reason = "pol:startReason" if term == "pol:validFrom" else "pol:endReason"
    add(subject, reason, node("end:after-an-act"))


def _slug(value: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-")


def _assert_citation(value: Citation, entry: Entry, dataset: Dataset, add: Add) -> NamedNode:
    name = value.source or entry.source
    source = f"{ID}{entry.state}/source/{name}"
    slug = f"{value.kind}-{_slug(value.number)}"
    place = NamedNode(f"{ID}{entry.state}/{name}/citation/{slug}")
    selector = NamedNode(place.value + "/selector")
    add(place, "rdf:type", node("pol:Citation"))
    add(place, "oa:hasSource", NamedNode(source))
    add(place, "oa:hasSelector", selector)
    add(selector, "rdf:type", node("oa:FragmentSelector"))
    add(selector, "rdf:value", Literal(slug))
    add(place, "pol:locator", Literal(_LOCATORS[value.kind] + value.number))
    if value.kind == "para":
        number = value.number.split()[0]
        add(place, "pol:paragraph", Literal(number, datatype=node("xsd:integer")))
    found = dataset.source(entry.state, name)
    if found:
        add(place, "rdfs:label", text(f"{found.short_name}, {_LOCATORS[value.kind]}{value.number}"))
    return place


def _assert_provision(value: Provision, entry: Entry, dataset: Dataset, add: Add) -> NamedNode:
    act = NamedNode(f"{ID}{entry.state}/act/{value.act}")
    if not value.article:
        return act
    provision = NamedNode(f"{act.value}/art-{_slug(value.article)}")
    add(provision, "rdf:type", node("pol:Provision"))
    add(provision, "eli:is_part_of", act)
    add(provision, "pol:provisionNumber", Literal(value.article))
    add(provision, "rdfs:label", text(_name_provision(value, entry, dataset)))
    return provision


def name_of(entry: Entry) -> str:
    """Return the first label of a thing."""
    assert isinstance(entry.record, records.Thing)  # noqa: S101 - the links were checked
    return entry.record.label.names[0][1][0]


def _name_provision(value: Provision, entry: Entry, dataset: Dataset) -> str:
    label = name_of(dataset.entries[(entry.state, "", "act", value.act)])
    return f"{label}, art. {value.article}" if value.article else label


def _assert_step(
    subject: NamedNode, step: Step, entry: Entry, dataset: Dataset, add: Add
) -> None:
    """Add one participation an actor; the actors of one step share its order."""
    for number, actor in enumerate(step.actors, 1):
        suffix = f"-{number}" if len(step.actors) > 1 else ""
        part = NamedNode(f"{subject.value}/step/{step.order}{suffix}")
        add(part, "rdf:type", node("pol:Participation"))
        add(part, "pol:isStepOf", subject)
        add(part, "pol:role", node("role:" + step.role))
        add(part, "pol:order", Literal(str(step.order), datatype=node("xsd:integer")))
        add(part, "pol:actor", iri_of_reference(actor, entry))
        alone = dataclasses.replace(step, actors=())
        _assert_fields(part, alone, entry, dataset, add)


def _assert_threshold(step: NamedNode, value: Threshold, add: Add) -> None:
    part = NamedNode(step.value + "/threshold")
    add(step, "pol:threshold", part)
    add(part, "rdf:type", node("pol:Threshold"))
    add(part, "rdfs:label", text(str(value)))
    add(part, "pol:comparison", Literal(value.comparison))
    integer, decimal = node("xsd:integer"), node("xsd:decimal")
    add(part, "pol:numerator", Literal(str(value.numerator), datatype=integer))
    add(part, "pol:denominator", Literal(str(value.denominator), datatype=integer))
    add(part, "pol:fraction", Literal(f"{float(value.fraction):.6f}", datatype=decimal))
    add(part, "pol:base", node("base:" + value.base))


def cite_in_print(entry: Entry, dataset: Dataset) -> str:
    """Return how the places that a record cites are quoted: `HRI/..., paras 84, 155`."""
    by_source: dict[tuple[str, str], list[str]] = {}
    for citation in entry.record.cite:
        name = citation.source or entry.source
        by_source.setdefault((name, citation.kind), []).append(citation.number)
    quoted = []
    for (name, kind), numbers in by_source.items():
        source = dataset.source(entry.state, name)
        word = (_PLURALS if len(numbers) > 1 else _LOCATORS).get(kind, _LOCATORS[kind])
        quoted.append(f"{source.short_name if source else name}, {word}{', '.join(numbers)}")
    return "; ".join(quoted)


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
