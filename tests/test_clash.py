"""What cannot be true together: found, and told in few words with the lines that say it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple
from thorough import thin_out

from kg.build import build_graphs, read_ontology
from kg.clash import Clash, find_axioms
from kg.iri import read_iri
from kg.logic import read_logic, write_axioms
from kg.reason import find_clashes, reason
from kg.reasoner import is_consistent
from kg.relevant import keep_relevant
from kg.vocabulary import GRAPH, ID, expand, graph_iri
from kg.wording import Names

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("java")

LOGIC = read_logic(read_ontology())
X = graph_iri("xx", "asserted")
THINGS = """\
- act: novel
  label: Novel
  amends: act/novel
  cite: report para 8
- office: duke
  label: Duke
  kind-of: office/count
  cite: report para 9
- office: count
  label: Count
  kind-of: office/duke
  cite: report para 9
"""
EVENTS = """\
- amendment: charter
  of: act/charter
  by: act/charter
  says: The Charter amended itself.
  cite: para 10
- membership: diet
  member: body/diet
  of: body/court
  says: The Diet joined the Court.
  cite: para 11
"""


def show(clash: Clash) -> list[str]:
    """Return the sentences of a clash, with the name of each file, and the lines of the data."""
    shown = []
    for says, is_data, places in clash.sentences:
        named = [f"{Path(file).name}:{line}" if is_data else Path(file).name
                 for file, line in places]  # fmt: skip
        shown.append(f"{says} [{', '.join(named)}]")
    return shown


def test_what_a_curator_wrote_by_mistake_is_told_with_its_lines(
    ruritania: Callable[..., Path],
) -> None:
    """Four slips of the pen that the reader lets pass, each a contradiction of its own."""
    folder = ruritania(EVENTS, **{"xx/more.yaml": THINGS})
    (verdict,) = reason(build_graphs([folder])[0]).verdicts
    never_back = "Where one thing has “{}” to another, the other never has it to the first."
    assert sorted(map(show, verdict.clashes)) == sorted([
        [
            "“Novel” — amends — “Novel”. [more.yaml:1]",
            "Nothing has “amends” to itself. [act.ttl]",
        ],
        [
            "“Count” — kind of — “Duke”. [more.yaml:9]",
            "“Duke” — kind of — “Count”. [more.yaml:5]",
            never_back.format("kind of") + " [body.ttl]",
        ],
        [
            "“The Charter amended itself.” — amended — “Charter”. [power.yaml:1]",
            "“The Charter amended itself.” — amended by — “Charter”. [power.yaml:1]",
            "“amended” and “amended by” never lead from one thing to the same thing. [act.ttl]",
        ],
        [
            "“Constitutional Court” is a court. [things.yaml:6]",
            "“The Diet joined the Court.” — member of — “Constitutional Court”. [power.yaml:6]",
            "Whatever “member of” leads to is an international body. [body.ttl]",
            "Every court is a State body. [body.ttl]",
            "Nothing is an international body and a State body at once. [body.ttl]",
        ],
    ])  # fmt: skip
    assert not verdict.more


def plant(folder: Path, *facts: tuple[str, str, str]) -> list[Quad]:
    """Return the quads of the data with facts added that no record states, in short names."""
    return build_graphs([folder])[0] + [
        Quad(*(NamedNode(expand(n) if ":" in n else f"{ID}xx/{n}") for n in fact), NamedNode(X))
        for fact in facts
    ]


def find_in(quads: list[Quad]) -> tuple[tuple[Clash, ...], bool]:
    """Return the contradictions in what the quads of one State assert, and if there are more."""
    asserted = [q.triple for q in quads if read_iri(q.graph_name) == X]
    logic = read_logic(q for q in quads if read_iri(q.graph_name) == GRAPH + "ontology")
    return find_clashes(asserted, logic, Names(quads))[1:]


RULE = """\
- selection: judge
  fills: office/judge
  says: The King appoints a judge.
  basis: charter art 3
  cite: para 5
  steps:
    - appoints: office/king
- removal: judge
  empties: office/judge
  says: The King dismisses.
  basis: charter art 3
  cite: para 5
