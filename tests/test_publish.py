"""Publishing: graphs replaced whole on a real server, and what is left when it breaks off."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Triple
from servers import find_port, run_oxigraph

from kg.endpoint import Endpoint
from kg.errors import EndpointProblem
from kg.publish import BATCH, publish_graphs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from servers import Server

pytestmark = pytest.mark.xdist_group("oxigraph")
LIMIT = 20.0
FIRST, SECOND = "http://example.org/first", "http://example.org/second"


@pytest.fixture(scope="module")
def running(
    require_program: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Return an Oxigraph server."""
    program = require_program("oxigraph")
    with run_oxigraph(program, tmp_path_factory.mktemp("oxigraph")) as server:
        yield server


@pytest.fixture
def server(running: Server) -> Server:
    """Return the server with one old triple in each of two graphs."""
    publish_graphs(running.graph_store, {FIRST: make("old"), SECOND: make("old")}, "", LIMIT)
    return running


def make(word: str, count: int = 1) -> list[Triple]:
    """Return triples with a word and a number."""
    is_ = NamedNode("http://example.org/is")
    return [Triple(NamedNode(f"http://example.org/{n}"), is_, Literal(word)) for n in range(count)]


def read(server: Server) -> dict[str, tuple[str, int]]:
    """Return, for each graph of a server, its words and the number of its triples."""
    query = """
        SELECT ?graph (GROUP_CONCAT(DISTINCT ?word) AS ?words) (COUNT(*) AS ?count)
        WHERE { GRAPH ?graph { ?s ?p ?word } } GROUP BY ?graph"""
    return {
        row["graph"].value: (row["words"].value, int(row["count"].value))
        for row in Endpoint(server.query, LIMIT).select(query)
    }


@pytest.fixture
def cutting(server: Server) -> Iterator[Callable[[int], str]]:
    """Return a function that puts a relay before the server, which hangs up at a request.

    It passes on so many requests, and of the next one only the first bytes.
    """
    sockets: list[socket.socket] = []
    port = int(server.query.split(":")[2].split("/")[0])

    def start(passing: int) -> str:
        listening = socket.create_server(("127.0.0.1", 0))
        sockets.append(listening)

        def relay() -> None:
            for number in range(1_000):
                try:
                    client, _ = listening.accept()
                except OSError:
                    return
                with client, socket.create_connection(("127.0.0.1", port)) as behind:
                    if number == passing:
                        behind.sendall(client.recv(200))
                        continue
                    back = threading.Thread(target=pump, args=(behind, client))
                    back.start()
                    pump(client, behind)
                    back.join()

        threading.Thread(target=relay, daemon=True).start()
        return f"http://127.0.0.1:{listening.getsockname()[1]}"

    yield start
    for listening in sockets:
        listening.close()


def pump(source: socket.socket, target: socket.socket) -> None:
    """Pass on all bytes until one side ends."""
    try:
        while content := source.recv(65_536):
            target.sendall(content)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return


@pytest.mark.parametrize("service", ["graph_store", "update"])
def test_a_graph_is_replaced_as_a_whole(service: str, server: Server) -> None:
    """What was in it is gone, in more than one batch too, and nothing is left beside."""
    count = BATCH + 1
    graphs = {FIRST: make("new", count), SECOND: make("new", 2)}
    spoken = publish_graphs(getattr(server, service), graphs, "", LIMIT)
    assert spoken == service.replace("_", "-")
    assert read(server) == {FIRST: ("new", count), SECOND: ("new", 2)}


def test_other_graphs_are_left_alone(server: Server) -> None:
    """Only the graphs that are published are touched."""
    publish_graphs(server.update, {FIRST: make("new", 3)}, "update", LIMIT)
    assert read(server) == {FIRST: ("new", 3), SECOND: ("old", 1)}


def test_a_put_that_breaks_off_leaves_the_former_graph(
    server: Server, cutting: Callable[[int], str]
) -> None:
    """The first graph is whole and new, the second whole and old, and the error says so."""
    graphs = {FIRST: make("new", 3), SECOND: make("new", 3)}
    with pytest.raises(EndpointProblem) as error:
        publish_graphs(cutting(2) + "/store", graphs, "", LIMIT)
    assert read(server) == {FIRST: ("new", 3), SECOND: ("old", 1)}
    said = str(error.value)
    assert f"Replaced before: {FIRST}." in said
    assert f"Whether {SECOND} was replaced is not known" in said
    assert "Run the same command again" in said


@pytest.mark.parametrize("passing", [1, 2, 3, 4])
def test_an_update_that_breaks_off_replaces_nothing(
    passing: int, server: Server, cutting: Callable[[int], str]
) -> None:
    """Clearing, a batch of either graph, and the last step: all old graphs stand."""
    graphs = {FIRST: make("new", 3), SECOND: make("new", 3)}
    with pytest.raises(EndpointProblem) as error:
        publish_graphs(cutting(passing) + "/update", graphs, "update", LIMIT)
    found = read(server)
    assert (found[FIRST], found[SECOND]) == (("old", 1), ("old", 1))
    said = str(error.value)
    if passing < 4:
        assert "Nothing was replaced, and what had been loaded beside was removed." in said
        assert len(found) == 2
    else:
        assert "Run the same command again" in said
    publish_graphs(server.update, graphs, "update", LIMIT)
    assert read(server) == {FIRST: ("new", 3), SECOND: ("new", 3)}


def test_what_speaks_neither_protocol_is_told(server: Server) -> None:
    """The query service takes neither; nothing is changed."""
    with pytest.raises(EndpointProblem, match="Nothing was replaced"):
        publish_graphs(server.query, {FIRST: make("new")}, "", LIMIT)
    with pytest.raises(EndpointProblem, match="Nothing was changed"):
        publish_graphs(server.query, {FIRST: make("new")}, "graph-store", LIMIT)
    assert read(server)[FIRST] == ("old", 1)


def test_nobody_listens() -> None:
    """Before anything is sent, the server is looked for."""
    with pytest.raises(EndpointProblem, match="cannot be reached"):
        publish_graphs(f"http://127.0.0.1:{find_port()}/store", {FIRST: []}, "", LIMIT)
