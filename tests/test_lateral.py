"""The form in which the embedded store runs a question: other words, and the same rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, QuerySolutions, Store

from kg import place
from kg.build import build_state, read_ontology
from kg.folder import read_dataset
from kg.lateral import correlate
from kg.question import bind
from kg.vocabulary import ID

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CARD = (place.PACKAGE / "card.rq").read_text("utf-8")
QUESTIONS = {p.stem: p.read_text("utf-8") for p in place.bundled("queries").rglob("*.rq")}
STATEMENTS = """\
- selection: chancellor
  fills: office/chancellor
  says: With the consent of the Diet, the King appoints the Chancellor.
  steps:
    - consents: body/diet
      threshold: more than 1/2 of the total membership
    - appoints: office/king
  basis: charter art 5
  until: 1930-01-01
  cite: para 10
- selection: judges
  fills: office/judge
  seats: 3
  says: The Diet elects three judges.
  steps:
    - elects: body/diet
  cite: para 11
- competence: judges
  holder: body/court
  action: action/review
  says: The court reviews laws.
  cite: para 12
- change: court
  of: body/court
  outcome: established
  says: The court was established.
  cite: para 13
- figure: people
  topic: population
  measure: Inhabitants.
  value: 12
  unit: persons
  says: Twelve people live there.
  cite: para 14
"""
ACTION = "- action: review\n  label: Review laws\n  cite: report para 12\n"


@pytest.fixture(scope="module")
def store(ruritania_files: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Return the invented State with a statement of several kinds."""
    folder = tmp_path_factory.mktemp("data")
    files = {"xx/report/power.yaml": STATEMENTS, "xx/action.yaml": ACTION}
    for name, content in (ruritania_files | files).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    store = Store()
    ontology = read_ontology()
    store.bulk_extend([*ontology, *build_state(read_dataset([folder]), "xx", ontology)])
    return store


@pytest.fixture(scope="module")
def run(store: Store) -> Callable[[str], list[str]]:
    """Return a function from a query to its rows as texts, in their order."""

    def solve(query: str) -> list[str]:
        found = store.query(query, use_default_graph_as_union=True)
        assert isinstance(found, QuerySolutions)
        return [" | ".join(str(term) for term in row) for row in found]

    return solve


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_question_has_the_same_rows_in_both_forms(
    name: str, run: Callable[[str], list[str]]
) -> None:
    """Left open, each question gives the rows of its plain SPARQL, in the same order."""
    assert run(correlate(QUESTIONS[name])) == run(QUESTIONS[name])


@pytest.mark.parametrize(
    "thing",
    ["xx/office/chancellor", "xx/body/court", "xx/report/selection/judges", "xx/act/charter"],
)
def test_a_card_has_the_same_rows_in_both_forms(
    thing: str, run: Callable[[str], list[str]]
) -> None:
    """So does the card of a thing, a statement among them, and neither is empty."""
    node = NamedNode(ID + thing)
    query = bind(CARD, {"thing": node, "rule": node})
    assert run(correlate(query)) == run(query)
    assert len(run(query)) > 3


def test_a_card_scans_no_more_than_the_ontology() -> None:
    """Each OPTIONAL is run once a row, but for one over the few properties that it names itself."""
    plain = re.findall(r"(?<!LATERAL \{ )OPTIONAL \{[^}]*", correlate(CARD))
    assert [re.findall(r"VALUES \(([^)]*)\)", text) for text in plain] == [["?property ?known"]]


def test_the_small_state_has_rows_to_compare(run: Callable[[str], list[str]]) -> None:
    """The comparison is not one of nothing with nothing."""
    answered = [name for name, text in QUESTIONS.items() if run(text)]
    assert {"who-appoints", "needs-consent", "powers-of", "figures"} <= set(answered)


