"""The asserted graph to the derived graph: arrows, wider types, intervals and texts for print."""

from __future__ import annotations

import dataclasses
import functools
import zlib
from typing import TYPE_CHECKING, Any

from pyoxigraph import QueryTriples, RdfFormat, Store

from kg.citation import basis_in_print, cite_by_source, cite_in_print, name_of
from kg.compare import compare_sources
from kg.graph import write_date
from kg.iri import iri_of, iri_of_reference
from kg.notation import extend, literal, node, render, split, text, typed
from kg.partial_date import PartialDate
from kg.period import find_periods, find_stretch
from kg.place import PACKAGE
from kg.point import find_points, find_target
from kg.record import Reason, Reference, Rule, Source, Statement
from kg.span import Span, find_span
from kg.vocabulary import ID, find_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from kg.compare import Comparison
    from kg.dataset import Dataset, Entry
    from kg.notation import Term, Triple
    from kg.partial_date import Bounds
    from kg.period import Period
    from kg.point import Point
    from kg.record import Version


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


def derive_by_rules(asserted: Collection[Triple], ontology: Iterable[Triple]) -> list[Triple]:
    """Return what the rules in `kg/rules` conclude from the asserted graph of one State.

    Each rule is a SPARQL CONSTRUCT and says in its header what it derives. The property chains
    of the ontology say the same to a reasoner; a test holds the two together.
    """
    folder = PACKAGE / "rules"
    rules = [path.read_text("utf-8") for path in sorted(folder.glob("*.rq"))]
    names = {f"<{name}>" for name in find_names(" ".join(rules))}
    seen = render([t for triples in (asserted, ontology) for t in triples if t[1] in names])
    store = Store()
    store.load(seen, RdfFormat.N_TRIPLES, lenient=True)
    found: dict[Triple, None] = {}
    for rule in rules:
        derived: QueryTriples = store.query(rule)  # type: ignore[assignment] # it is a CONSTRUCT
        lines = derived.serialize(format=RdfFormat.N_TRIPLES) or b""
        found |= dict.fromkeys(split(lines.decode()))
    for triple in asserted:
        found.pop(triple, None)
    return list(found)


def derive_from_entry(entry: Entry, dataset: Dataset) -> Iterator[Triple]:
    """Yield for how long a statement certainly holds or may hold, and how it is quoted."""
    subject = iri_of(entry)
    cited = list(cite_by_source(entry, dataset).values())
    if isinstance(entry.record, Statement):
        cited = ["; ".join(cited)]  # a thing is named by several sources, a statement made by one
    for places in filter(None, cited):
        yield subject, node("dcterms:bibliographicCitation"), literal(places)
    basis = basis_in_print(entry, dataset)
    if basis:
        yield subject, node("pol:basisInPrint"), text(basis)
    record = entry.record
    kind: Any = type(record)
    for field, term in _find_lists(kind):
        values = [_show(item, entry, dataset) for item in getattr(record, field)]
        if values:
            yield subject, node(term), text("; ".join(values))
    source = dataset.source(entry.state, entry.source)
    if isinstance(record, Source):
        spoken = _name_days(record, dataset.versions.get((entry.state, record.id), ()))
        yield subject, node("pol:speaksInPrint"), literal(spoken)
    if isinstance(record, Rule) and source is not None:
        versions = dataset.versions.get((entry.state, entry.source), ())
        span = find_span(entry, dataset)
        if versions:
            yield from _derive_law(subject, record, span, entry)
        yield from _derive_days(subject, span, source)


@functools.cache
def _find_lists(kind: type[Any]) -> list[tuple[str, str]]:
    """Return those of the fields of a record that a question shows as one text."""
    names = {field.name for field in dataclasses.fields(kind)}
    return [(name, term) for name, term in _LISTS.items() if name in names]


