"""The changes of the Constitution: each was read from the articles, and the answers follow it.

A case is a file `cases/changes/NAME.yaml`: what is asked of which office or body, and the complete
answer on a day before the change and on a day after it: `rows` are what certainly held, `not-known`
what may have held. It is about the rules on `offices`, or else on what is asked (`of`), and only
about the steps in `roles` where these are named. Where `between` stands, the law was made by that
day and is not known to have been in force.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from case import read_case

from kg.answer import Cell, Scope, ask, read_rows, solve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.store import Opened

CASES = Path(__file__).parent / "cases" / "changes"
NAMES = sorted(path.stem for path in CASES.glob("*.yaml"))
KEYS = {"change", "reading", "ask", "of", "offices", "roles", "columns", "before", "between",
        "after"}  # fmt: skip
SIDE = {"day", "rows", "not-known"}
QUESTIONS = {"who-appoints", "who-dismisses", "terms", "seats"}

Row = dict[str, Cell]


def read_change(name: str) -> dict[str, Any]:
    """Return a case by the name of its file."""
    return read_case(CASES / f"{name}.yaml")


def is_of(case: dict[str, Any], row: Row) -> bool:
    """Return whether a row is about what the case is about."""
    roles = case.get("roles", [row.get("role")])
    seats = row.get("what", "seats") == "seats"
    return row["office"] in case.get("offices", [case["of"]]) and row.get("role") in roles and seats


def list_answer(case: dict[str, Any], rows: Iterable[Row], verdict: str) -> list[str]:
    """Return what has a verdict on the day, in the columns of a case, sorted.

    Each step stands there once, and each rule on seats once. What has nothing in these columns is
    left out, such as a rule that names no actor.
    """
    found = {
        json.dumps([row["rule"] if case["ask"] == "seats" else "", cells], ensure_ascii=False)
        for row in rows
        if row["on_the_day"] == verdict
        and (cells := [row[column] for column in case["columns"]]) != [None] * len(cells)
    }
    return write(json.loads(text)[1] for text in found)


def write(rows: Iterable[Sequence[Cell]]) -> list[str]:
    """Return rows as sorted texts, which print well and keep 1 and true apart."""
    return sorted(json.dumps(list(row), ensure_ascii=False) for row in rows)


@pytest.fixture(scope="module")
def find(embedded: Opened) -> Callable[[str, str], list[Row]]:
    """Return a function that returns the rows that a case is about, on a day."""

    @functools.cache
    def solve_case(name: str, day: str) -> list[Row]:
        case = read_change(name)
        scope = Scope(as_of=day, source="constitution")
        asked = ask(embedded, case["ask"], [case["of"]], scope)
        columns, rows = read_rows(solve(embedded, asked.query))
        named = [dict(zip(columns, row, strict=True)) for row in rows]
        return [row for row in named if is_of(case, row)]

    return solve_case


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("name", NAMES)
def test_the_answer_on_a_day_is_what_the_version_of_that_day_says(
    name: str, when: str, find: Callable[[str, str], list[Row]]
) -> None:
    """On a day before or after a change what holds is what the articles say, and nothing else.

    What they leave open is said to be not known, and nothing else is.
    """
    case = read_change(name)
    side = case[when]
    rows = find(name, str(side["day"]))
    assert list_answer(case, rows, "holds") == write(side["rows"])
    assert list_answer(case, rows, "not known") == write(side.get("not-known", []))


@pytest.mark.parametrize("name", [name for name in NAMES if "between" in read_change(name)])
def test_between_the_law_and_its_known_force_nothing_is_claimed(
    name: str, find: Callable[[str, str], list[Row]]
) -> None:
    """Every rule that only one side of a change has is said to be not known on a day between."""
    case = read_change(name)
    old, new, rows = (
        find(name, str(day))
        for day in (case["before"]["day"], case["after"]["day"], case["between"])
    )
    changed = {row["rule"] for row in old} ^ {row["rule"] for row in new}
    said = {row["rule"]: row["on_the_day"] for row in rows if row["rule"] in changed}
    assert changed
    assert said == dict.fromkeys(changed, "not known")


@pytest.mark.parametrize("name", NAMES)
def test_a_case_is_complete(name: str) -> None:
    """A case has the keys that the tests read, a reading, two days in order and a difference."""
    case = read_change(name)
    before, after = case["before"], case["after"]
    assert set(case) <= KEYS
    assert case["ask"] in QUESTIONS
    assert case["change"].endswith(".")
    assert case["reading"].endswith(".")
    assert before["day"] < case.get("between", after["day"]) <= after["day"]
    assert set(before) | set(after) <= SIDE
    shown = [row for side in (before, after) for key in SIDE - {"day"} for row in side.get(key, [])]
    assert {len(row) for row in shown} == {len(case["columns"])}
    assert write(before["rows"]) != write(after["rows"])


def test_there_are_enough_changes() -> None:
    """Thirty changes or more were read from the articles, so that the folder cannot run empty."""
    assert len(NAMES) >= 30
