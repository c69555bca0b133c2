"""What follows from the class of a thing or a statement: the classes above it, and its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.notation import literal, node, read_value
from kg.vocabulary import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from kg.notation import Term, Triple

TYPE, ABOVE = node("rdf:type"), node("rdfs:subClassOf")
_OF_STATE, _LABEL, _KIND = node("pol:ofState"), node("rdfs:label"), node("pol:kindInPrint")


def climb(kind: Term, above: Mapping[Term, Iterable[Term]]) -> set[Term]:
    """Return a class with all that are above it, given those directly above each."""
    found, waiting = {kind}, [kind]
    while waiting:
        for wider in above.get(waiting.pop(), ()):
            if wider not in found:
                found.add(wider)
                waiting.append(wider)
    return found


def derive_classes(asserted: Collection[Triple], ontology: Iterable[Triple]) -> Iterator[Triple]:
    """Yield what follows from the classes in the asserted graph of a State.

    That is for those who query without a reasoner: for whatever is of the State the classes above
    its own, and the name of its class in small letters, which the questions print.
    """
    above, names = _read_classes(ontology)
    of_state = {subject for subject, predicate, _ in asserted if predicate == _OF_STATE}
    kinds: dict[Term, list[Term]] = {}
    for subject, predicate, value in asserted:
        if predicate == TYPE and subject in of_state:
            kinds.setdefault(subject, []).append(value)
    for subject, own in kinds.items():
        for kind in own:
            if kind in names:
                yield subject, _KIND, names[kind]
        for wider in set().union(*(climb(kind, above) for kind in own)).difference(own):
            yield subject, TYPE, wider


def _read_classes(ontology: Iterable[Triple]) -> tuple[dict[Term, list[Term]], dict[Term, Term]]:
    """Return the classes directly above each, and the English names of ours in small letters."""
    above: dict[Term, list[Term]] = {}
    names: dict[Term, Term] = {}
    for subject, predicate, value in ontology:
        if predicate == ABOVE and value[0] == "<":
            above.setdefault(subject, []).append(value)
        if predicate == _LABEL and subject[1:].startswith(ONTOLOGY) and value.endswith("@en"):
            names[subject] = literal(read_value(value).lower())
    return above, names
