"""The questions: every case was read from the source, and two SPARQL engines give its rows.

A case is a file `cases/questions/QUESTION/CASE.yaml`: what is asked, and the complete answer in
some columns, as a set unless it says `ordered`, or a part of it if it says `contains` (for answers
that run over the whole document). `silent` asks that a source is known to say
nothing, `silences` where that was searched.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import rdflib
import yaml
from case import read_case
from rdflib import XSD
from thorough import ALL, choose_some
from triples import make_graph

from kg import place
from kg.answer import Asked, Cell, Scope, ask, find_silences, read_rows, solve
from kg.question import find_question
from kg.vocabulary import ID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pyoxigraph import Quad

    from kg.store import Opened

CASES = Path(__file__).parent / "cases" / "questions"
QUERIES = sorted(place.bundled("queries").rglob("*.rq"))
PATHS = sorted(CASES.rglob("*.yaml"))
NAMES = [path.relative_to(CASES).with_suffix("").as_posix() for path in PATHS]
KEYS = {"ask", "as-of", "source", "reading", "columns", "contains", "ordered", "rows", "silent",
        "silences"}  # fmt: skip


class Answer(NamedTuple):
    """The columns and the rows that an engine gives."""

    columns: list[str]
    rows: list[tuple[Cell, ...]]


def find_case(name: str) -> dict[str, Any]:
    """Return a case by its name, `QUESTION/CASE`."""
    return read_case(CASES / f"{name}.yaml")


SLOW = set(
    NAMES if ALL else choose_some(sorted(NAMES, key=lambda n: ("source" not in find_case(n), n)))
)
"""The cases that rdflib is asked too: those about one source first, which are smaller.

