"""Real servers on loopback for the tests: started, filled by nobody, stopped."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, NamedTuple

import pytest

from kg.publish import collect_graphs, publish_graphs
from kg.server import send_request

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pyoxigraph import Store, Triple

LIMIT = 60.0
"""The seconds that a request may take."""
SERVERS = [
    pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ("oxigraph", "virtuoso")
]
"""The fixtures of the servers that hold our data, each for the worker in which it runs once."""

PATIENCE = 90
"""Virtuoso writes its first database for some ten seconds, and longer on a busy machine."""
VIRTUOSO = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200

[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx

[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
ServerThreads = 10
CheckpointInterval = 0
CaseMode = 2
AllowOSCalls = 0
DirsAllowed = {folders}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000

[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 5

[SPARQL]
ResultSetMaxRows = 5000
"""


class Server(NamedTuple):
    """The services of a server, and the environment that opens those that write."""

    query: str
    update: str
    graph_store: str
    environment: dict[str, str]
    sql: int = 0
    """The port of loopback at which Virtuoso takes SQL."""


def find_port() -> int:
    """Return a port of loopback that is free now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@contextlib.contextmanager
def run_program(command: list[str], folder: Path, url: str) -> Iterator[None]:
    """Run a program in a folder while the block lasts; it begins when the URL answers."""
    with (folder / "output.txt").open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
    try:
        _wait(process, url, folder)
        yield
    finally:
        process.terminate()  # what is killed leaves its own children behind
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], url: str, folder: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - on loopback
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    told = [folder / "output.txt", *folder.glob("*.[lt]*g")]
    said = "".join(path.read_text("utf-8", "replace")[-2000:] for path in told)
    raise RuntimeError(f"{url} does not answer: {said}")


@contextlib.contextmanager
def run_oxigraph(program: str, folder: Path) -> Iterator[Server]:
    """Run an Oxigraph server that keeps its graphs in memory."""
    address = f"127.0.0.1:{find_port()}"
    url = f"http://{address}"
    with run_program([program, "serve", "--bind", address], folder, f"{url}/"):
        yield Server(f"{url}/query", f"{url}/update", f"{url}/store", {})


@contextlib.contextmanager
def run_virtuoso(program: str, folder: Path, *readable: Path) -> Iterator[Server]:
    """Run a Virtuoso with a new database in a folder, and its first user and password.

    By SQL it may read the files of the folders that are `readable`.
    """
    sql, http = find_port(), find_port()
    folders = ", ".join([".", *map(str, readable)])
    config = VIRTUOSO.format(sql=sql, http=http, folders=folders)
    (folder / "virtuoso.ini").write_text(config, "utf-8")
    url = f"http://127.0.0.1:{http}"
    with run_program(
        [program, "+foreground", "+configfile", "virtuoso.ini"], folder, f"{url}/sparql"
    ):
        known = {"POLITEIA_USER": "dba", "POLITEIA_PASSWORD": "dba"}
        services = (f"{url}/sparql", f"{url}/sparql-auth", f"{url}/sparql-graph-crud-auth")
        yield Server(*services, known, sql)


def fill_server(server: Server, store: Store) -> None:
    """Publish all that a store holds."""
    put_graphs(server, collect_graphs(store))


def put_graphs(server: Server, graphs: Mapping[str, Sequence[Triple]]) -> None:
    """Replace graphs on a server, with the account that it wants."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment.items():
            patch.setenv(name, value)
        publish_graphs(server.graph_store, graphs, "graph-store", LIMIT)


def clear_graph(server: Server, graph: str) -> None:
    """Remove what is in a graph of a server; Virtuoso only drops what was created by name."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment.items():
            patch.setenv(name, value)
        update = f"CLEAR GRAPH <{graph}>".encode()
        send_request(server.update, "POST", update, "application/sparql-update", LIMIT)
