"""The asserted graph to the derived graph: arrows, wider types, intervals and texts for print."""

from __future__ import annotations

import dataclasses
from importlib import resources
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, QueryTriples, Store

from kg.graph import basis_in_print, cite_in_print, iri_of, name_of, node, text
from kg.partial_date import PartialDate, find_bounds
from kg.record import Reason, Reference, Rule, Source, Statement
from kg.vocabulary import graph_iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from kg.folder import Dataset, Entry


_LISTS = {
    "per": "pol:perInPrint",
    "in_each": "pol:inEachInPrint",
    "grounds": "pol:groundsInPrint",
    "effects": "pol:effectsInPrint",
    "requirements": "pol:requirementsInPrint",
    "incompatible_with": "pol:incompatibleInPrint",
    "only_those_of": "pol:onlyThoseOfInPrint",
}
"""Fields with several values, which a question shows as one text."""

_IN_PRINT = {
    "none-prescribed": "no end prescribed",
    "not-known": "not stated whether it still holds",
    "not-stated": "not stated",
    "over": "over, day not stated",
    "pending": "pending a condition",
}


def derive_by_rules(asserted: Iterable[Quad], ontology: Iterable[Quad], state: str) -> list[Quad]:
    """Return what the rules in `kg/rules` conclude from the asserted graph of one State.

    Each rule is a SPARQL CONSTRUCT and says in its header what it derives. The property chains
    of the ontology say the same to a reasoner; a test holds the two together.
    """
    store = Store()
    store.bulk_extend(Quad(q.subject, q.predicate, q.object) for q in asserted)
    store.bulk_extend(Quad(q.subject, q.predicate, q.object) for q in ontology)
    graph = NamedNode(graph_iri(state, "derived"))
    derived = set()
    folder = resources.files("kg") / "rules"
    for rule in sorted(folder.iterdir(), key=lambda path: path.name):
        if not rule.name.endswith(".rq"):
            continue
        found = store.query(rule.read_text("utf-8"))
        assert isinstance(found, QueryTriples)  # noqa: S101 - a rule is a CONSTRUCT
        for triple in found:
            quad = Quad(triple.subject, triple.predicate, triple.object)
            if quad not in store:
                derived.add(Quad(quad.subject, quad.predicate, quad.object, graph))
    return list(derived)


def derive_from_entry(entry: Entry, dataset: Dataset) -> Iterator[Quad]:
    """Yield for how long a statement certainly holds or may hold, and how it is quoted."""
    graph = NamedNode(graph_iri(entry.state, "derived"))
    subject = iri_of(entry)
    cited = cite_in_print(entry, dataset)
    if cited:
        yield Quad(subject, node("dcterms:bibliographicCitation"), Literal(cited), graph)
    basis = basis_in_print(entry, dataset)
    if basis:
        yield Quad(subject, node("pol:basisInPrint"), text(basis), graph)
    record = entry.record
    for field, term in _LISTS.items():
        values = [_show(item, entry, dataset) for item in getattr(record, field, ())]
        if values:
            yield Quad(subject, node(term), text("; ".join(values)), graph)
    source = dataset.source(entry.state, entry.source)
    if isinstance(record, Rule) and source is not None:
        yield from _derive_days(subject, record, source, graph)


def _derive_days(
    subject: NamedNode, record: Rule, source: Source, graph: NamedNode
) -> Iterator[Quad]:
    """Yield the first and the last day of a rule for print, and its four derived days."""
    for term, end in (("pol:fromInPrint", record.from_), ("pol:untilInPrint", record.until)):
        if isinstance(end, PartialDate):
            shown = end.text + (" or later" if end.or_later else "")
            yield Quad(subject, node(term), Literal(shown), graph)
        elif isinstance(end, Reason):
            yield Quad(subject, node(term), Literal(_IN_PRINT[end.name]), graph)
    reason = record.until.name if isinstance(record.until, Reason) else ""
    bounds = find_bounds(
        record.from_ if isinstance(record.from_, PartialDate) else None,
        record.until if isinstance(record.until, PartialDate) else None,
        source.describes.earliest,
        standing=reason not in {"over", "not-known"},
    )
    if reason == "over":
        bounds = dataclasses.replace(bounds, may_until=source.describes.earliest)
    ends: list[tuple[str, date | None]] = [
        ("pol:holdsFrom", bounds.holds_from),
        ("pol:holdsUntil", bounds.holds_until),
        ("pol:mayHoldFrom", bounds.may_from),
        ("pol:mayHoldUntil", bounds.may_until),
    ]
    for term, day in ends:
        if day is not None:
            literal = Literal(day.isoformat(), datatype=node("xsd:date"))
            yield Quad(subject, node(term), literal, graph)


def _show(item: Reference | str, entry: Entry, dataset: Dataset) -> str:
    """Return one value of a list as text: a thing by its name, a statement by what it says."""
    if isinstance(item, str):
        return item.removesuffix(".")
    found = dataset.find(item.text, entry.state, entry.source)
    assert found is not None  # noqa: S101 - the links were checked
    if isinstance(found.record, Statement):
        return found.record.says.removesuffix(".")
    return name_of(found)
