"""The constraints of SHACL that our shapes use, each a function that judges values of nodes."""

from __future__ import annotations

import functools
import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from kg.notation import Term, read_datatype, read_language, read_value
from kg.vocabulary import expand

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from kg.facts import Facts, Pairs

_LEXICAL = {
    expand("xsd:integer"): r"[+-]?\d+",
    expand("xsd:decimal"): r"[+-]?(\d+(\.\d*)?|\.\d+)",
    expand("xsd:boolean"): r"true|false|0|1",
    expand("xsd:date"): r"-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])",
    expand("xsd:gYearMonth"): r"-?\d{4,}-(0[1-9]|1[0-2])",
    expand("xsd:gYear"): r"-?\d{4,}",
}
_NUMBERS = {expand("xsd:integer"), expand("xsd:decimal")}
_UNORDERED = {"", expand("rdf:langString")}
Fault: TypeAlias = "tuple[Term, Term | None]"
"""A node with the value at fault, or None for a fault without a value."""
Check: TypeAlias = "Callable[[Pairs, Facts], Iterable[Fault]]"
"""Judges the values of nodes."""


class Judge(Protocol):
    """A shape, as far as a constraint that names one needs it."""

    def find_faulty(self, nodes: Collection[Term], facts: Facts) -> set[Term]:
        """Return those of the nodes that have a fault."""


class Reader(Protocol):
    """What reads shapes, as far as a constraint that names some needs it."""

    def read(self, node: Term) -> Judge:
        """Return the shape of a node."""

    def read_list(self, node: Term) -> Iterator[Term]:
        """Yield the items of an RDF list."""


@functools.lru_cache(maxsize=10_000)
def _compare(one: Term, other: Term) -> int | None:
    """Return -1, 0 or 1, or None where the two cannot be compared."""
    kinds = {read_datatype(one), read_datatype(other)}
    if not (kinds <= _NUMBERS or (len(kinds) == 1 and kinds.isdisjoint(_UNORDERED))):
        return None
    first: Any = read_value(one)
    second: Any = read_value(other)
    if kinds <= _NUMBERS:
        try:
            first, second = Decimal(first), Decimal(second)
        except InvalidOperation:
            return None
    return int(first > second) - int(first < second)


def _find_values(accept: Callable[[Term], object]) -> Check:
    """Return a check that is about each value by itself, whatever the node is."""
    return lambda pairs, _facts: [
        (node, value) for node, values in pairs for value in values if not accept(value)
    ]


def _make_min_count(limit: Term, _: Reader) -> Check:
    least = int(read_value(limit))
    return lambda pairs, _facts: [(node, None) for node, values in pairs if len(values) < least]


def _make_max_count(limit: Term, _: Reader) -> Check:
    most = int(read_value(limit))
    return lambda pairs, _facts: [(node, None) for node, values in pairs if len(values) > most]


def _make_class(limit: Term, _: Reader) -> Check:
    def check(pairs: Pairs, facts: Facts) -> Iterable[Fault]:
        members = facts.members.get(limit, ())
        return [(node, value) for node, values in pairs for value in values if value not in members]

    return check


def _make_datatype(limit: Term, _: Reader) -> Check:
    datatype = read_value(limit)
    if datatype == expand("rdf:langString"):
        return _find_values(read_language)
    if datatype == expand("xsd:string"):
        return _find_values(lambda value: value[-1] == '"')
    form = rf'"({_LEXICAL.get(datatype, ".*")})"\^\^{re.escape(limit)}'
    return _find_values(re.compile(form, re.DOTALL).fullmatch)


def _find_unfit(shapes: Iterable[Judge]) -> Check:
    """Return a check that each value fits one of the shapes."""

    def check(pairs: Pairs, facts: Facts) -> Iterable[Fault]:
        faulty = {value for _, values in pairs for value in values}
        for shape in shapes:
            faulty = shape.find_faulty(faulty, facts)
        return [(node, value) for node, values in pairs for value in values if value in faulty]

    return check


def _make_node(limit: Term, reader: Reader) -> Check:
    return _find_unfit([reader.read(limit)])


def _make_or(limit: Term, reader: Reader) -> Check:
    return _find_unfit([reader.read(item) for item in reader.read_list(limit)])


def _make_in(limit: Term, reader: Reader) -> Check:
    return _find_values(frozenset(reader.read_list(limit)).__contains__)


def _make_has_value(limit: Term, _: Reader) -> Check:
    return lambda pairs, _facts: [(node, None) for node, values in pairs if limit not in values]


def _make_pattern(limit: Term, _: Reader) -> Check:
    form = re.compile(read_value(limit))
    return _find_values(lambda value: value[0] != "_" and form.search(read_value(value)))


def _make_bound(accept: Callable[[int], bool]) -> Callable[[Term, Reader], Check]:
    def make(limit: Term, _: Reader) -> Check:
        def fits(value: Term) -> bool:
            order = _compare(value, limit)
            return order is not None and accept(order)

        return _find_values(fits)

    return make


def _make_order(accept: Callable[[int], bool]) -> Callable[[Term, Reader], Check]:
    def make(limit: Term, _: Reader) -> Check:
        def check(pairs: Pairs, facts: Facts) -> Iterable[Fault]:
            for node, values in pairs:
                others = facts.values(node, (limit,))
                for value in values:
                    orders = (_compare(value, other) for other in others)
                    if not all(order is not None and accept(order) for order in orders):
                        yield node, value

        return check

    return make


def _make_disjoint(limit: Term, _: Reader) -> Check:
    return lambda pairs, facts: [
        (node, value)
        for node, values in pairs
        for value in values
        if value in facts.values(node, (limit,))
    ]


def _make_unique_lang(limit: Term, _: Reader) -> Check:
    def check(pairs: Pairs, _facts: Facts) -> Iterable[Fault]:
        for node, values in pairs:
            tongues = [*filter(None, map(read_language, values))]
            if len(set(tongues)) < len(tongues):
                yield node, None

    return check if read_value(limit) == "true" else lambda _pairs, _facts: ()


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
