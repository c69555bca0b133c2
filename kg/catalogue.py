"""The questions as RDF, so that the catalogue itself can be queried and loaded by others.

Each is a `sh:SPARQLExecutable` (SHACL, section 5), described as the SIB sparql-examples are: a
label, a comment, the query, keywords.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from kg.question import find_question
from kg.vocabulary import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from kg.question import Parameter, Question

CATALOGUE_FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
}
_QUERY = BASE + "query/"
_PREFIXES = {name: PREFIXES[name] for name in ("dcterms", "rdf", "rdfs", "skos", "xsd")} | {
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
}


def collect_questions(catalogue: Mapping[str, Any]) -> list[Triple]:
    """Return what there is to say of each question, sorted; no node is blank."""
    triples = (
        triple
        for name in catalogue
        for triple in _describe_question(find_question(catalogue, name))
    )
    return sorted(triples, key=str)


def render_questions(catalogue: Mapping[str, Any], form: str) -> bytes:
    """Return the questions in one of CATALOGUE_FORMATS, the same bytes for the same questions."""
    triples = collect_questions(catalogue)
    content = serialize(triples, format=CATALOGUE_FORMATS[form], prefixes=_PREFIXES) or b""
    return content if content.endswith(b"\n") else content + b"\n"


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
        yield Triple(node, NamedNode(_expand("sh:parameter")), place)
        yield from _describe_parameter(place, parameter, order)


def _describe_parameter(node: NamedNode, parameter: Parameter, order: int) -> Iterator[Triple]:
    """Yield a parameter: its path stands for the variable, which has the same name everywhere."""
    optional = Literal(not parameter.required)
    yield _link(node, "rdf:type", "sh:Parameter")
    path = NamedNode(f"{BASE}parameter/{parameter.name}")
    yield Triple(node, NamedNode(_expand("sh:path")), path)
    yield _state(node, "sh:name", parameter.name)
    yield _state(node, "sh:description", " ".join(parameter.meaning.split()), "en")
    yield Triple(node, NamedNode(_expand("sh:order")), Literal(order))
    yield Triple(node, NamedNode(_expand("sh:optional")), optional)
    yield _state(node, "skos:example", parameter.example)


def _link(node: NamedNode, name: str, other: str) -> Triple:
    return Triple(node, NamedNode(_expand(name)), NamedNode(_expand(other)))


def _state(node: NamedNode, name: str, text: str, language: str = "") -> Triple:
    value = Literal(text, language=language) if language else Literal(text)
    return Triple(node, NamedNode(_expand(name)), value)


def _expand(name: str) -> str:
    prefix, _, local = name.partition(":")
    return _PREFIXES[prefix] + local
