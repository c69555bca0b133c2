"""The dump in portions: the same bytes as of all quads at once, whoever speaks of whom."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from kg.dump import collect_dump, render_dump
from kg.media import FORMATS
from kg.stream import stream_dump
from kg.vocabulary import BASE, GRAPH, ID, expand

LABEL, TYPE = NamedNode(expand("rdfs:label")), NamedNode(expand("rdf:type"))
KNOWS = NamedNode(expand("pol:about"))


def name(text: str) -> Literal:
    """Return a name in English."""
    return Literal(text, language="en")


@pytest.fixture
def store() -> Store:
    """Return three States whose codes begin alike, that speak of each other and of the words."""
    store = Store()
    role = NamedNode(BASE + "role/appoints")
    words = NamedNode(GRAPH + "ontology")
    store.add(Quad(role, TYPE, NamedNode(expand("skos:Concept")), words))
    store.add(Quad(role, LABEL, name("appoints"), words))
    for state, others in {"a": ("a-b", "a0"), "a-b": ("a",), "a0": ("nowhere",)}.items():
        asserted, derived = (NamedNode(f"{GRAPH}{state}/{x}") for x in ("asserted", "derived"))
        itself, king = NamedNode(ID + state), NamedNode(f"{ID}{state}/office/king")
        rule = NamedNode(f"{ID}{state}/report/selection/king-10")
        store.add(Quad(itself, LABEL, name(f"State {state}"), asserted))
        store.add(Quad(king, LABEL, name(f"King of {state}"), asserted))
        store.add(Quad(king, LABEL, name(f"King of {state}"), derived))
        store.add(Quad(rule, LABEL, Literal('He said: "_:b0 ." \\ and\nleft.'), asserted))
        store.add(Quad(rule, KNOWS, role, asserted))
        store.add(Quad(rule, KNOWS, Literal("10"), asserted))
        for other in others:
            stranger = NamedNode(f"{ID}{other}/office/king")
            store.add(Quad(rule, KNOWS, stranger, asserted))
            store.add(Quad(stranger, KNOWS, king, derived))
            store.add(Quad(stranger, LABEL, name(f"A king, says {state}"), derived))
    return store


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("state", ["", "a", "a0"])
def test_the_portions_are_the_whole(store: Store, form: str, state: str) -> None:
    """What is written State by State is byte for byte what is written of all quads at once."""
    whole = render_dump(collect_dump(store, state), form)
    assert b"".join(stream_dump(store, form, state)) == whole
    assert b"A king, says a0" in whole or state == "a"


def test_a_name_may_stand_in_another_state(store: Store) -> None:
    """Beside an IRI stands the first of the names that any State gives it."""
    content = b"".join(stream_dump(store, "ttl")).decode()
    assert "<a-b/office/king> , # A king, says a\n" in content
    assert "<nowhere/office/king> , # A king, says a0\n" in content


def test_nothing_is_a_dump_too() -> None:
    """A store without a State gives what no quads give."""
    for form in FORMATS:
        assert b"".join(stream_dump(Store(), form)) == render_dump([], form)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("place", ["subject", "object"])
@pytest.mark.parametrize("state", ["a", ""])
def test_a_blank_node_is_refused(store: Store, form: str, place: str, state: str) -> None:
    """A blank node raises in every format, for no two dumps of it would be equal."""
    thing = NamedNode(ID + "a/office/king")
    ends = (BlankNode(), thing) if place == "subject" else (thing, BlankNode())
    store.add(Quad(ends[0], KNOWS, ends[1], NamedNode(GRAPH + "a/asserted")))
    with pytest.raises(ValueError, match="blank node"):
        list(stream_dump(store, form, state))
