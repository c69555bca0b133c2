"""SHACL over the graph in memory: the shapes compiled once, each judging its nodes in one pass.

pySHACL is the reference, and takes some seconds for each ten thousand triples. This module knows
the constraints that our shapes use and gives the same results, which a test demands of the real
data and of every planted fault. A constraint that it does not know is an error and not a pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from kg.constraint import MAKERS, Check
from kg.facts import TYPE, Facts, Properties, Term, collect_facts
from kg.vocabulary import PREFIXES, expand, find_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SH = "http://www.w3.org/ns/shacl#"
_FIRST, _REST = NamedNode(expand("rdf:first")), NamedNode(expand("rdf:rest"))
_NIL = NamedNode(expand("rdf:nil"))
_OF_ABSENCE = {"MinCountConstraintComponent", "HasValueConstraintComponent"}
_ABOUT_SHAPES = {"path", "severity", "message", "property", "targetClass", "sparql"}


class Result(NamedTuple):
    """One fault that a shape found; the names are IRIs, and `value` is empty where there is none.

    `severity` is Violation, Warning or Info, `component` the kind of constraint, and `constraint`
    the name of a SPARQL constraint.
    """

    focus: str
    shape: str
    component: str
    value: str
    severity: str
    constraint: str
    message: str


class Query(NamedTuple):
    """A SPARQL constraint: its name, what it says of a fault, and its text."""

    name: str
    message: str
    text: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape or property shape: where it looks, and what it demands there.

    A node shape has no `path` and judges the node itself. To one that is `demanding` the absence of
    all values can be a fault.
    """

    name: str
    path: tuple[NamedNode, ...]
    targets: tuple[NamedNode, ...]
    severity: str
    message: str
    checks: tuple[tuple[str, Check], ...]
    inner: tuple[Shape, ...]
    queries: tuple[Query, ...]
    demanding: bool

    def judge(self, node: Term, facts: Facts) -> list[Result]:
        """Return the faults of a node."""
        found: list[Result] = []
        values = facts.values(node, self.path) if self.path else [node]
        if not values and not self.demanding:
            return found
        for component, check in self.checks:
            for value in check(node, values, facts):
                shown = "" if value is None else value.value
                found.append(
                    Result(
                        node.value, self.name, SH + component, shown, self.severity, "",
                        self.message,
                    )
                )  # fmt: skip
        for shape in self.inner:
            for value in values:
                found += shape.judge(value, facts)
        return found


class Shapes(NamedTuple):
    """All shapes on the data, and the properties at which they look."""

    shapes: tuple[Shape, ...]
    properties: frozenset[NamedNode]


def judge_graph(quads: Sequence[Quad], shapes: Shapes) -> list[Result]:
    """Return all faults that the shapes find in a graph, each once, ordered."""
    facts = collect_facts(quads, shapes.properties)
    found: set[Result] = set()
    store: Store | None = None
    for shape in shapes.shapes:
        nodes = {node for target in shape.targets for node in facts.members.get(target, ())}
        for node in nodes:
            found.update(shape.judge(node, facts))
        for query in shape.queries:
            store = store or _load(quads, shapes)
            found.update(_ask(store, shape, query))
    return sorted(found)


def _load(quads: Sequence[Quad], shapes: Shapes) -> Store:
    """Return a store of the triples that the queries can see: those whose property they name."""
    names = find_names(" ".join(query.text for shape in shapes.shapes for query in shape.queries))
    store = Store()
    store.bulk_extend(
        Quad(q.subject, q.predicate, q.object) for q in quads if q.predicate.value in names
    )
    return store


