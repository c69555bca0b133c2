"""What a reasoner need not see: leaving it out changes no answer, whatever the data is."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from kg.build import read_ontology
from kg.iri import read_iri
from kg.logic import read_logic, write_axioms
from kg.relevant import keep_relevant
from kg.vocabulary import ID, expand

if TYPE_CHECKING:
    from collections.abc import Iterable

LOGIC = read_logic(read_ontology())
AXIOMS = [(str(t.subject).strip("<>"), t.predicate.value, str(t.object).strip("<>"))
          for t in LOGIC.axioms]  # fmt: skip
A = expand("rdf:type")
THINGS = [ID + "xx/" + name for name in "abcd"]
CLASSES = [*map(expand, ("pol:Court", "pol:StateBody", "pol:Body", "pol:InternationalBody",
                         "pol:Chamber", "pol:Act", "pol:LegalAct", "pol:Office", "pol:Treaty",
                         "pol:SelectionRule", "pol:Rule", "pol:Participation", "pol:Membership",
                         "pol:StepAppoints", "pol:Figure"))]  # fmt: skip
LINKS = [*map(expand, ("pol:amends", "pol:fills", "pol:memberOf", "pol:actor", "pol:isActorOf",
                       "pol:isStepOf", "pol:protocolTo", "pol:kindOf", "pol:partOfTotal",
                       "pol:amended", "pol:amendedBy", "pol:sizeOf", "pol:ofState",
                       "org:postIn", "eli:amends"))]  # fmt: skip
ROLES = [*map(expand, ("role:appoints", "role:elects"))]


def make(subject: str, predicate: str, target: str) -> Triple:
    """Return a triple of three IRIs."""
    return Triple(NamedNode(subject), NamedNode(predicate), NamedNode(target))


class Reasoner:
    """A reasoner so plain that it can be checked by reading it; it knows the forms in use."""

    def __init__(self) -> None:
        """Look the axioms up by their form and their first term."""
        self.said: dict[tuple[str, str], list[str]] = {}
        for subject, predicate, target in AXIOMS:
            self.said.setdefault((predicate, subject), []).append(target)
            if predicate in {expand("owl:inverseOf"), expand("owl:disjointWith"),
                             expand("owl:propertyDisjointWith")}:  # fmt: skip
                self.said.setdefault((predicate, target), []).append(subject)
        self.values: dict[str, list[tuple[str, str]]] = {}
        self.selves: dict[str, list[str]] = {}
        for subject, predicate, node in AXIOMS:
            if predicate in {expand("owl:equivalentClass"), expand("rdfs:subClassOf")}:
                for over in self.of("owl:onProperty", node):
                    for value in self.of("owl:hasValue", node):
                        self.values.setdefault(subject, []).append((over, value))
                    if self.of("owl:hasSelf", node):
                        self.selves.setdefault(subject, []).append(over)
        self.valued = {pair: c for c, pairs in self.values.items() for pair in pairs}
        self.words = {t for t in AXIOMS if t[0] in LOGIC.words}

    def of(self, form: str, term: str) -> list[str]:
        """Return what the axioms of a form say of a term."""
        return self.said.get((expand(form), term), [])

    def contradicts(self, data: Iterable[Triple]) -> bool:
        """Tell whether what follows from the data breaks an axiom."""
        facts = {(read_iri(t.subject), t.predicate.value, read_iri(t.object)) for t in data}
        facts |= {word for word in self.words if any(word[0] in fact for fact in facts)}
        waiting = list(facts)
        while waiting:
            new = set(self.conclude(*waiting.pop())) - facts
            facts |= new
            waiting += new
        return any(self.breaks(fact, facts) for fact in facts)

    def conclude(self, subject: str, predicate: str, target: str) -> Iterable[tuple[str, str, str]]:
        """Yield what follows from one fact at once."""
        if predicate == A:
            yield from ((subject, A, upper) for upper in self.of("rdfs:subClassOf", target))
            yield from ((subject, p, value) for p, value in self.values.get(target, ()))
            yield from ((subject, p, subject) for p in self.selves.get(target, ()))
            return
        yield from ((subject, A, c) for c in self.of("rdfs:domain", predicate))
        yield from ((target, A, c) for c in self.of("rdfs:range", predicate))
        yield from ((subject, q, target) for q in self.of("rdfs:subPropertyOf", predicate))
        yield from ((target, q, subject) for q in self.of("owl:inverseOf", predicate))
        if (predicate, target) in self.valued:
            yield subject, A, self.valued[predicate, target]

    def breaks(self, fact: tuple[str, str, str], facts: set[tuple[str, str, str]]) -> bool:
        """Tell whether one fact breaks an axiom, given all facts."""
        subject, predicate, target = fact
        if predicate == A:
            return any((subject, A, c) in facts for c in self.of("owl:disjointWith", target))
        kinds = self.of("rdf:type", predicate)
        irreflexive = expand("owl:IrreflexiveProperty") in kinds and subject == target
        both_ways = expand("owl:AsymmetricProperty") in kinds and (
            (target, predicate, subject) in facts
        )
        others = self.of("owl:propertyDisjointWith", predicate)
        return irreflexive or both_ways or any((subject, q, target) in facts for q in others)


REASONER = Reasoner()
FACTS = st.one_of(
    st.builds(make, st.sampled_from([*THINGS, *ROLES]), st.just(A), st.sampled_from(CLASSES)),
    st.builds(make, st.sampled_from(THINGS), st.sampled_from(LINKS), st.sampled_from(THINGS)),
    st.builds(make, st.sampled_from(THINGS), st.just(expand("pol:role")), st.sampled_from(ROLES)),
)


def test_what_is_left_out_contradicts_nothing() -> None:
    """Data contradicts the ontology if and only if the relevant part of it does."""
    answers: Counter[bool] = Counter()

    @settings(max_examples=500, deadline=None)
    @given(st.lists(FACTS, min_size=1, max_size=6))
    def compare(data: list[Triple]) -> None:
        answer = REASONER.contradicts(data)
        assert REASONER.contradicts(keep_relevant(data, LOGIC)) == answer
        answers[answer] += 1

    compare()
    assert min(answers[True], answers[False]) > 50  # both kinds of data were tried


def test_the_arrows_are_free() -> None:
    """No axiom says anything of an arrow but the chain that implies it, so none can be broken."""
    chain = expand("owl:propertyChainAxiom")
    heads = {s for s, predicate, _ in AXIOMS if predicate == chain}
    said = {(s, p) for s, p, o in AXIOMS if s in heads or o in heads}
    assert len(heads) == 38
    assert said == {(head, p) for head in heads for p in (A, chain)}


COURT = make(THINGS[0], A, expand("pol:Court"))


def test_what_the_ends_are_said_to_be_already_is_left_out() -> None:
    """A link whose ends have the classes that it demands says nothing new."""
    office = make(THINGS[1], A, expand("pol:Office"))
    seat = make(THINGS[1], expand("org:postIn"), THINGS[0])
    assert keep_relevant([COURT, office, seat], LOGIC) == [COURT, office]


def test_what_makes_its_end_something_new_is_kept() -> None:
    """A link to what has no class, or another class, is kept."""
    seat = make(THINGS[1], expand("org:postIn"), THINGS[0])
    assert seat in keep_relevant([COURT, seat], LOGIC)


def test_a_wider_class_is_left_out() -> None:
    """That a court is a body follows from its being a court."""
    assert keep_relevant([COURT, make(THINGS[0], A, expand("pol:Body"))], LOGIC) == [COURT]


def test_one_of_those_that_are_alike_is_kept() -> None:
    """Of two courts of which nothing else is relevant the first stands for both."""
    assert keep_relevant([COURT, make(THINGS[1], A, expand("pol:Court"))], LOGIC) == [COURT]


def test_an_axiom_of_an_unknown_form_keeps_the_links_of_its_property() -> None:
    """What the program does not understand it leaves to the reasoner."""
    ontology = [*read_ontology(), make(expand("org:postIn"), expand("owl:unknown"), THINGS[0])]
    office = make(THINGS[1], A, expand("pol:Office"))
    seat = make(THINGS[1], expand("org:postIn"), THINGS[0])
    assert seat in keep_relevant([COURT, office, seat], read_logic(ontology))


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (Literal("9", datatype=NamedNode(expand("xsd:integer"))), False),
        (Literal("nine"), True),
        (Literal("1938-06", datatype=NamedNode(expand("xsd:gYearMonth"))), True),
    ],
    ids=["number", "text", "month"],
)
def test_a_value_of_another_type_is_kept(value: Literal, *, kept: bool) -> None:
    """A number where the ontology wants one is left out, anything else is not."""
    source = make(THINGS[0], A, expand("pol:Source"))
    count = Triple(source.subject, NamedNode(expand("pol:paragraphs")), value)
    assert (count in keep_relevant([source, count], LOGIC)) == kept


def test_a_day_is_written_as_an_instant() -> None:
    """OWL 2 knows no months, and a reasoner that gets one stops."""
    month = Literal("1938-06", datatype=NamedNode(expand("xsd:gYearMonth")))
    written = write_axioms([Triple(NamedNode(THINGS[0]), NamedNode(expand("pol:on")), month)])
    assert '"1900-01-01T00:00:00"^^<http://www.w3.org/2001/XMLSchema#dateTime>' in written
