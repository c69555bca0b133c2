"""The cases of all questions, asked of a server and of the embedded store: the same rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from thorough import THOROUGH, choose_some

from kg.answer import Cell, Scope, ask, read_rows, solve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.store import Opened

CASES = Path(__file__).parent / "cases" / "questions"
_NAMES = sorted(p.relative_to(CASES).with_suffix("").as_posix() for p in CASES.rglob("*.yaml"))
NAMES = _NAMES if THOROUGH else choose_some(_NAMES)


def render(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """Return rows as sorted texts that keep apart what Python counts as equal."""
    return sorted(json.dumps(list(row), ensure_ascii=False) for row in rows)


def expect_same_rows(embedded: Opened, remote: Opened, name: str) -> None:
    """Ask a case of both: every column of every row is the same, and as ordered as the case."""
    case: dict[str, Any] = yaml.safe_load((CASES / f"{name}.yaml").read_text("utf-8"))
    scope = Scope(as_of=str(case.get("as-of", "")), source=case.get("source", ""))
    query = ask(embedded, name.partition("/")[0], case["ask"], scope).query
    columns, rows = read_rows(solve(remote, query))
    wanted_columns, wanted = read_rows(solve(embedded, query))
    assert columns == wanted_columns
    assert render(rows) == render(wanted)
    if case.get("ordered"):
        places = [columns.index(column) for column in case["columns"]]
        given = dict.fromkeys(tuple(row[i] for i in places) for row in rows)
        assert [list(row) for row in given] == case["rows"]
