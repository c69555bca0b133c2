"""JSON-LD: short names by a context that the ontology gives, and nothing lost."""

from __future__ import annotations

import json

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.dump import read_context
from kg.jsonld import render_context, render_jsonld
from kg.vocabulary import BASE, ID, expand

XSD = "http://www.w3.org/2001/XMLSchema#"
KING = NamedNode(ID + "xx/office/king")


def write(predicate: str, value: NamedNode | Literal) -> dict[str, object]:
    """Return the one node that a triple about the King becomes."""
    content = render_jsonld([Triple(KING, NamedNode(expand(predicate)), value)], read_context())
    node = json.loads(content)["@graph"][0]
    assert node.pop("id") == "id/xx/office/king"
    return node


@pytest.mark.parametrize(
    ("predicate", "value", "expected"),
    [
        ("rdf:type", NamedNode(expand("pol:Office")), {"type": "pol:Office"}),
        ("pol:heads", NamedNode(ID + "xx/body/diet"), {"heads": "id/xx/body/diet"}),
        ("pol:role", NamedNode(BASE + "role/appoints"), {"role": "role/appoints"}),
        (
            "rdfs:label",
            Literal("King", language="en"),
            {"label": {"@language": "en", "@value": "King"}},
        ),
        ("pol:order", Literal(3), {"order": 3}),
        (
            "pol:order",
            Literal("03", datatype=NamedNode(expand("xsd:integer"))),
            {"order": {"@type": "xsd:integer", "@value": "03"}},
        ),
        ("dcterms:title", Literal("x"), {"dcterms:title": "x"}),
        ("owl:sameAs", NamedNode("http://e/x"), {"owl:sameAs": {"id": "http://e/x"}}),
    ],
)
def test_a_triple_becomes_a_short_member(
    predicate: str, value: NamedNode | Literal, expected: dict[str, object]
) -> None:
    """Our properties go by their names, others by prefix; a lexical form is never changed."""
    assert write(predicate, value) == expected


@pytest.mark.parametrize(
    "value",
    [
        Literal(3),
        Literal("03", datatype=NamedNode(expand("xsd:integer"))),
        Literal("true", datatype=NamedNode(expand("xsd:boolean"))),
        Literal("false", datatype=NamedNode(expand("xsd:boolean"))),
        Literal("a text"),
        Literal("role/appoints"),
        Literal("elects", language="en"),
        NamedNode("http://e/role:x"),
    ],
)
def test_two_readers_get_the_triple_back(value: NamedNode | Literal) -> None:
    """Oxigraph and rdflib read what was written, also where a term expects an IRI and gets none."""
    triple = Triple(KING, NamedNode(expand("pol:role")), value)
    content = render_jsonld([triple], read_context())
    assert [quad.triple for quad in parse(content, format=RdfFormat.JSON_LD)] == [triple]
    graph = rdflib.Graph().parse(data=content, format="json-ld")
    [(subject, _, found)] = graph
    assert (str(subject), found) == (KING.value, rewrite(value))


def rewrite(value: NamedNode | Literal) -> rdflib.URIRef | rdflib.Literal:
    """Return a term as rdflib has it, which gives a plain text no datatype."""
    if isinstance(value, NamedNode):
        return rdflib.URIRef(value.value)
    plain = value.language or value.datatype.value == XSD + "string"
    datatype = None if plain else value.datatype.value
    return rdflib.Literal(value.value, lang=value.language, datatype=datatype)


def test_the_context_is_a_file_that_stands_alone() -> None:
    """A document with the context as it is published, and a base of its own, is understood."""
    context = json.loads(render_context(read_context()))["@context"]
    del context["@base"]  # a reader takes none from a context that it fetched
    document = {
        "@context": [context, {"@base": BASE}],
        "id": "id/xx",
        "appoints": "id/xx/office/king",
    }
    read = list(parse(json.dumps(document), format=RdfFormat.JSON_LD))
    assert [quad.triple for quad in read] == [
        Triple(NamedNode(ID + "xx"), NamedNode(expand("pol:appoints")), KING)
    ]


def test_every_property_of_ours_has_a_term() -> None:
    """No name of ours hides another, and none is one of the words of JSON-LD."""
    context = read_context()
    meant = [term["@id"] for term in context.values() if isinstance(term, dict)]
    assert len(meant) == len(set(meant)) > 200
    assert context["fills"] == {"@id": "pol:fills", "@type": "@id"}
    assert context["validFrom"] == {"@id": "pol:validFrom"}
