"""OWL 2 DL: the global restrictions that a reasoner relies on, checked on the merged modules.

The restrictions are those of section 11 of the OWL 2 Structural Specification and section 3 of
the RDF mapping, as far as the constructs that we use can break them.
"""

from __future__ import annotations

from itertools import combinations

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

from kg import place
from kg.vocabulary import ONTOLOGY

POL = Namespace(ONTOLOGY)
ONTOLOGIES = URIRef(ONTOLOGY.rstrip("#"))
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
RESERVED = tuple(map(str, (RDF, RDFS, OWL, XSD)))
DATATYPES = {RDF.PlainLiteral, XSD.boolean, XSD.decimal, XSD.integer, XSD.string, RDFS.Literal}
NEEDS_SIMPLE = (
    OWL.FunctionalProperty,
    OWL.InverseFunctionalProperty,
    OWL.IrreflexiveProperty,
    OWL.AsymmetricProperty,
)
CARDINALITIES = tuple(
    OWL[form + "ardinality"] for form in ("c", "minC", "maxC", "qualifiedC", "minQualifiedC",
                                          "maxQualifiedC")
)  # fmt: skip


def merge() -> Graph:
    """Return the merged modules without their imports."""
    graph = Graph()
    for path in place.bundled("ontology").glob("*.ttl"):
        graph.parse(path)
    graph.remove((None, OWL.imports, None))
    return graph


def declared(graph: Graph, kind: URIRef) -> set[URIRef]:
    """Return the named terms of a kind."""
    return {term for term in graph.subjects(RDF.type, kind) if isinstance(term, URIRef)}


def find_punned(graph: Graph) -> set[URIRef]:
    """Return the terms that are of two kinds at once."""
    sets = [declared(graph, kind) for kind in KINDS]
    return {term for one, other in combinations(sets, 2) for term in one & other}


def find_undeclared(graph: Graph) -> set[URIRef]:
    """Return the terms that stand in the place of a class or property and are not declared."""
    classes, objects, data, annotations = (declared(graph, kind) for kind in KINDS)
    properties = objects | data | annotations
    used_classes = {o for p in (RDFS.subClassOf, OWL.equivalentClass, OWL.disjointWith, RDFS.domain)
                    for o in graph.objects(None, p)}  # fmt: skip
    used_classes |= {o for s, o in graph.subject_objects(RDFS.range) if s in objects}
    used_properties = {
        o
        for p in (RDFS.subPropertyOf, OWL.inverseOf, OWL.onProperty)
        for o in graph.objects(None, p)
    }
    used_properties |= {p for chain in chains(graph).values() for p in chain} | set(
        graph.predicates()
    )
    missing = {c for c in used_classes - classes if isinstance(c, URIRef)}
    missing |= {p for p in used_properties - properties if isinstance(p, URIRef)}
    return {term for term in missing if not str(term).startswith(RESERVED)}


def find_foreign_datatypes(graph: Graph) -> set[URIRef]:
    """Return the datatypes of literals and ranges that are not in the datatype map of OWL 2."""
    used = {o.datatype for o in graph.objects() if isinstance(o, Literal) and o.datatype}
    used |= {o for s, o in graph.subject_objects(RDFS.range)
             if s in declared(graph, OWL.DatatypeProperty)}  # fmt: skip
    return used - DATATYPES


def chains(graph: Graph) -> dict[URIRef, tuple[URIRef, ...]]:
    """Return the properties that a chain implies, each with the chain."""
    return {
        arrow: tuple(Collection(graph, chain))
        for arrow, chain in graph.subject_objects(OWL.propertyChainAxiom)
    }


def find_composite(graph: Graph) -> set[URIRef]:
    """Return the properties that are not simple: a chain implies them or one below them."""
    found = set(chains(graph)) | set(graph.subjects(RDF.type, OWL.TransitiveProperty))
    while True:
        above = {o for s in found for p in (RDFS.subPropertyOf, OWL.inverseOf)
                 for o in (*graph.objects(s, p), *graph.subjects(OWL.inverseOf, s))}  # fmt: skip
        if above <= found:
            return found
        found |= above


def find_composite_misused(graph: Graph) -> set[URIRef]:
    """Return the properties that are not simple and stand where only simple ones may."""
    restricted = {s for kind in NEEDS_SIMPLE for s in graph.subjects(RDF.type, kind)}
    restricted |= {p for pair in graph.subject_objects(OWL.propertyDisjointWith) for p in pair}
    for form in (OWL.hasSelf, *CARDINALITIES):
        restricted |= {p for r in graph.subjects(form) for p in graph.objects(r, OWL.onProperty)}
    return restricted & find_composite(graph)


def find_circular(graph: Graph) -> set[URIRef]:
    """Return the properties that take part in a chain which implies themselves."""
    below = {arrow: set(chain) for arrow, chain in chains(graph).items()}
    for sub, above in graph.subject_objects(RDFS.subPropertyOf):
        below.setdefault(above, set()).add(sub)
    circular = set()
    for start in below:
        seen, waiting = set(), [start]
        while waiting:
            for step in below.get(waiting.pop(), set()) - seen:
                seen.add(step)
                waiting.append(step)
        if start in seen:
            circular.add(start)
    return circular


def find_guesses(graph: Graph) -> set[URIRef]:
    """Return the constructors in use that make a reasoner try one case after another."""
    forms = {OWL.unionOf, OWL.complementOf, OWL.oneOf, OWL.disjointUnionOf, OWL.maxCardinality,
             OWL.cardinality, OWL.maxQualifiedCardinality, OWL.qualifiedCardinality}  # fmt: skip
    return forms & set(graph.predicates())


CHECKS = {
    find_punned: (POL.appoints, RDF.type, OWL.DatatypeProperty),
    find_undeclared: (POL.actor, RDFS.domain, POL.Nothing),
    find_foreign_datatypes: (POL.holdsFrom, RDFS.range, XSD.date),
    find_composite_misused: (POL.appoints, RDF.type, OWL.FunctionalProperty),
    find_circular: (POL.appoints, RDFS.subPropertyOf, POL.fills),
    find_guesses: (POL.Actor, OWL.complementOf, POL.Unit),
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_ontology_keeps_the_restrictions_of_owl_2_dl(check: object) -> None:
    """The merged modules break no restriction, and the check finds a break that is planted."""
    graph = merge()
    assert check(graph) == set()
    graph.add(CHECKS[check])
    assert check(graph) != set()


def test_individuals_of_the_ontology_are_concepts_and_schemes() -> None:
    """The ontology has no individual but the words of its lists, and each list is in scheme."""
    graph = merge()
    known = {*KINDS, OWL.Ontology, OWL.Restriction, SKOS.Concept, SKOS.ConceptScheme}
    known |= {OWL.AsymmetricProperty, OWL.IrreflexiveProperty}
    assert set(graph.objects(None, RDF.type)) <= known
    schemes = set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        assert len(list(graph.objects(concept, SKOS.inScheme))) == 1
        assert set(graph.objects(concept, SKOS.inScheme)) <= schemes
