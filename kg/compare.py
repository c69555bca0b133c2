"""What a report says beside what the law of its day, and other sources, say: point by point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.rule import Rule
from kg.span import find_span, holds_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from kg.dataset import Dataset, Entry
    from kg.point import Point
    from kg.thing import Source

Name = tuple[str, str, str, str]
"""The name of an entry: State, source, kind, identifier."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One point about one thing: who makes it, and what follows from that.

    `verdict` is `agrees` if the report and another source make it, `differs` if both speak of the
    aspect and one of them makes this point, else `reported only` or `enacted only`.
    """

    target: Name
    point: Point
    verdict: str
    reported: tuple[Entry, ...]
    enacted: tuple[Entry, ...]


def compare_sources(
    report: Source,
    points: Mapping[Name, Iterable[tuple[Entry, Point]]],
    dataset: Dataset,
) -> list[Comparison]:
    """Return the points of a report and of the other sources of its State, by thing and aspect.

    `points` holds all points of the State by the thing that they are about. A rule of a law counts
    if it surely stood on the day that the report describes; an event of any other source counts for
    a thing of which the report reports events.
    """
    assert report.describes is not None  # noqa: S101 - a law is no report
    day = report.describes.earliest
    found = []
    for target, made in sorted(points.items()):
        told, others = _part(report, day, made, dataset)
        told_aspects = {point.aspect for point in told}
        other_aspects = {point.aspect for point in others}
        for point in sorted({**told, **others}):
            both = point in told and point in others
            shared = point.aspect in told_aspects and point.aspect in other_aspects
            alone = "reported only" if point in told else "enacted only"
            verdict = "agrees" if both else "differs" if shared else alone
            reported, enacted = tuple(told.get(point, ())), tuple(others.get(point, ()))
            found.append(Comparison(target, point, verdict, reported, enacted))
    return found


def _part(
    report: Source,
    day: date,
    made: Iterable[tuple[Entry, Point]],
    dataset: Dataset,
) -> tuple[dict[Point, list[Entry]], dict[Point, list[Entry]]]:
    """Return the points of the report about one thing, and those of the others that count."""
    told: dict[Point, list[Entry]] = {}
    others: dict[Point, list[Entry]] = {}
    events = False
    for entry, point in made:
        rule = isinstance(entry.record, Rule)
        if entry.source == report.id and (not rule or _stood(entry, day, dataset)):
            told.setdefault(point, []).append(entry)
            events = events or not rule
    for entry, point in made:
        if entry.source != report.id and _counts(entry, day, dataset, events=events):
            others.setdefault(point, []).append(entry)
    return told, others


def _counts(entry: Entry, day: date, dataset: Dataset, *, events: bool) -> bool:
    if not isinstance(entry.record, Rule):
        return events
    return bool(dataset.versions.get((entry.state, entry.source))) and _stood(entry, day, dataset)


def _stood(entry: Entry, day: date, dataset: Dataset) -> bool:
    """Tell whether a rule surely stood on a day."""
    source = dataset.source(entry.state, entry.source)
    assert source is not None  # noqa: S101 - the links were checked
    assert isinstance(entry.record, Rule)  # noqa: S101 - only rules are asked
    versions = dataset.versions.get((entry.state, entry.source), ())
    return holds_on(find_span(entry.record, source, versions), day)
