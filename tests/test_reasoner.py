"""HermiT, an OWL 2 DL reasoner, on the ontology and on the real data; and how it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple
from thorough import thin_out

from kg import place
from kg.arrow import derive_arrows, find_arrows
from kg.build import build_graphs, read_ontology
from kg.errors import EnvironmentProblem
from kg.iri import read_iri
from kg.logic import read_logic, write_axioms
from kg.reason import Reasoned, reason
from kg.reasoner import conclude, find_empty_classes, is_consistent
from kg.record import RELATIONS, ROLES
from kg.vocabulary import GRAPH, ID, expand, graph_iri

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

RULE = """\
- {kind}: {role}
  {key}: office/judge
  says: A rule with one step.
  cite: para 1
  steps:
    - {role}: office/king
"""
PROCEDURE = """\
- procedure: {role}
  name: {role}
  concerns: act/charter
  says: A procedure with one step.
  cite: para 1
  steps:
    - {role}: office/king
"""
SUBORDINATION = """\
- subordination: {relation}
  subject: office/judge
  relation: {relation}
  superior: office/king
  says: A rule with one relation.
  cite: para 1
"""
EVERYTHING = "".join(
    [RULE.format(kind=kind, key=key, role=role)
     for kind, key in (("selection", "fills"), ("removal", "empties"), ("succession", "vacates"))
     for role in ROLES]
    + [PROCEDURE.format(role=role) for role in ROLES]
    + [SUBORDINATION.format(relation=relation) for relation in RELATIONS]
)  # fmt: skip
"""One rule for each role in each kind of rule that gives arrows, and one for each relation."""

pytestmark = [
    pytest.mark.usefixtures("java"),
    pytest.mark.xdist_group("reasoner"),  # the real data are reasoned about once
]

LOGIC = read_logic(read_ontology())
ONTOLOGY = write_axioms(LOGIC.axioms)
A = "rdf:type"


@pytest.fixture(scope="module")
def quads(
    ruritania_files: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> list[Quad]:
    """Return the real data, and beside it a State that has every role and every relation."""
    folder = tmp_path_factory.mktemp("data")
    for name, content in (ruritania_files | {"xx/report/power.yaml": EVERYTHING}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return build_graphs([place.DATA, folder])[0]


@pytest.fixture(scope="module")
def reasoned(java: str, quads: list[Quad]) -> Reasoned:
    """Return what the reasoner says of all these data."""
    assert java
    return reason(quads)


def test_the_reasoner_and_the_rules_derive_the_same_arrows(reasoned: Reasoned) -> None:
    """On the real data HermiT's chains and the fast rules derive the same arrows, all of them."""
    derived = set()
    for verdict in reasoned.verdicts:
        assert verdict.arrows.reasoner == verdict.arrows.rules
        derived |= {arrow for _, arrow, _ in verdict.arrows.reasoner}
    assert {verdict.state for verdict in reasoned.verdicts} > {"xx"}
    assert derived == find_arrows(LOGIC.axioms)


def test_the_real_data_are_consistent(reasoned: Reasoned) -> None:
    """HermiT finds nothing impossible in all that the real data assert, down to the cells."""
    assert [verdict.clashes for verdict in reasoned.verdicts] == [(), ()]
    assert reasoned.is_sound


def test_no_class_is_empty_by_its_own_axioms(reasoned: Reasoned) -> None:
    """The ontology alone is consistent and each of its classes can have a member."""
    assert (reasoned.empty, reasoned.clash) == ({}, None)
    assert reasoned.classes == len(LOGIC.above)


def test_all_links_of_the_real_data_are_consistent_as_they_stand(quads: list[Quad]) -> None:
    """HermiT says the same when nothing is left out of the classes and the links between nodes."""
    links = []
    for quad in quads:
        target = read_iri(quad.object)
        if read_iri(quad.graph_name).endswith("/asserted") and target:
            predicate = quad.predicate.value
            if predicate in LOGIC.properties or (predicate == expand(A) and target in LOGIC.above):
                links.append(quad.triple)
    assert len(links) > 50_000
    assert is_consistent(ONTOLOGY + write_axioms(links))


def test_one_sort_of_step_stands_for_all(quads: list[Quad]) -> None:
    """From a State with every role HermiT derives the same, sort by sort and step by step."""
    asserted = [q.triple for q in quads if read_iri(q.graph_name) == graph_iri("xx", "asserted")]
    few = [t for t in asserted if "/selection/" in str(t) or "/subordination/" in str(t)]
    whole = derive_arrows({"xx": few}, LOGIC, whole=True)
    assert whole == derive_arrows({"xx": few}, LOGIC)
    assert len(whole["xx"]) == 18


def plant(*facts: tuple[str, str, str]) -> str:
    """Return the ontology with some facts about invented things, in short names."""
    triples = [
        Triple(*(NamedNode(expand(name) if ":" in name else f"{ID}xx/{name}") for name in fact))
        for fact in facts
    ]
    return ONTOLOGY + write_axioms(triples)