The rows of the others are compared on two servers, in test_engines.py.
"""


def bind_case(opened: Opened, name: str) -> Asked:
    """Return the question of a case with its arguments and its day bound."""
    case = find_case(name)
    scope = Scope(as_of=str(case.get("as-of", "")), source=case.get("source", ""))
    return ask(opened, name.partition("/")[0], case["ask"], scope)


def render(rows: Iterable[Sequence[Cell]]) -> list[str]:
    """Return rows as texts that keep apart what Python counts as equal, such as 1 and true."""
    return list(dict.fromkeys(json.dumps(list(row), ensure_ascii=False) for row in rows))


def read_term(term: rdflib.term.Node | None) -> Cell:
    """Return an rdflib term in the plain value that the program gives for it."""
    if not isinstance(term, rdflib.Literal):
        return None if term is None else str(term)
    if term.datatype in {XSD.integer, XSD.decimal, XSD.double}:
        number = float(str(term))
        return int(number) if number.is_integer() and term.datatype != XSD.double else number
    return bool(term.value) if term.datatype == XSD.boolean else str(term)


@pytest.fixture(scope="session")
def find_union(built: tuple[Sequence[Quad], Sequence[Quad]]) -> Callable[[str], rdflib.Graph]:
    """Return a function that returns the same triples as one rdflib graph.

    For a case about one source the statements of the others are left out: rdflib takes minutes
    over all of them, and none of them may be in the answer.
    """
    folders = {path.parent for path in place.DATA.glob("*/*/source.yaml")}

    @functools.cache
    def find(source: str) -> rdflib.Graph:
        others = tuple(
            f"<{ID}{folder.parent.name}/{folder.name}/"
            for folder in folders
            if source and folder.name != source
        )
        return make_graph(quad for quad in built[0] if not str(quad.subject).startswith(others))

    return find


@pytest.fixture(scope="session")
def answer(
    embedded: Opened, find_union: Callable[[str], rdflib.Graph]
) -> Callable[[str, str], Answer]:
    """Return a function that answers a case on an engine, and does so once."""
    kept: dict[tuple[str, str], Answer] = {}

    def solve_on(engine: str, query: str, source: str) -> Answer:
        if engine == "pyoxigraph":
            return Answer(*read_rows(solve(embedded, query)))
        result = find_union(source).query(query)
        rows = [tuple(read_term(term) for term in row) for row in result]
        return Answer([str(variable) for variable in result.vars], rows)

    def give(engine: str, name: str) -> Answer:
        query = bind_case(embedded, name).query
        if (engine, query) not in kept:
            kept[engine, query] = solve_on(engine, query, find_case(name).get("source", ""))
        return kept[engine, query]

    return give


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.xdist_group("rdflib")] if name in SLOW else [])
        for name in NAMES
    ],
)
def test_a_case_has_the_rows_that_were_read_from_the_source(
    name: str, answer: Callable[[str, str], Answer]
) -> None:
    """Each engine gives every row of a case and no other, and they agree on the other columns.

    It is one test, because an answer of rdflib takes a second.
    """
    case = find_case(name)
    one = answer("pyoxigraph", name)
    other = answer("rdflib", name) if name in SLOW else one
    for columns, rows in (one, other):
        places = [columns.index(column) for column in case["columns"]]
        given = render([row[i] for i in places] for row in rows)
        expected = render(case["rows"])
        assert len(expected) == len(case["rows"])
        if case.get("ordered"):
            assert given == expected
        elif case.get("contains"):
            assert set(expected) <= set(given)
        else:
            assert sorted(given) == sorted(expected)
    assert one.columns == other.columns
    assert sorted(map(json.dumps, one.rows)) == sorted(map(json.dumps, other.rows))


@pytest.mark.parametrize("name", [name for name in NAMES if find_case(name).get("silent")])
def test_an_empty_answer_says_that_the_source_is_silent(name: str, embedded: Opened) -> None:
    """Where a case is silent, the store holds a text on it and where that was searched."""
    case = find_case(name)
    asked = bind_case(embedded, name)
    assert asked.about is not None
    found = find_silences(embedded, asked.question.silence, asked.about)
    assert found
    if "silences" in case:
        assert sorted(citation for _, citation in found) == sorted(case["silences"])


@pytest.mark.parametrize("name", NAMES)
def test_a_case_is_complete(name: str) -> None:
    """A case has the keys that the tests read, a reading, and a value for each of its columns."""
    case = find_case(name)
    assert set(case) <= KEYS
    assert {"ask", "columns", "rows"} <= set(case)
    assert case["reading"].endswith(".")
    assert {len(row) for row in case["rows"]} <= {len(case["columns"])}
    assert not (case["rows"] and case.get("silent"))


@pytest.mark.parametrize("query", [path.stem for path in QUERIES])
def test_the_example_of_a_question_has_an_answer(query: str, embedded: Opened) -> None:
    """What the help shows is about a thing that the data has, and there are rows on it."""
    parameters = find_question(embedded.catalogue, query).parameters
    asked = ask(embedded, query, [parameter.example for parameter in parameters])
    assert read_rows(solve(embedded, asked.query))[1]


@pytest.mark.parametrize("query", [path.stem for path in QUERIES])
def test_a_question_has_three_cases(query: str) -> None:
    """Every question is asked in three cases or more."""
    assert len(list((CASES / query).glob("*.yaml"))) >= 3


@pytest.mark.parametrize("query", [path.stem for path in QUERIES])
def test_a_question_has_an_empty_case(query: str) -> None:
    """One of the cases of a question is a case in which nothing is stated."""
    assert any(not find_case(f"{query}/{path.stem}")["rows"] for path in (CASES / query).glob("*"))


def test_a_case_belongs_to_a_question() -> None:
    """No case stands in a folder that no question has the name of, where nothing would run it."""
    assert {name.partition("/")[0] for name in NAMES} <= {path.stem for path in QUERIES}


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_query_names_no_state(path: Path) -> None:
    """A query is for every State: neither the name nor the identifier of one stands in it."""
    text = path.read_text("utf-8").casefold()
    states = [
        state
        for file in place.DATA.glob("*/state.yaml")
        for state in yaml.safe_load(file.read_text("utf-8"))
    ]
    assert states
    for state in states:
        assert f"/id/{state['state']}" not in text
        also = state.get("also", [])
        for name in [state["label"], *([also] if isinstance(also, str) else also)]:
            assert name.casefold() not in text
