"""SHACL over the graph in memory: the shapes compiled once, each judging its nodes in one pass.

pySHACL is the reference, and takes some seconds for each ten thousand triples. This module knows
the constraints that our shapes use and gives the same results, which a test demands of the real
data and of every planted fault. A constraint that it does not know is an error and not a pass.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import RdfFormat, Store, parse

from kg.classes import TYPE
from kg.constraint import MAKERS, Check
from kg.facts import Facts, Pairs
from kg.notation import from_quads, read_value, render
from kg.notation import node as name_node
from kg.vocabulary import PREFIXES, find_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from kg.notation import Term, Triple

SH = "http://www.w3.org/ns/shacl#"
_FIRST, _REST, _NIL = (name_node(f"rdf:{name}") for name in ("first", "rest", "nil"))
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

    It judges all nodes of a class at once. A node shape has no `path` and judges the node itself.
    To one that is `demanding` the absence of all values can be a fault.
    """

    name: str
    path: tuple[Term, ...]
    targets: tuple[Term, ...]
    severity: str
    message: str
    checks: tuple[tuple[str, Check], ...]
    inner: tuple[Shape, ...]
    queries: tuple[Query, ...]
    demanding: bool

    def judge(self, nodes: Collection[Term], facts: Facts) -> list[Result]:
        """Return the faults of nodes."""
        pairs = self._pair(nodes, facts)
        found = [
            Result(
                read_value(node),
                self.name,
                SH + component,
                "" if value is None else read_value(value),
                self.severity,
                "",
                self.message,
            )
            for component, check in self.checks
            for node, value in check(pairs, facts)
        ]
        if self.inner:
            values = {value for _, values in pairs for value in values} if self.path else nodes
            for shape in self.inner:
                found += shape.judge(values, facts)
        return found

    def find_faulty(self, nodes: Collection[Term], facts: Facts) -> set[Term]:
        """Return those of the nodes that have a fault."""
        pairs = self._pair(nodes, facts)
        faulty = {node for _, check in self.checks for node, _ in check(pairs, facts)}
        for shape in self.inner:
            wrong = shape.find_faulty({v for _, values in pairs for v in values}, facts)
            faulty.update(node for node, values in pairs if wrong.intersection(values))
        return faulty

    def _pair(self, nodes: Iterable[Term], facts: Facts) -> Pairs:
        """Return nodes with the values at which the shape looks."""
        if self.path:
            return facts.pair(nodes, self.path, empty=self.demanding)
        return [(node, (node,)) for node in nodes]


class Shapes(NamedTuple):
    """All shapes on the data, and the properties at which they look."""

    shapes: tuple[Shape, ...]
    properties: frozenset[Term]


def judge_graph(pieces: Iterable[Collection[Triple]], shapes: Shapes) -> list[Result]:
    """Return all faults that the shapes find in a graph, each once, ordered.

    It may come in pieces: the store takes in each while the next is made. It gets the triples that
    the queries can see, those whose property they name, and of the classes those that they name.
    """
    queries = [(shape, query) for shape in shapes.shapes for query in shape.queries]
    names = {f"<{name}>" for name in find_names(" ".join(query.text for _, query in queries))}
    names.update(target for shape, _ in queries for target in shape.targets)
    facts, store = Facts(shapes.properties), Store()
    with ThreadPoolExecutor(1) as pool:  # it does one thing after the other
        loading = []
        for triples in pieces:
            seen = [t for t in triples if t[1] in names and (t[1] != TYPE or t[2] in names)]
            lines = render(seen)
            loading.append(pool.submit(_load, store, lines))
            facts.add(triples)
        asked = pool.submit(_ask_all, store, queries)
        found = set(_judge_all(facts, shapes))
        for loaded in loading:
            loaded.result()
        return sorted(found.union(asked.result()))


def _judge_all(facts: Facts, shapes: Shapes) -> Iterator[Result]:
    for shape in shapes.shapes:
        nodes: set[Term] = set().union(*(facts.members.get(kind, ()) for kind in shape.targets))
        yield from shape.judge(nodes, facts)


def _load(store: Store, lines: bytes) -> None:
    store.load(lines, RdfFormat.N_TRIPLES, lenient=True)


def _ask_all(store: Store, queries: Iterable[tuple[Shape, Query]]) -> list[Result]:
    return [result for shape, query in queries for result in _ask(store, shape, query)]


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

    Raises ValueError for a constraint that is not known here, or that asks for what it cannot see.
    """
    said: dict[Term, dict[Term, list[Term]]] = {}
    named: set[Term] = set()
    for path in sorted(folder.glob("*.ttl")):
        if path.name != "ontology.ttl":
            for node, name, value in from_quads(parse(path=str(path), format=RdfFormat.TURTLE)):
                said.setdefault(node, {}).setdefault(name, []).append(value)
                if value[0] == "<":
                    named.add(value)
    reader = _Reader(said)
    kind = f"<{SH}NodeShape>"
    nodes = sorted(node for node, about in said.items() if kind in about.get(TYPE, ()))
    return Shapes(tuple(reader.read(node) for node in nodes), frozenset(named))


class _Reader:
    """Compiles shapes from what the Turtle files say of them, each once."""

    def __init__(self, said: dict[Term, dict[Term, list[Term]]]) -> None:
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
        return self.said.get(node, {}).get(f"<{SH}{name}>", [])

    def _compile(self, node: Term) -> Shape:
        checks = []
        for predicate, limits in self.said[node].items():
            name = read_value(predicate).removeprefix(SH)
            if predicate == TYPE or name in _ABOUT_SHAPES:
                continue
            if name not in MAKERS:
                raise ValueError(f"{node}: sh:{name} is not known in kg/constraint.py")
            component = name[0].upper() + name[1:] + "ConstraintComponent"
            checks += [(component, MAKERS[name](limit, self)) for limit in limits]
        severity, message = self._get(node, "severity"), self._get(node, "message")
        targets = tuple(self._get(node, "targetClass"))
        return Shape(
            name=read_value(node) if node[0] == "<" else "",
            path=self._read_path(node),
            targets=targets,
            severity=read_value(severity[0]).removeprefix(SH) if severity else "Violation",
            message=read_value(message[0]) if message else "",
            checks=tuple(checks),
            inner=tuple(self.read(part) for part in self._get(node, "property")),
            queries=tuple(self._read_query(part, targets) for part in self._get(node, "sparql")),
            demanding=any(component in _OF_ABSENCE for component, _ in checks),
        )

    def _read_query(self, node: Term, targets: tuple[Term, ...]) -> Query:
        """Return a SPARQL constraint, asked of all nodes of the targets at once."""
        head, brace, body = read_value(self._get(node, "select")[0]).partition("{")
        if re.search(r"\ba\s+[?$]", body):
            raise ValueError(f"{node}: it asks for a class by a variable, and would see none")
        classes = " ".join(targets)
        query = f"{head}{brace} VALUES ?target {{ {classes} }} $this a ?target . {body}"
        return Query(read_value(node), read_value(self._get(node, "message")[0]), query)

    def _read_path(self, node: Term) -> tuple[Term, ...]:
        found = self._get(node, "path")
        if found and found[0][0] == "_":
            found = list(self.read_list(self._get(found[0], "alternativePath")[0]))
        return tuple(found)