"""
BODIES = [
    "Every court is a State body. [body.ttl]",
    "Every State body is a body. [body.ttl]",
]
PLANTED = {
    "a court that is also a person": (
        [("body/court", "rdf:type", "pol:Person")],
        [
            "“Constitutional Court” is a court. [things.yaml:6]",
            "“Constitutional Court” is a person. [things.yaml:6]",
            *BODIES,
            "Nothing is a body and a person at once. [body.ttl]",
        ],
    ),
    "a step whose role is an act": (
        [("report/selection/judge/step/1", "pol:role", "act/charter")],
        [
            "“Charter” is a constitution. [things.yaml:27]",
            "“step 1 of The King appoints a judge.” — role — “Charter”. [power.yaml:1]",
            "Whatever “role” leads to is a concept. [power.ttl]",
            "Every constitution is a legal act. [act.ttl]",
            "Nothing is a concept and a legal act at once. [act.ttl]",
        ],
    ),
    "a rule that fills an office and empties it": (
        [("report/removal/judge", "pol:fills", "office/judge")],
        [
            "“The King dismisses.” is a removal rule. [power.yaml:8]",
            "“The King dismisses.” — fills — “Judge of the Constitutional Court”. [power.yaml:8]",
            "Whatever has “fills” is a selection rule. [power.ttl]",
            "Nothing is a removal rule and a selection rule at once. [power.ttl]",
        ],
    ),
    "an article, which two records cite as a basis, that is an office": (
        [("act/charter/art-3", "rdf:type", "pol:Office")],
        [
            "“Charter, art. 3” is an office. [power.yaml:1, power.yaml:8]",
            "“Charter, art. 3” is a provision. [power.yaml:1, power.yaml:8]",
            "Every office is an actor. [body.ttl]",
            "Nothing is an actor and a provision at once. [act.ttl]",
        ],
    ),
    "a thing that no record states": (
        [("a", "rdf:type", "pol:Chamber"), ("a", "rdf:type", "pol:Legislature")],
        [
            "“xx/a” is a chamber. []",
            "“xx/a” is a legislature. []",
            "Nothing is a chamber and a legislature at once. [body.ttl]",
        ],
    ),
}
TRIED = thin_out(PLANTED)


@pytest.mark.parametrize(("facts", "expected"), TRIED.values(), ids=TRIED)
def test_what_no_record_can_state_is_told_too(
    facts: list[tuple[str, str, str]], expected: list[str], ruritania: Callable[..., Path]
) -> None:
    """What the reader would not let pass is found in the graph, with the lines that lead to it."""
    (clash,), more = find_in(plant(ruritania(RULE), *facts))
    assert show(clash) == expected
    assert not more


def test_what_follows_from_a_contradiction_is_no_second_one(ruritania: Callable[..., Path]) -> None:
    """The wider classes that a build derives are not held against each other once more."""
    quads = plant(ruritania(), ("a", "rdf:type", "pol:Court"), ("a", "rdf:type", "pol:TermRule"))
    derived = NamedNode(graph_iri("xx", "derived"))
    quads += [
        Quad(NamedNode(ID + "xx/a"), NamedNode(expand("rdf:type")), NamedNode(expand(c)), derived)
        for c in ("pol:Body", "pol:Statement")
    ]
    (verdict,) = reason(quads).verdicts
    assert len(verdict.clashes) == 1


def test_a_clash_is_minimal(ruritania: Callable[..., Path]) -> None:
    """The axioms of an explanation contradict each other alone, and no longer without any one."""
    fact = ("body/court", "rdf:type", "pol:Person")
    data = [q.triple for q in plant(ruritania(), fact) if read_iri(q.graph_name) == X]
    found = find_axioms([*LOGIC.axioms, *keep_relevant(data, LOGIC)])
    predicates = {"type": "rdf:type", "subclass": "rdfs:subClassOf", "disjoint": "owl:disjointWith"}
    axioms = [
        Triple(NamedNode(a.terms[0]), NamedNode(expand(predicates[a.form])), NamedNode(a.terms[1]))
        for a in found
    ]
    assert len(axioms) == 5
    assert not is_consistent(write_axioms(axioms))
    for left_out in axioms:
        assert is_consistent(write_axioms(a for a in axioms if a != left_out))


def test_a_class_that_nothing_can_be_in_is_explained() -> None:
    """An order that is made a kind of court is empty, and the line of the order is named."""
    slip = Quad(NamedNode(expand("pol:Order")), NamedNode(expand("rdfs:subClassOf")),
                NamedNode(expand("pol:Court")), NamedNode(GRAPH + "ontology"))  # fmt: skip
    found = reason([*read_ontology(), slip])
    assert list(found.empty) == [expand("pol:Order")]
    shown = show(found.empty[expand("pol:Order")])
    assert "Every order is a court. [act.ttl]" in shown
    assert not found.is_sound


def test_an_ontology_that_contradicts_itself_is_explained() -> None:
    """A role that is a person too makes the ontology impossible without any data."""
    slip = Quad(NamedNode(expand("role:appoints")), NamedNode(expand("rdf:type")),
                NamedNode(expand("pol:Person")), NamedNode(GRAPH + "ontology"))  # fmt: skip
    found = reason([*read_ontology(), slip])
    assert found.verdicts == ()
    assert found.clash is not None
    assert "“appoints” is a person. [power.ttl]" in show(found.clash)


def test_no_more_is_told_than_can_be_read(
    ruritania: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there are more contradictions than are told, that is said."""
    monkeypatch.setattr("kg.reason.MOST", 1)
    clashes, more = find_in(build_graphs([ruritania(**{"xx/more.yaml": THINGS})])[0])
    assert (len(clashes), more) == (1, True)


def test_what_cannot_be_explained_is_found_all_the_same(ruritania: Callable[..., Path]) -> None:
    """Pellet does not follow a chain through a role to the end, and HermiT does."""
    slip = Quad(NamedNode(expand("pol:appoints")), NamedNode(expand("rdfs:domain")),
                NamedNode(expand("pol:Person")), NamedNode(GRAPH + "ontology"))  # fmt: skip
    assert find_in([*build_graphs([ruritania(RULE)])[0], slip]) == ((Clash(()),), False)


def test_a_sign_in_a_text_is_no_name(ruritania: Callable[..., Path]) -> None:
    """A text that looks like an IRI, and a value of the wrong type, are told as they stand."""
    count = Quad(NamedNode(ID + "xx/source/report"), NamedNode(expand("pol:paragraphs")),
                 Literal("a < b, <c>"), NamedNode(X))  # fmt: skip
    (clash,), _ = find_in([*build_graphs([ruritania()])[0], count])
    assert show(clash) == [
        '“Report of Ruritania on itself” — paragraphs — "a < b, <c>". [source.yaml:1]',
        "Every value of “paragraphs” is of the type integer. [source.ttl]",
    ]
