"""Turtle for readers: short, ordered as people count, with names beside the IRIs."""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.turtle import read_labels, write_trig, write_turtle
from kg.vocabulary import GRAPH, ID, expand

XSD = "http://www.w3.org/2001/XMLSchema#"


def thing(name: str) -> NamedNode:
    """Return the node of a thing by what follows the base."""
    return NamedNode(ID + name)


def term(name: str) -> NamedNode:
    """Return the node of a prefixed name."""
    return NamedNode(expand(name))


RULE = thing("xx/report/selection/king")
TRIPLES = [
    Triple(RULE, term("pol:citation"), thing("xx/report/citation/para-1")),
    Triple(RULE, term("pol:fills"), thing("xx/office/king")),
    Triple(RULE, term("rdfs:label"), Literal("The Diet elects the King.", language="en")),
    Triple(RULE, term("rdf:type"), term("pol:SelectionRule")),
    Triple(thing("xx/office/king"), term("rdfs:label"), Literal("King", language="en")),
]


def write(*triples: Triple) -> str:
    """Return triples as Turtle, with the names that they hold."""
    quads = [Quad(t.subject, t.predicate, t.object) for t in triples]
    return write_turtle(triples, read_labels(quads))


def test_a_block_has_the_type_first_the_citation_last_and_names_beside_the_iris() -> None:
    """A thing comes before a statement; a comment says what an IRI is called."""
    assert write(*TRIPLES) == (
        f"@base <{ID}> .\n"
        "@prefix pol: <https://w3id.org/politeia/ontology#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "\n# xx: office\n"
        "\n<xx/office/king>\n"
        '\trdfs:label "King"@en .\n'
        "\n# xx, report: selection\n"
        "\n<xx/report/selection/king>\n"
        "\ta pol:SelectionRule ;\n"
        '\trdfs:label "The Diet elects the King."@en ;\n'
        "\tpol:fills <xx/office/king> ; # King\n"
        "\tpol:citation <xx/report/citation/para-1> .\n"
    )


def test_step_2_comes_before_step_10() -> None:
    """Numbers in an IRI sort as numbers."""
    steps = [Triple(thing(f"xx/r/term/k/step/{n}"), term("pol:order"), RULE) for n in (10, 2)]
    text = write(*steps)
    assert text.index("step/2>") < text.index("step/10>")


def test_what_no_prefix_shortens_is_read_back_as_it_was() -> None:
    """IRIs with dots, escapes, spaces, other bases and odd ends, and literals of every sort."""
    iris = [
        ID + "xx/act/charter/art-1.2",
        ID + "xx/a/../b",
        ID + "xx//b",
        ID + "xx/b%20c",
        ID,
        expand("pol:x") + ".",
        expand("pol:x") + "-",
        "https://w3id.org/politeia/role/",
        "https://example.org/a?b=c#d",
        "urn:a:b",
    ]
    literals = [
        Literal('a "quoted"\\ line\nand\ttab # no comment'),
        Literal("тұлға", language="kk"),
        Literal("-7", datatype=NamedNode(XSD + "integer")),
        Literal("1.50", datatype=NamedNode(XSD + "decimal")),
        Literal("1.", datatype=NamedNode(XSD + "decimal")),
        Literal("1", datatype=NamedNode(XSD + "boolean")),
        Literal("true", datatype=NamedNode(XSD + "boolean")),
        Literal("2019-01-04", datatype=NamedNode(XSD + "date")),
        Literal("x^^y>", datatype=NamedNode("http://e/d")),
    ]
    given = [Triple(RULE, term("pol:about"), o) for o in [*map(NamedNode, iris), *literals]]
    given += [Triple(NamedNode(iri), NamedNode(iri or "urn:p"), RULE) for iri in iris]
    read = {quad.triple for quad in parse(write(*given), format=RdfFormat.TURTLE)}
    assert read == set(given)


def test_a_name_with_a_line_break_stays_in_its_comment() -> None:
    """No name can end its comment and be read as Turtle."""
    named = Triple(thing("xx"), term("rdfs:label"), Literal("A\nB . <x> <y> <z> .", language="en"))
    given = [named, Triple(RULE, term("pol:ofState"), thing("xx"))]
    assert {q.triple for q in parse(write(*given), format=RdfFormat.TURTLE)} == set(given)


def test_a_blank_node_keeps_its_label() -> None:
    """The ontology may have blank nodes; they are written by their labels."""
    text = write(Triple(BlankNode("b1"), term("pol:about"), BlankNode("b2")))
    assert "_:b1\n\tpol:about _:b2 ." in text


def test_trig_holds_each_graph_in_braces() -> None:
    """Graphs come in the order of their names, under one set of prefixes."""
    quads = [
        Quad(RULE, term("pol:fills"), thing("xx/office/king"), NamedNode(GRAPH + name))
        for name in ("xx/derived", "xx/asserted")
    ]
    text = write_trig(quads, {})
    assert text.count("@prefix pol:") == 1
    assert text.index(f"<{GRAPH}xx/asserted> {{") < text.index(f"<{GRAPH}xx/derived> {{")
    assert set(parse(text, format=RdfFormat.TRIG)) == set(quads)