def derive_points(entries: Iterable[Entry], dataset: Dataset) -> Iterator[Triple]:
    """Yield what the statements of a State say in points, and how its sources compare by them."""
    points: dict[tuple[str, str, str, str], list[tuple[Entry, Point]]] = {}
    reports: dict[str, Source] = {}
    state = ""
    for entry in entries:
        target = find_target(entry.record)
        if target is None:
            continue
        state = entry.state
        subject = iri_of(entry)
        made = find_points(entry.record, lambda thing: _show(thing, entry, dataset))  # noqa: B023 - it is called before the loop goes on
        found = dataset.find(target.text, state, entry.source)
        assert found is not None  # noqa: S101 - the links were checked
        points.setdefault(found.name, []).extend((entry, point) for point in made)
        source = dataset.source(state, entry.source)
        if isinstance(entry.record, Rule) and source and source.describes:
            reports[source.id] = source
        for number, point in enumerate(made, 1):
            place = extend(subject, f"point/{number}")
            yield place, node("rdf:type"), node("pol:Point")
            yield place, node("pol:isPointOf"), subject
            yield from _write_point(place, iri_of(found), point)
    for report in reports.values():
        for comparison in compare_sources(report, points, dataset):
            yield from _write_comparison(comparison, report, state, dataset)


def _write_point(place: Term, target: Term, point: Point) -> Iterator[Triple]:
    yield place, node("pol:target"), target
    yield place, node("pol:aspect"), literal(point.aspect)
    yield place, node("pol:pointValue"), literal(point.value)


def _write_comparison(
    comparison: Comparison, report: Source, state: str, dataset: Dataset
) -> Iterator[Triple]:
    """Yield one comparison; its IRI is made from the thing, the aspect and the value."""
    _, _, kind, name = comparison.target
    said = f"{comparison.point.aspect}|{comparison.point.value}".encode()
    place = f"<{ID}{state}/{report.id}/comparison/{kind}-{name}/{zlib.crc32(said):08x}>"
    target = iri_of(dataset.entries[comparison.target])
    yield place, node("rdf:type"), node("pol:Comparison")
    yield place, node("pol:ofState"), f"<{ID}{state}>"
    yield place, node("pol:comparesReport"), f"<{ID}{state}/source/{report.id}>"
    yield place, node("pol:verdict"), literal(comparison.verdict)
    yield from _write_point(place, target, comparison.point)
    sides = (
        ("pol:reportedBy", "pol:reportedInPrint", comparison.reported),
        ("pol:enactedBy", "pol:enactedInPrint", comparison.enacted),
    )
    for term, in_print, entries in sides:
        cited = []
        for entry in entries:
            yield place, node(term), iri_of(entry)
            cited.append(cite_in_print(entry, dataset))
        if cited:
            yield place, node(in_print), literal("; ".join(sorted(set(cited))))


def _name_days(source: Source, versions: Sequence[Version]) -> str:
    """Return of which day, or from which day to which, a source speaks."""
    if source.describes:
        return source.describes.text
    first, last = versions[0].from_, versions[-1]
    start = first.text if isinstance(first, PartialDate) else ""
    end = last.until if isinstance(last.until, PartialDate) else last.describes
    return " to ".join(filter(None, [start, end.text if end else ""]))


def _derive_law(subject: Term, record: Rule, span: Span, entry: Entry) -> Iterator[Triple]:
    """Yield the ends of a rule of a law that its versions give, and the acts that made them."""
    ends = (("pol:validFrom", record.from_, span.start), ("pol:validUntil", record.until, span.end))
    for term, own, end in ends:
        if own is None and isinstance(end, PartialDate):
            for predicate, value in write_date(term, end):
                yield subject, node(predicate), value
        elif own is None:
            reason = "pol:startReason" if term == "pol:validFrom" else "pol:endReason"
            standing = "end:still-stood" if term == "pol:validUntil" else "end:not-stated"
            yield subject, node(reason), node(standing)
    if span.opened and _begins_with(record, span.opened):
        act = iri_of_reference(span.opened.by or span.opened.of, entry)
        yield subject, node("pol:introducedBy"), act
    if span.closed:
        act = iri_of_reference(span.closed.by or span.closed.of, entry)
        yield subject, node("pol:endedBy"), act


