"""What a report says beside what the law of its day, and other sources, say: point by point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.rule import Rule
from kg.span import find_span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from kg.dataset import Dataset, Entry
    from kg.point import Point
    from kg.thing import Source

_PARTS = {4: "year", 7: "month"}
_BY_STRENGTH = ("", "may agree", "agrees to the year", "agrees to the month", "agrees")

Name = tuple[str, str, str, str]
"""The name of an entry: State, source, kind, identifier."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One point about one thing: who makes it, and what follows from that.

    `verdict` is `agrees` if the report and another source make it; `agrees to the year` or `agrees
    to the month` if one of them has a day and the other no more than its year or month; `may agree`
    if one says of a date that it is that one or a later one. A point that only one side makes
    `differs` if the other side contradicts it: with another value of what has one value only, or
    with a value of its own that this side lacks. Otherwise it is `reported only` or `enacted only`.
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
        verdicts = _judge(told, others)
        for point in sorted(verdicts):
            reported, enacted = tuple(told.get(point, ())), tuple(others.get(point, ()))
            found.append(Comparison(target, point, verdicts[point], reported, enacted))
    return found


def _judge(told: Collection[Point], others: Collection[Point]) -> dict[Point, str]:
    """Return the verdict on each point of both sides."""
    verdicts = {}
    for one, other in ((told, others), (others, told)):
        for point in one:
            found = (_meet(point, o) for o in other)
            verdicts[point] = max(found, key=_BY_STRENGTH.index, default="")
    alone = {point for point, verdict in verdicts.items() if not verdict}
    for point in alone:
        mine, theirs = (told, others) if point in told else (others, told)
        against = [p for p in theirs if p.aspect == point.aspect and (point.single or p in alone)]
        only = "reported only" if mine is told else "enacted only"
        verdicts[point] = "differs" if against else only
    return verdicts


def _meet(one: Point, other: Point) -> str:
    """Return in how far two points agree; empty if they do not."""
    if one == other:
        return "agrees"
    if one.aspect != other.aspect or not (one.date and other.date):
        return ""
    first, second = sorted((one.date, other.date), key=lambda date: date.earliest)
    if first.latest is not None and first.latest < second.earliest:
        return ""
    if first.or_later or second.or_later:
        return "may agree"
    return f"agrees to the {_PARTS[min(len(first.text), len(second.text))]}"


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
        if entry.source == report.id and (not rule or find_span(entry, dataset).holds_on(day)):
            told.setdefault(point, []).append(entry)
            events = events or not rule
    for entry, point in made:
        if entry.source != report.id and _counts(entry, day, dataset, events=events):
            others.setdefault(point, []).append(entry)
    return told, others


def _counts(entry: Entry, day: date, dataset: Dataset, *, events: bool) -> bool:
    if not isinstance(entry.record, Rule):
        return events
    lawful = (entry.state, entry.source) in dataset.versions
    return lawful and find_span(entry, dataset).holds_on(day)
