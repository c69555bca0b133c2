"""What an arrow is: the same for a release, for the pages, for a difference and for a reasoner."""

from __future__ import annotations

from pyoxigraph import BlankNode, NamedNode, Triple

from kg.arrow import find_arrows
from kg.build import read_ontology
from kg.logic import read_logic
from kg.vocabulary import expand


def term(name: str) -> NamedNode:
    """Return the node of a prefixed name."""
    return NamedNode(expand(name))


def test_what_a_role_names_or_a_chain_derives_is_an_arrow() -> None:
    """The role says it in a dump, the chain in the ontology; what only stands beside is none."""
    said = [
        Triple(term("role:elects"), term("pol:arrowOfSelection"), term("pol:elects")),
        Triple(term("pol:under"), term("owl:propertyChainAxiom"), BlankNode()),
        Triple(term("pol:isActorOf"), term("owl:inverseOf"), term("pol:actor")),
    ]
    assert find_arrows(said) == {expand("pol:elects"), expand("pol:under")}


def test_a_reasoner_and_a_dump_know_the_same_arrows() -> None:
    """The axioms without annotations have the arrows that the roles and relations name."""
    ontology = read_ontology()
    named = [t for t in ontology if t.predicate != term("owl:propertyChainAxiom")]
    assert expand("pol:appoints") in find_arrows(named)
    assert find_arrows(named) == find_arrows(read_logic(ontology).axioms)
