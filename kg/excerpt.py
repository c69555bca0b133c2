"""Parts of the graph: the subjects of one module, and what is in force on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from pyoxigraph import NamedNode

from kg.arrow import find_arrows
from kg.derive import derive_by_rules
from kg.notation import from_quads, to_quads
from kg.vocabulary import GRAPH, ONTOLOGY, expand, graph_iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Stated: TypeAlias = Any
"""A Quad of the ontology or of a dump: an IRI is a subject there, and no graph is without a name.

The library's own type allows blank nodes and quoted triples everywhere.
"""
_TYPE = NamedNode(expand("rdf:type"))
_RULE = NamedNode(expand("pol:Rule"))
_STATEMENT = NamedNode(expand("pol:Statement"))
_PERIOD = NamedNode(expand("pol:Period"))
_COMPARISON = NamedNode(expand("pol:Comparison"))
_CITATION = NamedNode(expand("pol:Citation"))
_ARROW = "arrow"


def find_homes(modules: Mapping[str, Iterable[Stated]]) -> dict[NamedNode, str]:
    """Return the module of each term of ours, from the quads of each module by its name."""
    return {
        quad.subject: name
        for name, quads in modules.items()
        for quad in quads
        if isinstance(quad.subject, NamedNode) and quad.predicate == _TYPE
    }


def part_modules(
    quads: Sequence[Stated], homes: Mapping[NamedNode, str]
) -> dict[str, list[Stated]]:
    """Return the quads of a dump by module, each in exactly one, in their order.

    A subject stands in the module that defines its class, or with what it is a part of, or with
    what refers to it. An arrow stands in the module of the arrows, apart from its subject.
    """
    found: dict[NamedNode, str] = {}
    for quad in sorted(quads, key=lambda quad: not quad.graph_name.value.endswith("/asserted")):
        home = homes.get(quad.subject) or (
            homes.get(quad.object) if quad.predicate == _TYPE and _is_ours(quad.object) else None
        )
        if home and quad.subject not in found:
            found[quad.subject] = home
    referrers: dict[NamedNode, NamedNode] = {}
    for quad in quads:
        if isinstance(quad.object, NamedNode):
            referrers.setdefault(quad.object, quad.subject)
    arrows = find_arrows(quads)
    parts: dict[str, list[Stated]] = {}
    for quad in quads:
        subject = quad.subject
        home = _ARROW if quad.predicate.value in arrows else found.get(subject)
        if home is None:
            home = found[subject] = _find_home(subject, found, referrers)
        parts.setdefault(home, []).append(quad)
    return parts


def _is_ours(node: object) -> bool:
    return isinstance(node, NamedNode) and node.value.startswith(ONTOLOGY)


def _find_home(
    subject: NamedNode,
    found: Mapping[NamedNode, str],
    referrers: Mapping[NamedNode, NamedNode],
) -> str:
    """Return the module of a subject that has no class of ours."""
    seen = set()
    while subject not in found and subject not in seen:
        seen.add(subject)
        above = NamedNode(subject.value.rpartition("/")[0] or subject.value)
        subject = above if above in found else referrers.get(subject, above)
    return found.get(subject, "source")


def keep_day(quads: Sequence[Stated], ontology: Sequence[Stated], day: str) -> list[Stated]:
    """Return the things, and of the statements the rules that certainly hold on a day.

    The day is written as in ISO 8601: `2019-01-04`. Events, figures, remarks and comparisons are
    left out, and so is whatever belongs to what is left out or is cited by nothing else. The
    arrows are derived anew, so that each is true of the day.
    """
    types: dict[NamedNode, set[NamedNode]] = {}
    bounds: dict[NamedNode, dict[str, str]] = {}
    days = {expand("pol:holdsFrom"): "from", expand("pol:holdsUntil"): "until"}
    for quad in quads:
        if quad.predicate == _TYPE:
            types.setdefault(quad.subject, set()).add(quad.object)
        elif quad.predicate.value in days:
            bounds.setdefault(quad.subject, {})[days[quad.predicate.value]] = quad.object.value
    arrows = set(map(NamedNode, find_arrows(ontology)))
    gone = {
        node
        for node, known in types.items()
        if (_STATEMENT in known and not (_RULE in known and _holds(bounds.get(node), day)))
        or _COMPARISON in known
        or (_PERIOD in known and not _holds(bounds.get(node), day))
    }
    kept = [
        quad
        for quad in quads
        if quad.predicate not in arrows
        and not _is_below(quad.subject, gone)
        and not (isinstance(quad.object, NamedNode) and _is_below(quad.object, gone))
    ]
    kept = _drop_uncited(kept, types)
    return sorted({*kept, *_derive_arrows(kept, ontology, arrows)}, key=_order)


def _holds(bounds: Mapping[str, str] | None, day: str) -> bool:
    """Whether a day lies in half-open bounds of which both are known."""
    return bounds is not None and bounds.get("from", "~") <= day < bounds.get("until", "")


def _is_below(node: NamedNode, gone: set[NamedNode]) -> bool:
    """Whether a node is one of those that are gone, or a part of one."""
    if node in gone:
        return True
    iri = node.value
    for _ in range(4):  # a part of a part of a step: no IRI is nested deeper
        iri = iri.rpartition("/")[0]
        if NamedNode(iri) in gone:
            return True
    return False


def _drop_uncited(quads: list[Stated], types: Mapping[NamedNode, set[NamedNode]]) -> list[Stated]:
    """Return quads without the citations to which nothing leads any more."""
    cited = {quad.object for quad in quads if isinstance(quad.object, NamedNode)}
    uncited = {node for node, known in types.items() if _CITATION in known and node not in cited}
    return [quad for quad in quads if not _is_below(quad.subject, uncited)]


def _derive_arrows(
    kept: Iterable[Stated], ontology: Sequence[Stated], arrows: set[NamedNode]
) -> Iterable[Stated]:
    states: dict[str, list[Stated]] = {}
    for quad in kept:
        name, _, layer = quad.graph_name.value.removeprefix(GRAPH).partition("/")
        if layer == "asserted":
            states.setdefault(name, []).append(quad)
    known = from_quads(ontology)
    for state, asserted in states.items():
        derived = derive_by_rules(from_quads(asserted), known)
        quads = to_quads(derived, graph_iri(state, "derived"))
        yield from (quad for quad in quads if quad.predicate in arrows)


def _order(quad: Stated) -> tuple[str, str]:
    return str(quad.graph_name), str(quad.triple)
