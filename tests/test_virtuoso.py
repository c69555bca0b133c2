"""Virtuoso 7 in the place of the embedded store: filled by both protocols, and the same rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from matrix import NAMES, expect_same_rows
from servers import run_virtuoso

from cli.app import main
from kg.endpoint import connect
from kg.errors import EndpointProblem
from kg.publish import collect_graphs, publish_graphs
from kg.server import find_credentials
from kg.store import Opened, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from servers import Server

pytestmark = pytest.mark.xdist_group("virtuoso")
LIMIT = 60.0


@pytest.fixture(scope="module")
def embedded() -> Opened:
    """Return the store of our data."""
    return open_store()


@pytest.fixture(scope="module")
def server(
    require_program: Callable[[str], str],
    tmp_path_factory: pytest.TempPathFactory,
    embedded: Opened,
) -> Iterator[Server]:
    """Return a Virtuoso into which all of our data was put."""
    program = require_program("virtuoso-t")
    with run_virtuoso(program, tmp_path_factory.mktemp("virtuoso")) as server:
        with pytest.MonkeyPatch.context() as patch:
            for name, value in server.environment.items():
                patch.setenv(name, value)
            graphs = collect_graphs(embedded.store)
            publish_graphs(server.graph_store, graphs, "graph-store", LIMIT)
        yield server


@pytest.fixture(scope="module")
def remote(server: Server, embedded: Opened) -> Opened:
    """Return what asks the server."""
    return embedded._replace(endpoint=connect(server.query, LIMIT))


@pytest.mark.parametrize("name", NAMES)
def test_a_case_has_the_rows_of_the_embedded_store(
    name: str, embedded: Opened, remote: Opened
) -> None:
    """Every case of every question, bound as the command binds it."""
    expect_same_rows(embedded, remote, name)


@pytest.fixture
def account(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the name and the password into the environment."""
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("protocol", ["graph-store", "update"])
def test_another_state_is_published_by_either_protocol(
    protocol: str,
    server: Server,
    ruritania: Callable[..., Path],
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The command puts the graphs of a folder there, and an answer comes from there."""
    url = server.graph_store if protocol == "graph-store" else server.update
    data = ["--data", str(ruritania())]
    assert main(["publish", url, "--protocol", protocol, "--state", "xx", *data]) == 0
    assert "/xx/asserted" in capfd.readouterr().err
    assert main(["show", "Chancellor", "--endpoint", server.query, *data]) == 0
    assert "Bundeskanzlerin" in capfd.readouterr().out


def test_a_wrong_password_is_refused_and_nothing_changes(
    server: Server, embedded: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server wants the digest scheme, and refuses before a long body is sent."""
    monkeypatch.setenv("POLITEIA_USER", "dba")
    monkeypatch.setenv("POLITEIA_PASSWORD", "guessed")
    assert find_credentials().user == "dba"
    with pytest.raises(EndpointProblem, match="refuses access with these credentials"):
        publish_graphs(server.graph_store, collect_graphs(embedded.store), "", LIMIT)


@pytest.mark.usefixtures("account")
def test_a_query_may_need_a_password(server: Server) -> None:
    """An endpoint that answers only to those with an account is asked in its scheme."""
    assert connect(server.update, LIMIT).ask("ASK { ?s ?p ?o }")


def test_a_query_without_a_password_is_refused(server: Server) -> None:
    """The error says which variables of the environment are read."""
    with pytest.raises(EndpointProblem, match=r"without credentials .401.*POLITEIA_USER"):
        connect(server.update, LIMIT)


def test_an_answer_that_the_server_cut_is_no_answer(server: Server) -> None:
    """The server gives five thousand rows and says so in a header; that is not all."""
    with pytest.raises(EndpointProblem, match=r"truncated.*limit of its own \(5000"):
        connect(server.query, LIMIT).select("SELECT ?s WHERE { ?s ?p ?o }")
