"""Terms as texts: the same as those that the store writes, and read as it reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.notation import (
    extend,
    from_quads,
    literal,
    node,
    read_datatype,
    read_language,
    read_value,
    render,
    split,
    text,
    to_quads,
    typed,
)
from kg.vocabulary import expand

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
GRAPH = "https://example.org/graph"
DATE = NamedNode(expand("xsd:date"))


def check(term: str, same: Literal) -> None:
    """Check that a text is the term that the store writes, and is read as the store reads it."""
    assert term == str(same)
    assert read_value(term) == same.value
    assert read_datatype(term) == same.datatype.value
    assert read_language(term) == (same.language or "")


@given(TEXTS)
def test_a_literal_is_written_as_the_store_writes_it(value: str) -> None:
    """Quotes, backslashes, control characters and all others."""
    check(literal(value), Literal(value))
    check(text(value), Literal(value, language="en"))
    check(text(value, "kk-Latn"), Literal(value, language="kk-Latn"))
    check(str(Literal(value, datatype=DATE)), Literal(value, datatype=DATE))


def test_every_character_is_escaped_as_the_store_escapes_it() -> None:
    """A character that hypothesis may never choose is no other."""
    for code in (*range(0xD800), *range(0xE000, 0x10000), 0x10000, 0x10FFFF):
        check(literal(chr(code)), Literal(chr(code)))


@pytest.mark.parametrize(
    "value", ['"@en', '"^^<http://www.w3.org/2001/XMLSchema#date>', "\\", '\\"']
)
def test_a_text_that_looks_like_notation_is_a_text(value: str) -> None:
    """What stands within quotes says nothing of language and datatype."""
    check(literal(value), Literal(value))
    check(text(value, "ru"), Literal(value, language="ru"))


def test_nodes_and_typed_values() -> None:
    """An IRI and a blank node have no datatype, a part continues the IRI of its whole."""
    assert node("xsd:date") == str(DATE)
    assert extend("<https://example.org/a>", "step/1") == "<https://example.org/a/step/1>"
    assert typed("2019-01-04", "xsd:date") == str(Literal("2019-01-04", datatype=DATE))
    for term in (NamedNode("https://example.org/a"), BlankNode("b1")):
        assert read_value(str(term)) == term.value
        assert (read_datatype(str(term)), read_language(str(term))) == ("", "")


@given(st.lists(TEXTS))
def test_lines_are_read_as_the_triples_that_were_written(values: list[str]) -> None:
    """With a graph they are quads of it; without triples there is no line."""
    subject, said = NamedNode("https://example.org/a"), NamedNode("https://example.org/said")
    triples = [(str(subject), str(said), text(value)) for value in values]
    assert list(split(render(triples).decode())) == triples
    quads = [Quad(subject, said, Literal(v, language="en"), NamedNode(GRAPH)) for v in values]
    assert to_quads(triples, GRAPH) == quads
    assert from_quads(quads) == triples
    assert from_quads(Triple(q.subject, q.predicate, q.object) for q in quads) == triples


def test_what_is_no_term_is_no_quad() -> None:
    """An IRI with a space in it is never a node."""
    with pytest.raises(SyntaxError):
        to_quads([("<https://example.org/a b>", node("rdf:type"), node("pol:Office"))], GRAPH)