@pytest.mark.parametrize(
    ("query", "run"),
    [
        (
            "SELECT ?a WHERE { ?a ?b ?c OPTIONAL { ?c ?d ?e OPTIONAL { ?e ?f ?g } } }",
            (
                "SELECT ?a WHERE { ?a ?b ?c . LATERAL { OPTIONAL { ?c ?d ?e ."
                " LATERAL { OPTIONAL { ?e ?f ?g . } } } } }"
            ),
        ),
        (
            "SELECT ?a WHERE { ?a ?b ?c { ?c ?d ?e } UNION { ?c ?f ?e } ?e ?g ?h }",
            (
                "SELECT ?a WHERE { ?a ?b ?c . LATERAL { { ?c ?d ?e . } UNION { ?c ?f ?e . } }"
                " LATERAL { ?e ?g ?h . } }"
            ),
        ),
        (
            (
                "SELECT ?a WHERE { ?a ?b ?c { SELECT ?c (COUNT(?e) AS ?n) WHERE { ?c ?d ?e }"
                " GROUP BY ?c } }"
            ),
            (
                "SELECT ?a WHERE { ?a ?b ?c . LATERAL { { SELECT ?c (COUNT(?e) AS ?n) WHERE"
                " { ?c ?d ?e . } GROUP BY ?c } } }"
            ),
        ),
    ],
)
def test_a_part_is_handed_the_rows_before_it(query: str, run: str) -> None:
    """An OPTIONAL, a UNION and a nested SELECT are run once a row, and so is what follows them."""
    assert _space(correlate(query)) == _space(run)


@pytest.mark.parametrize(
    "part",
    [
        "OPTIONAL { ?c ?d ?e . BIND(1 AS ?a) }",
        "OPTIONAL { ?c ?d ?e . VALUES ?c { 1 } }",
        "{ ?c ?d ?e . VALUES (?e ?c) { (1 2) } }",
        "{ ?c ?d ?e . VALUES (?c ?e) { (1 2) } }",
        "{ SELECT (MIN(?e) AS ?c) WHERE { ?c ?d ?e } }",
    ],
)
def test_what_binds_again_is_left_as_it_is(part: str) -> None:
    """LATERAL forbids to bind again what is bound outside, so that such a part stays."""
    assert "LATERAL" not in correlate(f"SELECT ?a WHERE {{ ?a ?b ?c {part} }}")


def test_what_binds_something_else_is_run_once_a_row() -> None:
    """A name that nothing before the part has may be bound in it."""
    query = "SELECT ?a WHERE { ?a ?b ?c OPTIONAL { ?c ?d ?e . BIND(?e AS ?f) } }"
    assert "LATERAL" in correlate(query)


def test_values_that_are_repeated_hold_once() -> None:
    """What a part of a UNION repeats for other engines is left out where its rows come in."""
    line = "VALUES ?a { <x:a> }"
    query = f"SELECT ?a WHERE {{ {line} {{ {line} ?a ?b ?c }} UNION {{ {line} ?c ?b ?a }} }}"
    assert _space(correlate(query)) == _space(
        f"SELECT ?a WHERE {{ {line} LATERAL {{ {{ ?a ?b ?c . }} UNION {{ ?c ?b ?a . }} }} }}"
    )


def _space(query: str) -> str:
    return re.sub(r"\s", "", query)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ("OPTIONAL { ?a ?b ?c }" AS ?x) WHERE { ?x ?y ?z . }',
        "SELECT ?x WHERE { ?x <http://x/OPTIONAL> ?y . }",
        'SELECT ?x WHERE { ?x ?y "a \\" OPTIONAL { b" . }',
        "SELECT ?x WHERE { ?x ?y ?z . FILTER(?z IN (1, 2)) }",
        "SELECT ?x WHERE { ?x ?y ?z . FILTER NOT EXISTS { ?z ?y ?x OPTIONAL { ?x ?y ?y } } }",
    ],
)
def test_texts_iris_and_filters_are_left_alone(query: str) -> None:
    """Only the word in the pattern is a keyword."""
    assert _space(correlate(query)) == _space(query)


def test_a_comment_ends_with_its_line() -> None:
    """What follows a comment is not drawn into it."""
    written = correlate("SELECT ?x WHERE { ?x ?y ?z # OPTIONAL { }\n}")
    assert written.splitlines()[0].endswith("# OPTIONAL { }")
    Store().query(written)
