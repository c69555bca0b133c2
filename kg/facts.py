"""A graph in memory, ready to be judged: the values of each property, the nodes of each class."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from kg.classes import ABOVE, TYPE, climb

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from kg.notation import Term, Triple

Column: TypeAlias = "dict[Term, list[Term]]"
"""The values of one property, each once, by the node of which they are said."""
Pairs: TypeAlias = "Collection[tuple[Term, Sequence[Term]]]"
"""Nodes, each with the values at which a shape looks."""


class Facts:
    """A graph, ready to be judged: what is said by each property, and the nodes of each class."""

    def __init__(self, wanted: Iterable[Term]) -> None:
        """Begin with an empty graph, of which only the properties that are wanted count."""
        self.said: dict[Term, Column] = {name: {} for name in (*wanted, TYPE, ABOVE)}

    def add(self, triples: Iterable[Triple]) -> None:
        """Add triples to the graph."""
        said = self.said
        for subject, predicate, value in triples:
            column = said.get(predicate)
            if column is None:
                continue
            values = column.get(subject)
            if values is None:
                column[subject] = [value]
            elif value not in values:
                values.append(value)

    @cached_property
    def members(self) -> dict[Term, set[Term]]:
        """The nodes of each class; a node is also of the classes above its own.

        To be asked for when the graph is complete.
        """
        return _sort_by_class(self.said)

    def values(self, node: Term, path: Sequence[Term]) -> Sequence[Term]:
        """Return the values of a node on a path, which is one property or several at once."""
        if len(path) == 1:
            return self.said[path[0]].get(node, ())
        found = (self.said[name].get(node, ()) for name in path)
        return list(dict.fromkeys(value for values in found for value in values))

    def pair(self, nodes: Iterable[Term], path: Sequence[Term], *, empty: bool) -> Pairs:
        """Return nodes with their values on a path; those that have none only if `empty`."""
        if len(path) > 1:
            pairs = [(node, self.values(node, path)) for node in nodes]
            return pairs if empty else [(node, values) for node, values in pairs if values]
        column = self.said[path[0]]
        if empty:
            return [(node, column.get(node, ())) for node in nodes]
        return [(node, column[node]) for node in nodes if node in column]


def _sort_by_class(said: dict[Term, Column]) -> dict[Term, set[Term]]:
    direct: dict[Term, list[Term]] = defaultdict(list)
    for node, kinds in said[TYPE].items():
        for kind in kinds:
            direct[kind].append(node)
    members: dict[Term, set[Term]] = defaultdict(set)
    for kind, nodes in direct.items():
        for wider in climb(kind, said[ABOVE]):
            members[wider].update(nodes)
    return members
