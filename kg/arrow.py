"""What an arrow is, and the arrows that HermiT derives, from one sort of step to all alike.

HermiT lists the values of a property by trying every individual with every property that has a
chain; on all steps of the real data that takes a minute. A chain leads along one step and its
rule, or along one relation, so that steps that agree in their role and in how their rule leads to
what it is about give the same arrow. HermiT is asked once for each such sort.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from kg.iri import read_iri
from kg.logic import write_axioms
from kg.vocabulary import ONTOLOGY, expand

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import Quad

    from kg.logic import Logic

    Arrow = tuple[str, str, str]
    Sort = tuple[Arrow, ...]
    Sample = tuple[Sort, dict[str, str]]

_SORT = "urn:x:sort/"
_ARROW_OF = ONTOLOGY + "arrowOf"
_A, _CHAIN = expand("rdf:type"), expand("owl:propertyChainAxiom")
_ACTOR, _ROLE, _STEP = expand("pol:actor"), expand("pol:role"), expand("pol:isStepOf")
_LINKS = tuple(map(expand, ("pol:fills", "pol:empties", "pol:vacates", "pol:concerns")))
_SUBJECT, _RELATION, _SUPERIOR = map(expand, ("pol:subject", "pol:relation", "pol:superior"))
_LEADING = {_ACTOR, _ROLE, _STEP, *_LINKS, _SUBJECT, _RELATION, _SUPERIOR}


def find_arrows(triples: Collection[Triple | Quad]) -> frozenset[str]:
    """Return the properties that are arrows by what the triples of an ontology or a dump say.

    A role or a relation names its arrow, which a dump repeats, and a property chain derives it,
    which a reasoner is given. In the ontology the two are the same arrows.
    """
    named = {read_iri(t.object) for t in triples if t.predicate.value.startswith(_ARROW_OF)}
    return frozenset(named | {read_iri(t.subject) for t in triples if t.predicate.value == _CHAIN})


def derive_arrows(
    asserted: Mapping[str, Sequence[Triple | Quad]], logic: Logic, *, whole: bool = False
) -> dict[str, frozenset[Arrow]]:
    """Return the arrows that HermiT derives from the asserted graphs of some States.

    With `whole` it gets every step and every relation of each State as they stand. Raises
    EnvironmentProblem where there is no Java or it fails.
    """
    if whole:
        return {state: _derive_from_all(triples, logic) for state, triples in asserted.items()}
    samples = {state: list(_list_samples(triples)) for state, triples in asserted.items()}
    sorts = dict.fromkeys(sort for found in samples.values() for sort, _ in found)
    places = {sort: f"{_SORT}{number}/" for number, sort in enumerate(sorts)}
    given = [
        Triple(*(NamedNode(term if ":" in term else place + term) for term in triple))
        for sort, place in places.items()
        for triple in sort
    ]
    by_place: dict[str, list[Arrow]] = {}
    for start, arrow, end in _conclude_arrows(given, logic):
        place, _, first = start.rpartition("/")
        by_place.setdefault(place + "/", []).append((first, arrow, end.rpartition("/")[2]))
    return {
        state: frozenset(
            (nodes[start], arrow, nodes[end])
            for sort, nodes in found
            for start, arrow, end in by_place.get(places[sort], ())
        )
        for state, found in samples.items()
    }


def _derive_from_all(triples: Iterable[Triple | Quad], logic: Logic) -> frozenset[Arrow]:
    """Return the arrows from all steps and relations, with the classes of what they lead to."""
    triples = list(triples)
    leading = [t for t in triples if t.predicate.value in _LEADING]
    things = {str(end) for t in leading for end in (t.subject, t.object)}
    types = [t for t in triples if t.predicate.value == _A and str(t.subject) in things]
    return frozenset(_conclude_arrows([*leading, *types], logic))


def _conclude_arrows(given: Sequence[Triple | Quad], logic: Logic) -> set[Arrow]:
    """Return the arrows from steps and relations; without any there is nothing to ask."""
    from kg.reasoner import conclude  # noqa: PLC0415 - a dump that asks for arrows needs none

    concluded = conclude(write_axioms([*logic.axioms, *given])) if given else None
    heads = find_arrows(logic.axioms)
    return {value for value in concluded.values if value[1] in heads} if concluded else set()


def _list_samples(triples: Iterable[Triple | Quad]) -> Iterator[Sample]:
    """Yield the sort of each step and each relation, with what the nodes of the sort are in it.

    A sort is a few triples; what has no colon is a node of it, and the rest are IRIs.
    """
    found: dict[str, dict[str, list[str]]] = {name: defaultdict(list) for name in _LEADING}
    for t in triples:
        if t.predicate.value in _LEADING:
            found[t.predicate.value][read_iri(t.subject)].append(read_iri(t.object))
    for step, rules in found[_STEP].items():
        for role, actor, rule in product(found[_ROLE][step], found[_ACTOR][step], rules):
            for link in _LINKS:
                sort = (
                    ("step", _ROLE, role),
                    ("step", _ACTOR, "actor"),
                    ("step", _STEP, "rule"),
                    ("rule", link, "target"),
                )
                for target in found[link].get(rule, ()):
                    yield sort, {"step": step, "actor": actor, "rule": rule, "target": target}
    for rule, relations in found[_RELATION].items():
        ends = product(relations, found[_SUBJECT][rule], found[_SUPERIOR][rule])
        for relation, subject, superior in ends:
            yield (
                (
                    ("rule", _RELATION, relation),
                    ("rule", _SUBJECT, "subject"),
                    ("rule", _SUPERIOR, "superior"),
                ),
                {"rule": rule, "subject": subject, "superior": superior},
            )
