"""The points of a rule: what it says of its office or body, one by one, to be compared.

Two sources, or two versions of a law, say the same of an office if their rules make the same
points. A point is an aspect and a value: who appoints, how many seats, for how many years. What is
only told in words, a ground or a condition, is no point: our own words cannot be compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.rule import (
    Composition,
    Eligibility,
    Removal,
    Selection,
    Subordination,
    Succession,
    Term,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.field import Record, Reference
    from kg.rule import Step

DECIDING = ("appoints", "elects", "forms", "sits-ex-officio")


class Point(NamedTuple):
    """One thing that a rule says: of what aspect, and what."""

    aspect: str
    value: str


_TARGETS = {
    Selection: "fills",
    Removal: "empties",
    Term: "of",
    Composition: "of",
    Eligibility: "for_",
    Succession: "vacates",
    Subordination: "subject",
}
"""The field that names the office or body, by the kind of rule."""


def find_target(record: Record) -> Reference | None:
    """Return the office or body of which a rule speaks, or None for a record of another kind."""
    field = _TARGETS.get(type(record))
    target: Reference | None = getattr(record, field) if field else None
    return target


def find_points(record: Record, name: Callable[[Reference], str]) -> list[Point]:
    """Return the points that a rule makes, each once; `name` gives the name of a thing."""
    match record:
        case Selection():
            points = _compare_selection(record, name)
        case Removal():
            points = _compare_steps("removal: ", record.steps, name)
        case Term():
            points = _compare_term(record)
        case Composition():
            points = _compare_composition(record, name)
        case Eligibility():
            points = _compare_eligibility(record, name)
        case Succession():
            points = (
                Point(f"succeeds, {step.order}", name(actor))
                for step in record.steps
                for actor in step.actors
                if step.role == "succeeds"
            )
        case Subordination():
            points = iter([Point(_speak(record.relation), name(record.superior))])
        case _:
            points = iter(())
    return list(dict.fromkeys(points))


def _speak(word: str) -> str:
    return word.replace("-", " ")


def _compare_steps(
    prefix: str, steps: tuple[Step, ...], name: Callable[[Reference], str]
) -> Iterator[Point]:
    for step in steps:
        for actor in step.actors:
            role = prefix + _speak(step.role)
            yield Point(role, name(actor))
            if step.threshold:
                yield Point(f"threshold, {role}: {name(actor)}", str(step.threshold))


def _compare_selection(record: Selection, name: Callable[[Reference], str]) -> Iterator[Point]:
    yield from _compare_steps("", record.steps, name)
    number = str(record.seats or record.share or "")
    if not number:
        return
    if record.per:
        number += " in each " + ", ".join(sorted(name(unit) for unit in record.per))
    decides = [
        f"{_speak(step.role)}: {name(actor)}"
        for step in record.steps
        if step.role in DECIDING
        for actor in step.actors
    ]
    yield Point(f"seats, {', '.join(decides) or 'nobody is named'}", number)


def _compare_term(record: Term) -> Iterator[Point]:
    of = " (of some seats)" if record.only_those_of else ""
    if record.years:
        yield Point(f"term in years{of}", str(record.years))
    if record.for_life:
        yield Point(f"term{of}", "for life")
    if record.maximum_terms:
        row = " in a row" if record.consecutive else ""
        yield Point(f"terms at most{of}", f"{record.maximum_terms}{row}")
    if record.renewed_share:
        every = f" every {record.renewed_every_years} years" if record.renewed_every_years else ""
        yield Point(f"renewal{of}", record.renewed_share + every)


def _compare_composition(record: Composition, name: Callable[[Reference], str]) -> Iterator[Point]:
    if record.size:
        yield Point("size", str(record.size))
    for part in record.parts:
        yield Point("consists of", name(part))


def _compare_eligibility(record: Eligibility, name: Callable[[Reference], str]) -> Iterator[Point]:
    numbers = {
        "minimum age": record.minimum_age,
        "maximum age": record.maximum_age,
        "residence in years": record.residence_years,
        "experience in years": record.experience_years,
    }
    for aspect, number in numbers.items():
        if number:
            yield Point(aspect, str(number))
    for other in record.incompatible_with:
        yield Point("incompatible with", name(other))
