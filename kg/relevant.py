"""What of the data can contradict anything: the small part that a reasoner has to see.

Most triples say nothing that the classes of their two ends do not say already. A reasoner that
gets all of them takes minutes and finds the same. Three steps leave them out, and each keeps the
data consistent if it was, and inconsistent if it was:

1. A class of an individual that is above another of its classes follows from that.
2. Of a plain property (kg/logic.py) the ontology says nothing but domain and range. Where both
   ends have these classes, a model without the triple becomes one with it by adding the pair, so
   that the triple contradicts nothing.
3. Of individuals that are alike in their classes, and in what still links them to the words of
   the ontology, one stands for all: in a model the others can be that one, since nothing says
   that two names mean two things. Individuals that other triples link are all kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from kg.iri import read_iri
from kg.vocabulary import expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Quad

    from kg.logic import Logic

_A = expand("rdf:type")
_LANGUAGE_TEXT, _TEXT = expand("rdf:langString"), expand("rdf:PlainLiteral")


def keep_relevant(data: Iterable[Triple | Quad], logic: Logic) -> list[Triple]:
    """Return the triples of the data that can have a part in a contradiction, in their order."""
    classes, links = _sort_out(data, logic)
    told = dict(logic.words)
    for thing, found in classes.items():
        told[thing] = frozenset().union(*(logic.above[c] for c in found), told.get(thing, ()))
    kept = [Triple(t.subject, t.predicate, t.object) for t in links if not _follows(t, told, logic)]
    alike = _choose_from_alike(kept, classes, logic)
    a = NamedNode(_A)
    types = [
        Triple(NamedNode(thing), a, NamedNode(c))
        for thing, found in classes.items()
        if thing in alike
        for c in sorted(found)
        if not any(_is_above(c, other, logic) for other in found)
    ]
    return types + [t for t in kept if read_iri(t.subject) in alike]


def _is_above(upper: str, lower: str, logic: Logic) -> bool:
    """Tell whether a class is above another, and not the same by another name."""
    return upper in logic.above[lower] and lower not in logic.above[upper]


def _sort_out(
    data: Iterable[Triple | Quad], logic: Logic
) -> tuple[dict[str, set[str]], list[Triple | Quad]]:
    """Return the classes of each individual, and what is said with declared properties."""
    classes: dict[str, set[str]] = {}
    links: list[Triple | Quad] = []
    for t in data:
        predicate = t.predicate.value
        if predicate == _A and read_iri(t.object) in logic.above:
            classes.setdefault(read_iri(t.subject), set()).add(read_iri(t.object))
        elif predicate in logic.properties:
            links.append(t)
    return classes, links


def _follows(t: Triple | Quad, told: Mapping[str, frozenset[str]], logic: Logic) -> bool:
    """Tell whether a triple demands nothing that its ends are not said to be already."""
    demand = logic.plain.get(t.predicate.value)
    if demand is None or not demand.subject <= told.get(read_iri(t.subject), frozenset()):
        return False
    if isinstance(t.object, Literal):
        datatype = t.object.datatype.value
        return demand.value <= {_TEXT if datatype == _LANGUAGE_TEXT else datatype}
    return demand.value <= told.get(read_iri(t.object), frozenset())


def _choose_from_alike(
    links: list[Triple], classes: Mapping[str, set[str]], logic: Logic
) -> set[str]:
    """Return the individuals to keep: all that are linked, and one of each sort of the others.

    The words of the ontology are kept, since its axioms name them.
    """
    linked = {thing for thing in classes if thing in logic.words}
    worded: dict[str, set[tuple[str, str]]] = {}
    for t in links:
        subject, target = read_iri(t.subject), read_iri(t.object)
        if target in logic.words:
            worded.setdefault(subject, set()).add((t.predicate.value, target))
        else:
            linked |= {subject, target}
    first: dict[object, str] = {}
    for thing in dict.fromkeys([*classes, *worded]):
        if thing not in linked:
            sort = (frozenset(classes.get(thing, ())), frozenset(worded.get(thing, ())))
            first.setdefault(sort, thing)
    return linked | set(first.values())
