"""The questions as RDF, so that the catalogue itself can be queried and loaded by others.

Each is a `sh:SPARQLExecutable` (SHACL, section 5), described as the SIB sparql-examples are: a
label, a comment, the query, keywords.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from kg.dump import render_triples
from kg.question import find_question
from kg.vocabulary import BASE, PREFIXES, expand

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from kg.question import Parameter, Question

_QUERY = BASE + "query/"
_PREFIXES = {name: PREFIXES[name] for name in ("dcterms", "rdf", "rdfs", "skos", "xsd")} | {
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
}


def render_questions(catalogue: Mapping[str, Any], form: str) -> bytes:
    """Return the questions in one of TRIPLE_FORMATS, the same bytes for the same questions."""
    triples = (
        triple
        for name in catalogue
        for triple in _describe_question(find_question(catalogue, name))
    )
    return render_triples(triples, form, _PREFIXES)


def _describe_question(question: Question) -> Iterator[Triple]:
    node = NamedNode(_QUERY + question.name)
    yield _link(node, "rdf:type", "sh:SPARQLExecutable")
    yield _link(node, "rdf:type", "sh:SPARQLSelectExecutable")
    yield _state(node, "dcterms:identifier", question.name)
    yield _state(node, "rdfs:label", question.summary, "en")
    yield _state(node, "rdfs:comment", " ".join(question.description.split()), "en")
    yield _state(node, "schema:keywords", question.topic)
    yield _state(node, "sh:select", question.text)
    for order, parameter in enumerate(question.parameters):
        place = NamedNode(f"{node.value}/{parameter.name}")
        yield Triple(node, _term("sh:parameter"), place)
        yield from _describe_parameter(place, parameter, order)


def _describe_parameter(node: NamedNode, parameter: Parameter, order: int) -> Iterator[Triple]:
    """Yield a parameter: its path stands for the variable, which has the same name everywhere."""
    optional = Literal(not parameter.required)
    yield _link(node, "rdf:type", "sh:Parameter")
    path = NamedNode(f"{BASE}parameter/{parameter.name}")
    yield Triple(node, _term("sh:path"), path)
    yield _state(node, "sh:name", parameter.name)
    yield _state(node, "sh:description", " ".join(parameter.meaning.split()), "en")
    yield Triple(node, _term("sh:order"), Literal(order))
    yield Triple(node, _term("sh:optional"), optional)
    yield _state(node, "skos:example", parameter.example)


def _link(node: NamedNode, name: str, other: str) -> Triple:
    return Triple(node, _term(name), _term(other))


def _state(node: NamedNode, name: str, text: str, language: str = "") -> Triple:
    value = Literal(text, language=language) if language else Literal(text)
    return Triple(node, _term(name), value)


def _term(name: str) -> NamedNode:
    return NamedNode(expand(name, _PREFIXES))
