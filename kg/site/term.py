"""The modules of the ontology and their terms, read from the files, in the order of the files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg import place
from kg.vocabulary import BASE, ONTOLOGY, expand

if TYPE_CHECKING:
    from collections.abc import Iterable

    Said = dict[str, list[Any]]
    """What is said of a node: terms of RDF by property."""

_KIND = expand("rdf:type")
SORTS = {
    expand("owl:Class"): "Classes",
    expand("skos:ConceptScheme"): "Concept schemes",
    expand("skos:Concept"): "Concepts",
    expand("owl:ObjectProperty"): "Object properties",
    expand("owl:DatatypeProperty"): "Datatype properties",
    expand("owl:AnnotationProperty"): "Annotation properties",
}
"""The sorts of terms, in the order in which a page has them."""


class Module(NamedTuple):
    """A module: its IRI, its page, the file, what its header says, and its terms by sort.

    `said` has all that the file says of each node, blank nodes among them, by property.
    """

    iri: str
    page: str
    file: str
    header: Said
    terms: dict[str, list[str]]
    said: dict[str, Said]


def read_modules() -> list[Module]:
    """Return the modules, the one that imports all others first."""
    found = [_read_module(str(path)) for path in sorted(place.bundled("ontology").glob("*.ttl"))]
    return sorted(found, key=lambda module: module.iri)


def _read_module(file: str) -> Module:
    said: dict[str, Said] = {}
    for triple in parse(path=file, format=RdfFormat.TURTLE):
        subject: Any = triple.subject
        said.setdefault(subject.value, {}).setdefault(triple.predicate.value, []).append(
            triple.object
        )
    ontology = NamedNode(expand("owl:Ontology"))
    (iri,) = (node for node, says in said.items() if ontology in says.get(_KIND, ()))
    terms = {title: list(_of_sort(said, sort)) for sort, title in SORTS.items()}
    return Module(iri, iri.removeprefix(BASE), file, said[iri], terms, said)


def _of_sort(said: dict[str, Said], sort: str) -> Iterable[str]:
    return (node for node, says in said.items() if NamedNode(sort) in says.get(_KIND, ()))


def place_terms(modules: Iterable[Module]) -> dict[str, tuple[str, str]]:
    """Return the page and the anchor of each term, and of each module by its IRI and its version.

    Where two modules describe a term it is placed in the first.
    """
    places: dict[str, tuple[str, str]] = {}
    for module in modules:
        versions = [v.value for v in module.header.get(expand("owl:versionIRI"), ())]
        places |= dict.fromkeys([module.iri, *versions], (module.page, ""))
        for terms in module.terms.values():
            for term in terms:
                places.setdefault(term, (module.page, name_anchor(term)))
    return places


def name_anchor(term: str) -> str:
    """Return the anchor of a term: its fragment, or its path, or for others the IRI itself."""
    return term.removeprefix(ONTOLOGY).removeprefix(BASE)


def trace_terms(said: dict[str, Said]) -> dict[str, dict[str, list[str]]]:
    """Return the nodes that lead to each node, by property, each once in the order of `said`."""
    found: dict[str, dict[str, dict[str, None]]] = {}
    for node, says in said.items():
        for property_, values in says.items():
            for value in values:
                if isinstance(value, NamedNode):
                    found.setdefault(value.value, {}).setdefault(property_, {})[node] = None
    return {node: {p: list(nodes) for p, nodes in into.items()} for node, into in found.items()}


def list_texts(says: Said, name: str) -> list[tuple[str, str]]:
    """Return the literals of a property, by prefixed name, each with its language."""
    values = says.get(expand(name), ())
    return [(v.value, v.language or "") for v in values if isinstance(v, Literal)]