def _ask(store: Store, shape: Shape, query: Query) -> Iterator[Result]:
    """Yield the faults that a query finds, asked of all nodes of the target at once."""
    solutions: Any = store.query(query.text, prefixes=PREFIXES)
    names = [variable.value for variable in solutions.variables]
    component = SH + "SPARQLConstraintComponent"
    for solution in solutions:
        row = {name: solution[name] for name in names if solution[name] is not None}
        said = query.message
        for name, value in row.items():
            said = said.replace(f"{{?{name}}}", value.value)
        value = row.get("value") or row["this"]
        yield Result(
            row["this"].value,
            shape.name,
            component,
            value.value,
            shape.severity,
            query.name,
            said,
        )


def read_shapes(folder: Path) -> Shapes:
    """Return the shapes on the data: all files of a folder but `ontology.ttl`.

    Raises ValueError for a constraint that is not known here.
    """
    said: dict[Term, Properties] = {}
    named: set[NamedNode] = set()
    for path in sorted(folder.glob("*.ttl")):
        if path.name != "ontology.ttl":
            for triple in parse(path=str(path), format=RdfFormat.TURTLE):
                about: Any = said.setdefault(triple.subject, {})
                about.setdefault(triple.predicate, []).append(triple.object)
                if isinstance(triple.object, NamedNode):
                    named.add(triple.object)
    reader = _Reader(said)
    kind = NamedNode(SH + "NodeShape")
    nodes = sorted((node for node, about in said.items() if kind in about.get(TYPE, ())), key=str)
    return Shapes(tuple(reader.read(node) for node in nodes), frozenset(named))


class _Reader:
    """Compiles shapes from what the Turtle files say of them, each once."""

    def __init__(self, said: dict[Term, Properties]) -> None:
        self.said = said
        self.known: dict[Term, Shape] = {}

    def read(self, node: Term) -> Shape:
        """Return the shape of a node."""
        if node not in self.known:
            self.known[node] = self._compile(node)
        return self.known[node]

    def read_list(self, node: Term) -> Iterator[Term]:
        """Yield the items of an RDF list."""
        while node != _NIL:
            yield self.said[node][_FIRST][0]
            node = self.said[node][_REST][0]

    def _get(self, node: Term, name: str) -> list[Term]:
        return self.said.get(node, {}).get(NamedNode(SH + name), [])

    def _compile(self, node: Term) -> Shape:
        checks = []
        for predicate, limits in self.said[node].items():
            name = predicate.value.removeprefix(SH)
            if predicate == TYPE or name in _ABOUT_SHAPES:
                continue
            if name not in MAKERS:
                raise ValueError(f"{node}: sh:{name} is not known in kg/constraint.py")
            component = name[0].upper() + name[1:] + "ConstraintComponent"
            checks += [(component, MAKERS[name](limit, self)) for limit in limits]
        severity, message = self._get(node, "severity"), self._get(node, "message")
        targets: Any = tuple(self._get(node, "targetClass"))
        return Shape(
            name=node.value if isinstance(node, NamedNode) else "",
            path=self._read_path(node),
            targets=targets,
            severity=severity[0].value.removeprefix(SH) if severity else "Violation",
            message=message[0].value if message else "",
            checks=tuple(checks),
            inner=tuple(self.read(part) for part in self._get(node, "property")),
            queries=tuple(self._read_query(part, targets) for part in self._get(node, "sparql")),
            demanding=any(component in _OF_ABSENCE for component, _ in checks),
        )

    def _read_query(self, node: Term, targets: tuple[NamedNode, ...]) -> Query:
        """Return a SPARQL constraint, asked of all nodes of the targets at once."""
        head, brace, body = self._get(node, "select")[0].value.partition("{")
        classes = " ".join(map(str, targets))
        query = f"{head}{brace} VALUES ?target {{ {classes} }} $this a ?target . {body}"
        return Query(node.value, self._get(node, "message")[0].value, query)

    def _read_path(self, node: Term) -> tuple[NamedNode, ...]:
        found: list[Any] = self._get(node, "path")
        if not found or isinstance(found[0], NamedNode):
            return tuple(found)
        names: list[Any] = list(self.read_list(self._get(found[0], "alternativePath")[0]))
        return tuple(names)
