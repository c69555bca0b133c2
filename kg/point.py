"""The points of a statement: what it says of an office, an act or a treaty, to be compared.

Two sources, or two versions of a law, say the same of an office if their rules make the same
points. A point is an aspect and a value: who appoints, how many seats, for how many years, signed
on which day. What is only told in words, a ground or a condition, is no point: our own words
cannot be compared.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from kg.event import Adoption, Amendment, TreatyAction
from kg.field import Reference
from kg.partial_date import PartialDate
from kg.rule import (
    Composition,
    Eligibility,
    Force,
    Naming,
    Removal,
    Selection,
    Subordination,
    Succession,
    Term,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.field import Record, When
    from kg.rule import Step

Name: TypeAlias = Callable[[Reference], str]
"""What gives the name of a thing that a record refers to."""
DECIDING = ("appoints", "elects", "forms", "sits-ex-officio")


class Point(NamedTuple):
    """One thing that a rule says: of what aspect, and what.

    `single` says that the aspect has one value at a time, such as a number; an office may be filled
    by several actors. `date` is the value where it is a date.
    """

    aspect: str
    value: str
    single: bool = False
    date: PartialDate | None = None


_TARGETS = {
    Selection: "fills",
    Removal: "empties",
    Term: "of",
    Composition: "of",
    Eligibility: "for_",
    Succession: "vacates",
    Subordination: "subject",
    Force: "of",
    Naming: "of",
    Adoption: "of",
    Amendment: "by",
    TreatyAction: "treaty",
}
"""The field that names what a statement speaks of, by its kind."""


def find_target(record: Record) -> Reference | None:
    """Return the office, body, act or treaty of which a statement speaks, or None."""
    field = _TARGETS.get(type(record))
    target: Reference | None = getattr(record, field) if field else None
    return target


def find_points(record: Record, name: Name) -> list[Point]:
    """Return the points that a statement makes, each once; `name` gives the name of a thing."""
    compare = _COMPARERS.get(type(record))
    return list(dict.fromkeys(compare(record, name))) if compare else []


def _speak(word: str) -> str:
    return word.replace("-", " ")


def _compare_steps(prefix: str, steps: tuple[Step, ...], name: Name) -> Iterator[Point]:
    for step in steps:
        for actor in step.actors:
            role = prefix + _speak(step.role)
            yield Point(role, name(actor))
            if step.threshold:
                yield Point(f"threshold, {role}: {name(actor)}", str(step.threshold), single=True)


def _compare_selection(record: Selection, name: Name) -> Iterator[Point]:
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
    yield Point(f"seats, {', '.join(decides) or 'nobody is named'}", number, single=True)


def _compare_term(record: Term, _name: Name) -> Iterator[Point]:
    of = " (of some seats)" if record.only_those_of else ""
    if record.years:
        yield Point(f"term in years{of}", str(record.years), single=True)
    if record.for_life:
        yield Point(f"term{of}", "for life", single=True)
    if record.maximum_terms:
        row = " in a row" if record.consecutive else ""
        yield Point(f"terms at most{of}", f"{record.maximum_terms}{row}", single=True)
    if record.renewed_share:
        every = f" every {record.renewed_every_years} years" if record.renewed_every_years else ""
        yield Point(f"renewal{of}", record.renewed_share + every, single=True)


def _compare_composition(record: Composition, name: Name) -> Iterator[Point]:
    if record.size:
        yield Point("size", str(record.size), single=True)
    for part in record.parts:
        yield Point("consists of", name(part))


def _compare_eligibility(record: Eligibility, name: Name) -> Iterator[Point]:
    numbers = {
        "minimum age": record.minimum_age,
        "maximum age": record.maximum_age,
        "residence in years": record.residence_years,
        "experience in years": record.experience_years,
    }
    for aspect, number in numbers.items():
        if number:
            yield Point(aspect, str(number), single=True)
    for other in record.incompatible_with:
        yield Point("incompatible with", name(other))


def _compare_dates(dates: dict[str, When | None], *, single: bool = True) -> Iterator[Point]:
    for aspect, day in dates.items():
        if isinstance(day, PartialDate):
            yield Point(aspect, str(day), single, day)


def _compare_amendment(record: Amendment, _name: Name) -> Iterator[Point]:
    """Yield the date and how many articles were changed, as counted or as named."""
    yield from _compare_dates({"dated": record.on})
    named = {place.article.partition(" ")[0] for place in record.touches if place.article}
    if record.articles or named:
        yield Point("articles changed", str(record.articles or len(named)), single=True)


def _compare_succession(record: Succession, name: Name) -> Iterator[Point]:
    for step in record.steps:
        for actor in step.actors:
            if step.role == "succeeds":
                yield Point(f"succeeds, {step.order}", name(actor))


_COMPARERS: dict[type, Callable[[Any, Name], Iterable[Point]]] = {
    Selection: _compare_selection,
    Removal: lambda record, name: _compare_steps("removal: ", record.steps, name),
    Term: _compare_term,
    Composition: _compare_composition,
    Eligibility: _compare_eligibility,
    Succession: _compare_succession,
    Subordination: lambda record, name: [Point(_speak(record.relation), name(record.superior))],
    Force: lambda record, _: _compare_dates(
        {"in force from": record.from_, "in force until": record.until}
    ),
    Naming: lambda record, _: [Point("name", dict(record.name.names)["en"][0], single=True)],
    Adoption: lambda record, _: _compare_dates({"adopted on": record.on}),
    Amendment: _compare_amendment,
    # An entry of a table gives the days of several actions.
    TreatyAction: lambda record, _: _compare_dates(
        {_speak(record.action): record.on}, single=False
    ),
}
"""How each kind of statement is taken apart."""
