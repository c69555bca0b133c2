"""What of the ontology can make data contradict itself, and how a reasoner is given axioms."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.iri import read_iri
from kg.vocabulary import expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_A = expand("rdf:type")
_OBJECT, _DATA = expand("owl:ObjectProperty"), expand("owl:DatatypeProperty")
_SUB_CLASS, _SUB_PROPERTY = expand("rdfs:subClassOf"), expand("rdfs:subPropertyOf")
_INVERSE, _DOMAIN, _RANGE = expand("owl:inverseOf"), expand("rdfs:domain"), expand("rdfs:range")
_CHAIN, _FIRST, _REST = expand("owl:propertyChainAxiom"), expand("rdf:first"), expand("rdf:rest")
_DAYS = set(map(expand, ("xsd:date", "xsd:gYear", "xsd:gYearMonth")))
_REMARKS = {
    *map(expand, ("rdfs:label", "rdfs:comment", "rdfs:seeAlso", "rdfs:isDefinedBy")),
    *map(expand, ("owl:imports", "owl:versionIRI", "owl:versionInfo")),
}


class Demand(NamedTuple):
    """The classes that the two ends of a plain property must have, or the types of its values.

    A property is plain if the ontology says nothing of it but domain and range, of it and of the
    properties above and inverse to it, and what is implied by it is of no consequence. An axiom of
    a form that the program does not know makes its properties not plain.
    """

    subject: frozenset[str]
    value: frozenset[str]


class Logic(NamedTuple):
    """What the ontology says that can matter for a contradiction, looked up by IRI.

    `axioms` are its triples without annotations; `above` has for each class itself and the named
    classes above it; `plain` what each plain property demands; `words` the classes of the
    individuals of the ontology itself, such as the roles.
    """

    axioms: list[Triple]
    above: dict[str, frozenset[str]]
    properties: frozenset[str]
    plain: dict[str, Demand]
    words: dict[str, frozenset[str]]


def read_logic(ontology: Iterable[Triple | Quad]) -> Logic:
    """Return the logic of an ontology: its axioms without labels, definitions and imports."""
    triples = [Triple(t.subject, t.predicate, t.object) for t in ontology]
    remarks = _REMARKS | _find(triples, expand("owl:AnnotationProperty"))
    axioms = [t for t in triples if t.predicate.value not in remarks]
    classes = _find(axioms, expand("owl:Class"))
    properties = _find(axioms, _OBJECT) | _find(axioms, _DATA)
    above = _close(classes, axioms)
    words: dict[str, frozenset[str]] = {}
    for t in axioms:
        word, kind = read_iri(t.subject), read_iri(t.object)
        if t.predicate.value == _A and kind in classes:
            words[word] = words.get(word, frozenset()) | above[kind]
    return Logic(axioms, above, frozenset(properties), _find_plain(properties, axioms), words)


def write_axioms(triples: Iterable[Triple | Quad]) -> str:
    """Return triples as the N-Triples that a reasoner reads.

    OWL 2 has no type for days and years, so that they become instants: these are as far from
    numbers and texts as a day is.
    """
    return "".join(f"{t.subject} {t.predicate} {_write_term(t.object)} .\n" for t in triples)


def _write_term(term: object) -> str:
    if isinstance(term, Literal) and term.datatype.value in _DAYS:
        return f'"1900-01-01T00:00:00"^^<{expand("xsd:dateTime")}>'
    return str(term)


def _find(triples: Iterable[Triple], kind: str) -> set[str]:
    """Return the IRIs of what is declared as of a kind."""
    return {
        t.subject.value
        for t in triples
        if t.predicate.value == _A
        and read_iri(t.object) == kind
        and isinstance(t.subject, NamedNode)
    }


def _close(classes: set[str], axioms: Iterable[Triple]) -> dict[str, frozenset[str]]:
    """Return for each class itself and all named classes above it."""
    direct: dict[str, set[str]] = {}
    for t in axioms:
        if t.predicate.value == _SUB_CLASS and read_iri(t.object):
            direct.setdefault(read_iri(t.subject), set()).add(read_iri(t.object))
    above = {}
    for name in classes:
        found, waiting = {name}, [name]
        while waiting:
            new = direct.get(waiting.pop(), set()) - found
            found |= new
            waiting += new
        above[name] = frozenset(found)
    return above


def _find_plain(properties: set[str], axioms: list[Triple]) -> dict[str, Demand]:
    """Return what is demanded by each property of which there is nothing but demands."""
    heads = dict(_list_chains(axioms))
    mentions: dict[str, list[Triple]] = {name: [] for name in properties}
    for t in axioms:
        for name in {read_iri(t.subject), read_iri(t.object)} & properties:
            mentions[name].append(t)
    free = {name for name in properties if all(_is_free(name, t) for t in mentions[name])}

    def is_harmless(name: str, t: Triple) -> bool:
        if t.predicate.value == _FIRST:
            return heads.get(str(t.subject)) in free
        if t.predicate.value in {_DOMAIN, _RANGE}:
            return bool(read_iri(t.object))
        linking = {_SUB_PROPERTY, _INVERSE}
        return _is_free(name, t) or (t.predicate.value in linking and bool(read_iri(t.object)))

    harmless = {n for n in properties if all(is_harmless(n, t) for t in mentions[n])}
    plain = {}
    for name in harmless:
        demand = _sum_demands(name, mentions)
        if demand.reached <= harmless:
            plain[name] = Demand(frozenset(demand.subject), frozenset(demand.value))
    return plain


def _list_chains(axioms: list[Triple]) -> Iterator[tuple[str, str]]:
    """Yield each cell of each list that is a property chain, with the property that it implies."""
    rest = {str(t.subject): str(t.object) for t in axioms if t.predicate.value == _REST}
    for t in axioms:
        if t.predicate.value == _CHAIN:
            cell = str(t.object)
            while cell in rest:
                yield cell, read_iri(t.subject)
                cell = rest[cell]


def _is_free(name: str, t: Triple) -> bool:
    """Tell whether an axiom leaves a property free: it declares it, or only implies it."""
    if read_iri(t.subject) == name:
        declares = t.predicate.value == _A and read_iri(t.object) in {_OBJECT, _DATA}
        return declares or t.predicate.value == _CHAIN
    return t.predicate.value == _SUB_PROPERTY


class _Sum(NamedTuple):
    subject: set[str]
    value: set[str]
    reached: set[str]


def _sum_demands(name: str, mentions: Mapping[str, list[Triple]]) -> _Sum:
    """Return what a property demands with those above and inverse to it, and which these are."""
    ends: tuple[set[str], set[str]] = (set(), set())
    waiting, seen = [(name, False)], {(name, False)}
    while waiting:
        current, turned = waiting.pop()
        for t in mentions.get(current, ()):
            subject, target = read_iri(t.subject), read_iri(t.object)
            step = None
            match t.predicate.value:
                case p if p == _DOMAIN:
                    ends[turned].add(target)
                case p if p == _RANGE:
                    ends[not turned].add(target)
                case p if p == _SUB_PROPERTY and subject == current:
                    step = (target, turned)
                case p if p == _INVERSE:
                    step = (target if subject == current else subject, not turned)
            if step and step not in seen:
                seen.add(step)
                waiting.append(step)
    return _Sum(*ends, {reached for reached, _ in seen})
