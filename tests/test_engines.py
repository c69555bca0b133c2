"""Two servers in the place of the embedded store: the same rows to every question."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from case import read_case
from servers import LIMIT, SERVERS
from thorough import THOROUGH, choose_some

from kg.answer import Cell, Scope, ask, read_rows, solve
from kg.card import bind_card, find_subject
from kg.endpoint import connect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servers import Server

    from kg.store import Opened

CASES = Path(__file__).parent / "cases" / "questions"
_NAMES = sorted(p.relative_to(CASES).with_suffix("").as_posix() for p in CASES.rglob("*.yaml"))
NAMES = _NAMES if THOROUGH else choose_some(_NAMES)


@pytest.fixture(scope="module", params=SERVERS)
def remote(request: pytest.FixtureRequest, embedded: Opened) -> Opened:
    """Return what asks a server."""
    server = request.getfixturevalue(request.param)
    return embedded._replace(endpoint=connect(server.query, LIMIT))


def render(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """Return rows as sorted texts that keep apart what Python counts as equal."""
    return sorted(json.dumps(list(row), ensure_ascii=False) for row in rows)


@pytest.mark.parametrize("name", NAMES)
def test_a_case_has_the_rows_of_the_embedded_store(
    name: str, embedded: Opened, remote: Opened
) -> None:
    """Every case of every question, bound as the command binds it, in every column of every row.

    They are as ordered as the case asks.
    """
    case = read_case(CASES / f"{name}.yaml")
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


@pytest.mark.xdist_group("oxigraph")
@pytest.mark.parametrize("as_of", ["", "2000-01-01"])
@pytest.mark.parametrize(
    "thing", ["Senate", "Prime Minister", "kz/core-2019/selection/prime-minister", "core-2019"]
)
def test_a_card_has_the_rows_of_the_embedded_store(
    thing: str, as_of: str, embedded: Opened, oxigraph: Server
) -> None:
    """What an Oxigraph server shows of a body, an office, a statement and a source, also on a day.

    Virtuoso gives other rows: it does not evaluate a UNION within an OPTIONAL as SPARQL has it.
    """
    remote = embedded._replace(endpoint=connect(oxigraph.query, LIMIT))
    scope = Scope(as_of)
    query = bind_card(embedded, find_subject(embedded, thing, scope), scope)
    columns, rows = read_rows(solve(remote, query))
    wanted_columns, wanted = read_rows(solve(embedded, query))
    assert columns == wanted_columns
    assert render(rows) == render(wanted)
    assert len(rows) > 3