def _begins_with(record: Rule, version: Version) -> bool:
    """Tell whether a rule came with a version, and is not older than it by its own date."""
    if record.from_ is None:
        return True
    start, own = version.from_, record.from_
    if not (isinstance(start, PartialDate) and isinstance(own, PartialDate) and version.by):
        return False
    return own.earliest >= start.earliest


def _derive_days(subject: Term, span: Span, source: Source) -> Iterator[Triple]:
    """Yield the first and the last day of a rule for print, and its four derived days."""
    for term, shown in zip(
        ("pol:fromInPrint", "pol:untilInPrint"), _print_ends(span, source), strict=True
    ):
        if shown:
            yield subject, node(term), literal(shown)
    yield from _write_bounds(subject, span.days)


def _print_ends(span: Span, source: Source) -> list[str]:
    """Return the first day of a rule and the first on which it no longer holds, as they are quoted.

    Where a report gives none, it still says that the rule stood on the day that it describes; a law
    whose first day is not known stood on the days on which it was in force.
    """
    if source.describes:
        stood = span.holds_on(source.describes.earliest)
        day = source.describes
        missing = (f"{day} or earlier", f"after {day}") if stood else ("", "")
    else:
        first, last = (min(span.seen), max(span.seen)) if span.seen else ("", "")
        known = f"still in force on {last}" if last else "in force when read"
        missing = (f"{first} or earlier" if first else "", known)
    ends = []
    for end, otherwise in zip((span.start, span.end), missing, strict=True):
        if isinstance(end, Reason):
            ends.append(_IN_PRINT[end.name])
        else:
            ends.append(str(end) if end else otherwise)
    return ends


def _write_bounds(subject: Term, bounds: Bounds) -> Iterator[Triple]:
    ends: list[tuple[str, date | None]] = [
        ("pol:holdsFrom", bounds.holds_from),
        ("pol:holdsUntil", bounds.holds_until),
        ("pol:mayHoldFrom", bounds.may_from),
        ("pol:mayHoldUntil", bounds.may_until),
    ]
    for term, day in ends:
        if day is not None:
            written = typed(day.isoformat(), "xsd:date")
            yield subject, node(term), written


def derive_periods(source: Source, rules: Sequence[Entry], dataset: Dataset) -> Iterator[Triple]:
    """Yield the periods of a source, and in which of them each of its rules stood."""
    if not rules:
        return
    state = rules[0].state
    versions = dataset.versions.get((state, source.id), ())
    spans = [find_span(entry, dataset) for entry in rules]
    periods = find_periods(source, versions, spans)
    places = {period: _name_period(period, source, state) for period in periods}
    for period, place in places.items():
        yield place, node("rdf:type"), node("pol:Period")
        yield place, node("pol:ofState"), f"<{ID}{state}>"
        yield place, node("pol:periodOf"), f"<{ID}{state}/source/{source.id}>"
        for term, end in (("pol:fromInPrint", period.start), ("pol:untilInPrint", period.end)):
            if end is not None:
                yield place, node(term), literal(str(end))
        yield from _write_bounds(place, period.days)
    for rule, span in zip(rules, spans, strict=True):
        for period in find_stretch(span, periods):
            yield iri_of(rule), node("pol:standsIn"), places[period]


def _name_period(period: Period, source: Source, state: str) -> Term:
    start = str(period.start).replace(" ", "-") if period.start else f"before-{period.end}"
    return f"<{ID}{state}/{source.id}/period/{start}>"


def _show(item: Reference | str, entry: Entry, dataset: Dataset) -> str:
    """Return one value of a list as text: a thing by its name, a statement by what it says."""
    if isinstance(item, str):
        return item.removesuffix(".")
    found = dataset.find(item.text, entry.state, entry.source)
    assert found is not None  # noqa: S101 - the links were checked
    if isinstance(found.record, Statement):
        return found.record.says.removesuffix(".")
    return name_of(found)
