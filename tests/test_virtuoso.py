"""Virtuoso 7: filled by both protocols, opened by a password, and not believed when it cuts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from servers import LIMIT

from cli.app import main
from kg.endpoint import connect
from kg.errors import EndpointProblem
from kg.publish import collect_graphs, publish_graphs
from kg.server import find_credentials

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from servers import Server

    from kg.store import Opened

pytestmark = pytest.mark.xdist_group("virtuoso")


@pytest.fixture
def account(virtuoso: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the name and the password into the environment."""
    for name, value in virtuoso.environment.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("protocol", ["graph-store", "update"])
def test_another_state_is_published_by_either_protocol(
    protocol: str,
    virtuoso: Server,
    ruritania: Callable[..., Path],
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The command puts the graphs of a folder there, and an answer comes from there."""
    url = virtuoso.graph_store if protocol == "graph-store" else virtuoso.update
    data = ["--data", str(ruritania())]
    assert main(["publish", url, "--protocol", protocol, "--state", "xx", *data]) == 0
    assert "/xx/asserted" in capfd.readouterr().err
    there = ["--endpoint", virtuoso.query, *data]
    assert main(["show", "Chancellor", "--format", "ttl", *there]) == 0
    assert "Bundeskanzlerin" in capfd.readouterr().out
    assert main(["show", "Chancellor", *there]) == 3
    ended = capfd.readouterr()
    assert ended.out == ""
    assert "wrong rows" in ended.err


def test_a_wrong_password_is_refused_and_nothing_changes(
    virtuoso: Server, embedded: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server wants the digest scheme, and refuses before a long body is sent."""
    monkeypatch.setenv("POLITEIA_USER", "dba")
    monkeypatch.setenv("POLITEIA_PASSWORD", "guessed")
    assert find_credentials().user == "dba"
    with pytest.raises(EndpointProblem, match="refuses access with these credentials"):
        publish_graphs(virtuoso.graph_store, collect_graphs(embedded.store), "", LIMIT)


@pytest.mark.usefixtures("account")
def test_a_query_may_need_a_password(virtuoso: Server) -> None:
    """An endpoint that answers only to those with an account is asked in its scheme."""
    assert connect(virtuoso.update, LIMIT).ask("ASK { ?s ?p ?o }")


def test_a_query_without_a_password_is_refused(virtuoso: Server) -> None:
    """The error says which variables of the environment are read."""
    with pytest.raises(EndpointProblem, match=r"without credentials .401.*POLITEIA_USER"):
        connect(virtuoso.update, LIMIT)


def test_an_answer_that_the_server_cut_is_no_answer(virtuoso: Server) -> None:
    """The server gives five thousand rows and says so in a header; that is not all."""
    with pytest.raises(EndpointProblem, match=r"truncated.*limit of its own \(5000"):
        connect(virtuoso.query, LIMIT).select("SELECT ?s WHERE { ?s ?p ?o }")
