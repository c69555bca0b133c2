"""The axioms of an explanation, as Pellet writes them and as we say them."""

from __future__ import annotations

import pytest

from kg.axiom import FORMS, Axiom, order_axioms, read_axiom
from kg.build import read_ontology
from kg.vocabulary import ID, expand
from kg.wording import Names

NAMES = Names(read_ontology())
KNOWN = {
    f"e{n}": expand(name) if ":" in name else ID + name
    for n, name in enumerate(
        ["pol:Act", "pol:LegalAct", "pol:amends", "eli:amends", "pol:isActorOf", "pol:actor",
         "pol:paragraphs", "pol:StepAppoints", "pol:role", "role:appoints", "xx/act/novel",
         "skos:Concept", "org:postIn", "pol:StateBody"]
    )
}  # fmt: skip
SAID = {
    "e10 type e0": "“xx/act/novel” is an act.",
    "e10 type e13": "“xx/act/novel” is a State body.",
    "e10 e2 e10": "“xx/act/novel” — amends — “xx/act/novel”.",
    'e10 e6 "a few"': '“xx/act/novel” — paragraphs — "a few".',
    "Irreflexive e2": "Nothing has “amends” to itself.",
    "Asymmetric e2":
        "Where one thing has “amends” to another, the other never has it to the first.",
    "e2 domain e1": "Whatever has “amends” is a legal act.",
    "e8 range e11": "Whatever “role” leads to is a concept.",
    "e6 range integer": "Every value of “paragraphs” is of the type integer.",
    "e2 subPropertyOf e3": "Whatever has “amends” to a thing has “amends” to it.",
    "e4 inverseOf e5": "“is actor of” is “actor” in the other direction.",
    "e7 equivalentTo e8 value e9":
        "Whatever has “role” appoints, and nothing else, is a step: appoints.",
    "e0 subClassOf e1": "Every act is a legal act.",
    "e2 propertyDisjointWith e12":
        "“post in” and “amends” never lead from one thing to the same thing.",
    "e1 disjointWith e0": "Nothing is an act and a legal act at once.",
}  # fmt: skip


@pytest.mark.parametrize(("line", "said"), SAID.items(), ids=SAID)
def test_an_axiom_is_said_in_words(line: str, said: str) -> None:
    """Each form of axiom has words; names are labels, or what an IRI says of itself."""
    assert NAMES.say(read_axiom(line, KNOWN), is_data=False).says == said


def test_every_form_is_tried() -> None:
    """The lines above are of every form that is known."""
    assert {read_axiom(line, KNOWN).form for line in SAID} == {form for form, _, _ in FORMS}


def test_a_form_without_words_is_shown_as_it_stands() -> None:
    """An axiom that the program does not know is shown in Pellet's way, with whole IRIs."""
    said = NAMES.say(read_axiom("e0 subClassOf e2 some e1", KNOWN), is_data=False)
    assert said.says == f"{KNOWN['e0']} subClassOf {KNOWN['e2']} some {KNOWN['e1']}"


def test_a_ladder_is_shown_from_below() -> None:
    """Facts come first, then classes from the lower to the higher, then what excludes another."""
    lines = ["e1 disjointWith e11", "e1 subClassOf e0", "e13 subClassOf e1", "e10 type e13"]
    ordered = order_axioms([read_axiom(line, KNOWN) for line in lines])
    assert [axiom.form for axiom in ordered] == ["type", "subclass", "subclass", "disjoint"]
    assert ordered[1].terms == (expand("pol:StateBody"), expand("pol:LegalAct"))


def test_a_circle_of_classes_has_an_order() -> None:
    """Two classes that are below each other do not keep the program going for ever."""
    circle = [read_axiom(line, KNOWN) for line in ("e0 subClassOf e1", "e1 subClassOf e0")]
    assert len(order_axioms(circle)) == 2


def test_only_facts_are_triples() -> None:
    """A class and a link are something that data says, a rule for all is not."""
    assert read_axiom("e10 type e0", KNOWN).fact == (KNOWN["e10"], expand("rdf:type"), KNOWN["e0"])
    assert read_axiom("e10 e2 e10", KNOWN).fact == (KNOWN["e10"], KNOWN["e2"], KNOWN["e10"])
    assert Axiom("subclass", (KNOWN["e0"], KNOWN["e1"]), "").fact is None
