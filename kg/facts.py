"""A graph in memory, ready to be judged: what is said of each node, and who is of which class."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.vocabulary import expand

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad, Triple

Term: TypeAlias = NamedNode | BlankNode | Literal
Properties: TypeAlias = dict[NamedNode, list[Term]]
TYPE = NamedNode(expand("rdf:type"))
_SUBCLASS = NamedNode(expand("rdfs:subClassOf"))


@dataclass(slots=True)
class Facts:
    """A graph, ready to be judged: what is said of each node, and the nodes of each class."""

    said: dict[Term, Properties] = field(default_factory=dict)
    members: dict[Term, set[Term]] = field(default_factory=dict)
    classes: dict[Term, set[Term]] = field(default_factory=dict)

    def values(self, node: Term, path: tuple[NamedNode, ...]) -> list[Term]:
        """Return the values of a node on a path, which is one property or several at once."""
        known = self.said.get(node)
        if known is None:
            return []
        if len(path) == 1:
            return known.get(path[0], [])
        return list(dict.fromkeys(value for name in path for value in known.get(name, ())))


def collect_facts(
    quads: Iterable[Quad | Triple], wanted: frozenset[NamedNode] = frozenset()
) -> Facts:
    """Return a graph as facts; every node is also of the classes above its own.

    With `wanted`, only these properties are kept, beside the classes.
    """
    facts = Facts()
    said = facts.said
    kept = wanted | {TYPE, _SUBCLASS}
    for quad in quads:
        predicate = quad.predicate
        if wanted and predicate not in kept:
            continue
        value: Any = quad.object
        subject: Any = quad.subject
        known = said.setdefault(subject, {}).setdefault(predicate, [])
        if value not in known:
            known.append(value)
    above: dict[Term, set[Term]] = {}
    for node, about in said.items():
        for kind in about.get(TYPE, ()):
            if kind not in above:
                above[kind] = _climb(kind, said)
            facts.classes.setdefault(node, set()).update(above[kind])
    for node, kinds in facts.classes.items():
        for kind in kinds:
            facts.members.setdefault(kind, set()).add(node)
    return facts


def _climb(kind: Term, said: dict[Term, Properties]) -> set[Term]:
    found, waiting = {kind}, [kind]
    while waiting:
        for wider in said.get(waiting.pop(), {}).get(_SUBCLASS, ()):
            if wider not in found:
                found.add(wider)
                waiting.append(wider)
    return found
