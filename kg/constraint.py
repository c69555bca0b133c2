"""The constraints of SHACL that our shapes use, each a function that judges values of a node."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Protocol, TypeAlias

from pyoxigraph import BlankNode, Literal

from kg.facts import Facts, Term
from kg.vocabulary import expand

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEXICAL = {
    expand("xsd:integer"): re.compile(r"[+-]?\d+"),
    expand("xsd:decimal"): re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)"),
    expand("xsd:boolean"): re.compile(r"true|false|0|1"),
    expand("xsd:date"): re.compile(r"-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"),
    expand("xsd:gYearMonth"): re.compile(r"-?\d{4,}-(0[1-9]|1[0-2])"),
    expand("xsd:gYear"): re.compile(r"-?\d{4,}"),
}
_NUMBERS = {expand("xsd:integer"), expand("xsd:decimal")}
Check: TypeAlias = Callable[[Term, list[Term], Facts], Iterable[Term | None]]
"""Judges the values of a node: gives those at fault, or None for a fault without a value."""


class Judge(Protocol):
    """A shape, as far as a constraint that names one needs it."""

    def judge(self, node: Term, facts: Facts) -> Iterable[object]:
        """Return the faults of a node."""


class Reader(Protocol):
    """What reads shapes, as far as a constraint that names some needs it."""

    def read(self, node: Term) -> Judge:
        """Return the shape of a node."""

    def read_list(self, node: Term) -> Iterator[Term]:
        """Yield the items of an RDF list."""


def _read_number(term: Term) -> Decimal | None:
    if isinstance(term, Literal) and term.datatype.value in _NUMBERS:
        try:
            return Decimal(term.value)
        except InvalidOperation:
            return None
    return None


def _compare(one: Term, other: Term) -> int | None:
    """Return -1, 0 or 1, or None where the two cannot be compared."""
    if not (isinstance(one, Literal) and isinstance(other, Literal)):
        return None
    numbers = _read_number(one), _read_number(other)
    if numbers[0] is not None and numbers[1] is not None:
        return (numbers[0] > numbers[1]) - (numbers[0] < numbers[1])
    if one.datatype == other.datatype and not (one.language or other.language):
        return (one.value > other.value) - (one.value < other.value)
    return None


def _has_datatype(term: Term, datatype: str) -> bool:
    if not isinstance(term, Literal) or term.datatype.value != datatype:
        return False
    form = _LEXICAL.get(datatype)
    return form is None or bool(form.fullmatch(term.value))


def _make_min_count(limit: Term, _: Reader) -> Check:
    least = int(limit.value)
    return lambda _node, values, _facts: () if len(values) >= least else (None,)


def _make_max_count(limit: Term, _: Reader) -> Check:
    most = int(limit.value)
    return lambda _node, values, _facts: () if len(values) <= most else (None,)


def _make_class(limit: Term, _: Reader) -> Check:
    return lambda _node, values, facts: [
        value for value in values if limit not in facts.classes.get(value, ())
    ]


def _make_datatype(limit: Term, _: Reader) -> Check:
    return lambda _node, values, _facts: [v for v in values if not _has_datatype(v, limit.value)]


def _make_node(limit: Term, reader: Reader) -> Check:
    shape = reader.read(limit)
    return lambda _node, values, facts: [
        value for value in values if any(True for _ in shape.judge(value, facts))
    ]


def _make_or(limit: Term, reader: Reader) -> Check:
    shapes = [reader.read(item) for item in reader.read_list(limit)]
    return lambda _node, values, facts: [
        value
        for value in values
        if all(any(True for _ in shape.judge(value, facts)) for shape in shapes)
    ]


def _make_in(limit: Term, reader: Reader) -> Check:
    allowed = set(reader.read_list(limit))
    return lambda _node, values, _facts: [value for value in values if value not in allowed]


def _make_has_value(limit: Term, _: Reader) -> Check:
    return lambda _node, values, _facts: () if limit in values else (None,)


def _make_pattern(limit: Term, _: Reader) -> Check:
    form = re.compile(limit.value)
    return lambda _node, values, _facts: [
        value for value in values if isinstance(value, BlankNode) or not form.search(value.value)
    ]


def _make_bound(accept: Callable[[int], bool]) -> Callable[[Term, Reader], Check]:
    def make(limit: Term, _: Reader) -> Check:
        def check(_node: Term, values: list[Term], _facts: Facts) -> Iterable[Term]:
            for value in values:
                order = _compare(value, limit)
                if order is None or not accept(order):
                    yield value

        return check

    return make


def _make_order(accept: Callable[[int], bool]) -> Callable[[Term, Reader], Check]:
    def make(limit: Term, _: Reader) -> Check:
        def check(node: Term, values: list[Term], facts: Facts) -> Iterable[Term]:
            for value in values:
                for other in facts.values(node, (limit,)):  # type: ignore[arg-type] # a property
                    order = _compare(value, other)
                    if order is None or not accept(order):
                        yield value

        return check

    return make


def _make_disjoint(limit: Term, _: Reader) -> Check:
    return lambda node, values, facts: [
        value
        for value in values
        if value in facts.values(node, (limit,))  # type: ignore[arg-type] # a property
    ]


def _make_unique_lang(limit: Term, _: Reader) -> Check:
    def check(_node: Term, values: list[Term], _facts: Facts) -> Iterable[None]:
        tongues = [v.language for v in values if isinstance(v, Literal) and v.language]
        return [None for tongue in sorted(set(tongues)) if tongues.count(tongue) > 1]

    return check if limit.value == "true" else lambda _node, _values, _facts: ()


MAKERS: dict[str, Callable[[Term, Reader], Check]] = {
    "class": _make_class,
    "datatype": _make_datatype,
    "disjoint": _make_disjoint,
    "hasValue": _make_has_value,
    "in": _make_in,
    "lessThan": _make_order(lambda order: order < 0),
    "lessThanOrEquals": _make_order(lambda order: order <= 0),
    "maxCount": _make_max_count,
    "maxInclusive": _make_bound(lambda order: order <= 0),
    "minCount": _make_min_count,
    "minExclusive": _make_bound(lambda order: order > 0),
    "minInclusive": _make_bound(lambda order: order >= 0),
    "node": _make_node,
    "or": _make_or,
    "pattern": _make_pattern,
    "uniqueLang": _make_unique_lang,
}
"""How each kind of constraint is compiled."""
