"""Proof that the ontology works: tests of the four kinds of OWLUnit.

https://github.com/luigi-asprino/owl-unit tells apart annotations that are there, competency
questions that can be asked and answered, inferences that are drawn, and errors that are provoked.
Each folder in `cases/competency/KIND` is one test; `tests/README.md` says what is in it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, Store, Triple, parse
from pyshacl import validate
from rdflib import Graph

from kg import place
from kg.build import read_ontology
from kg.iri import read_iri
from kg.logic import read_logic, write_axioms
from kg.reasoner import Conclusions, conclude, is_consistent
from kg.vocabulary import PREFIXES, expand

CASES = Path(__file__).with_name("cases") / "competency"
LOGIC = read_logic(read_ontology())
AXIOMS = write_axioms(LOGIC.axioms)
DECLARED = {read_iri(t.subject) for t in LOGIC.axioms}
OPEN = {expand("rdf:type"), expand("rdfs:label")}
"""What every vocabulary uses and none declares."""


def list_cases(kind: str) -> list[Path]:
    """Return the folders of one kind of test."""
    return sorted((CASES / kind).iterdir())


def read(path: Path) -> list[Triple]:
    """Return the triples of a Turtle file."""
    return [quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE)]


@pytest.fixture(scope="module")
def ontology() -> Graph:
    """Return the merged modules with their annotations."""
    graph = Graph()
    for path in place.bundled("ontology").glob("*.ttl"):
        graph.parse(path)
    return graph


@pytest.mark.parametrize("case", list_cases("annotation"), ids=lambda case: case.name)
def test_annotations_are_there(case: Path, ontology: Graph) -> None:
    """The ontology has the annotations that the shape demands, and the shape sees where not."""
    shape = Graph().parse(case / "shape.ttl")
    conforms, _, report = validate(ontology, shacl_graph=shape)
    assert conforms, report
    conforms, results, _ = validate(ontology + Graph().parse(case / "wrong.ttl"), shacl_graph=shape)
    assert not conforms
    assert f"{results.serialize()}".count("sh:ValidationResult ") == 1


def list_terms(query: str) -> set[str]:
    """Return the IRIs that a query names."""
    text = re.sub(r"#.*?$", "", query.split("SELECT", 1)[1], flags=re.MULTILINE)
    return {expand(name) for name in re.findall(r"\b[a-z]+:\w[\w-]*", text)}


@pytest.mark.parametrize("case", list_cases("question"), ids=lambda case: case.name)
def test_competency_questions_are_answered(case: Path) -> None:
    """A question can be asked in terms that are declared, and the data gives the expected rows."""
    query = (case / "question.rq").read_text("utf-8")
    data = read(case / "data.ttl")
    used = {t.predicate.value for t in data} | list_terms(query)
    used |= {read_iri(t.object) for t in data if t.predicate.value == expand("rdf:type")}
    assert used - DECLARED - OPEN == set()
    store = Store()
    store.load(path=str(case / "data.ttl"), format=RdfFormat.TURTLE)
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    rows = (found.serialize(format=QueryResultsFormat.TSV) or b"").decode()
    assert rows == (case / "expected.tsv").read_text("utf-8")


@pytest.fixture(scope="module")
def conclusions(java: str) -> Conclusions:
    """Return what HermiT concludes from the data of all cases at once; they share no thing."""
    assert java
    data = [triple for case in list_cases("inference") for triple in read(case / "data.ttl")]
    concluded = conclude(AXIOMS + write_axioms(data))
    assert concluded is not None
    return concluded


def is_concluded(triple: Triple, conclusions: Conclusions) -> bool:
    """Tell whether a triple is among the conclusions."""
    subject, target = read_iri(triple.subject), read_iri(triple.object)
    if triple.predicate.value == expand("rdf:type"):
        return (subject, target) in conclusions.types
    return (subject, triple.predicate.value, target) in conclusions.values


@pytest.mark.parametrize("case", list_cases("inference"), ids=lambda case: case.name)
def test_inferences_are_drawn(case: Path, conclusions: Conclusions) -> None:
    """From the data HermiT concludes what it should, and not what only seems to follow."""
    entailed, others = read(case / "entailed.ttl"), read(case / "not-entailed.ttl")
    assert [str(t) for t in entailed if not is_concluded(t, conclusions)] == []
    assert [str(t) for t in others if is_concluded(t, conclusions)] == []
    assert {t.predicate.value for t in [*entailed, *others]} <= DECLARED | OPEN


@pytest.mark.usefixtures("java")
@pytest.mark.parametrize("case", list_cases("error"), ids=lambda case: case.name)
def test_errors_are_provoked(case: Path) -> None:
    """Data with a typical error contradicts the ontology."""
    data = read(case / "data.ttl")
    assert {t.predicate.value for t in data} <= DECLARED | OPEN
    assert not is_consistent(AXIOMS + write_axioms(data))


@pytest.mark.usefixtures("java")
def test_errors_can_be_mended() -> None:
    """The same data without the errors are consistent, all together."""
    mended = [triple for case in list_cases("error") for triple in read(case / "mended.ttl")]
    assert is_consistent(AXIOMS + write_axioms(mended))


def test_every_prefix_is_the_one_of_the_project() -> None:
    """A prefix in a question means what it means everywhere else."""
    for path in CASES.rglob("*.rq"):
        declared = re.findall(r"^PREFIX (\w+): <([^>]*)>$", path.read_text("utf-8"), re.MULTILINE)
        assert {prefix: PREFIXES[prefix] for prefix, _ in declared} == dict(declared)