IMPOSSIBLE = {
    "court-and-person": [("a", A, "pol:Court"), ("a", A, "pol:Person")],
    "statement-and-actor": [("a", A, "pol:Rule"), ("a", A, "pol:Actor")],
    "office-and-body": [("a", A, "pol:Office"), ("a", A, "pol:Body")],
    "house-and-its-parliament": [("a", A, "pol:Chamber"), ("a", A, "pol:Legislature")],
    "association-of-the-state": [("a", A, "pol:Association"), ("a", A, "pol:Ministry")],
    "rule-of-two-kinds": [("a", A, "pol:TermRule"), ("a", A, "pol:CompositionRule")],
    "statement-and-activity": [("a", A, "pol:Appointment"), ("a", A, "prov:Activity")],
    "provision-and-act": [("a", A, "pol:Provision"), ("a", A, "pol:Constitution")],
    "event-and-rule": [("a", A, "pol:TreatyAction"), ("a", A, "pol:ForceRule")],
    "event-of-two-kinds": [("a", A, "pol:Tenure"), ("a", A, "pol:Appointment")],
    "figure-and-rule": [("a", A, "pol:Figure"), ("a", A, "pol:CompetenceRule")],
    "procedure-and-selection": [("a", A, "pol:ProcedureRule"), ("a", A, "pol:SelectionRule")],
    "treaty-of-one-state": [("a", A, "pol:Treaty"), ("a", A, "pol:Agreement")],
    "body-of-one-and-of-many-states": [("a", A, "pol:InternationalBody"), ("a", A, "pol:Court")],
    "unused-place-that-is-a-membership": [("a", "pol:memberOf", "b"), ("a", A, "pol:UnusedPlace")],
    "rule-that-takes-a-step": [("step", "pol:actor", "a"), ("a", A, "pol:SelectionRule")],
    "rule-that-fills-and-empties": [("a", "pol:fills", "b"), ("a", "pol:empties", "b")],
    "act-that-amends-itself": [("a", "pol:amends", "a")],
    "amendment-by-what-it-amends": [("e", "pol:amended", "a"), ("e", "pol:amendedBy", "a")],
    "protocols-to-each-other": [("a", "pol:protocolTo", "b"), ("b", "pol:protocolTo", "a")],
    "procedure-under-itself": [("a", "pol:procedureUnder", "a")],
    "kinds-of-each-other": [("a", "pol:kindOf", "b"), ("b", "pol:kindOf", "a")],
    "parts-of-each-other": [("a", "pol:partOfTotal", "b"), ("b", "pol:partOfTotal", "a")],
    "member-of-a-court": [("e", "pol:memberOf", "a"), ("a", A, "pol:Court")],
}
TRIED = thin_out(IMPOSSIBLE)


@pytest.mark.parametrize("facts", TRIED.values(), ids=TRIED)
def test_what_cannot_be_is_inconsistent(facts: list[tuple[str, str, str]]) -> None:
    """HermiT finds what is planted and cannot be: a thing of two kinds, a circle of two."""
    assert not is_consistent(plant(*facts))


def test_what_can_be_is_consistent() -> None:
    """A body may advise, protect human rights and be of the State; a court may review acts."""
    possible = plant(
        ("a", A, "pol:AdvisoryBody"),
        ("a", A, "pol:HumanRightsInstitution"),
        ("a", A, "pol:StateBody"),
        ("b", A, "pol:Court"),
        ("b", A, "pol:ConstitutionalReviewBody"),
        ("rule", "pol:subject", "a"),
        ("rule", "pol:superior", "a"),
    )
    assert is_consistent(possible)


def test_an_empty_class_is_found() -> None:
    """A class below two that nothing can be in at once has no member; the others can have."""
    mixed = plant(("pol:Order", "rdfs:subClassOf", "pol:Court"))
    assert find_empty_classes(mixed) == [expand("pol:Order")]


def test_an_ontology_that_contradicts_itself_has_no_classes() -> None:
    """From a contradiction everything follows, so that nothing is said of single classes."""
    broken = plant(*IMPOSSIBLE["court-and-person"])
    assert (find_empty_classes(broken), conclude(broken)) == (None, None)


def test_what_was_not_read_is_no_answer() -> None:
    """HermiT takes what it cannot read for nothing at all, which would be consistent."""
    with pytest.raises(EnvironmentProblem, match="cannot read"):
        is_consistent(ONTOLOGY + "<a> <b\n")


@pytest.mark.parametrize(
    "text", ['quotes " and \\', "lines\n\r\ttabs", "Қазақстан \U0001f600", "$\x7f"]
)
def test_every_text_is_read(text: str) -> None:
    """Whatever a curator writes, HermiT reads all that stands around it."""
    note = Triple(
        NamedNode(ID + "xx/a"), NamedNode(expand("pol:note")), Literal(text, language="en")
    )
    court = ("a", A, "pol:Court")
    assert is_consistent(plant(court) + write_axioms([note]))
    assert not is_consistent(plant(court, ("a", A, "pol:Person")) + write_axioms([note]))


def test_a_value_of_the_wrong_type_is_inconsistent() -> None:
    """A number of paragraphs that is no number, or a month, is found by its datatype."""
    month = NamedNode(expand("xsd:gYearMonth"))
    for wrong in (Literal("nine"), Literal("1938-06", datatype=month)):
        count = Triple(NamedNode(ID + "xx/a"), NamedNode(expand("pol:paragraphs")), wrong)
        assert not is_consistent(ONTOLOGY + write_axioms([count]))


def test_only_the_states_that_are_named_are_reasoned_about(ruritania: Callable[..., Path]) -> None:
    """What does not belong to the State in question says nothing of it."""
    own = NamedNode(ID + "yy/a")
    wrong = Quad(own, NamedNode(expand("pol:amends")), own, NamedNode(GRAPH + "yy/asserted"))
    found = reason([*build_graphs([ruritania()])[0], wrong], ["xx"])
    assert [(v.name, v.is_consistent) for v in found.verdicts] == [("Ruritania", True)]
