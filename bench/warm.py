"""Every question in one process, beside its query text on Oxigraph's own server.

`python -m bench.warm DATA OXIGRAPH` prints JSON: by question the rows, and the milliseconds of
both. Ours is all that an answer takes: names looked up, query bound and run, rows written as TSV.
"""

from __future__ import annotations

import http.client
import json
import socket
import statistics
import subprocess
import sys
import time
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from kg.answer import Scope, ask, serialize, solve
from kg.name import kind_of, label_of
from kg.question import find_question
from kg.store import open_store
from kg.vocabulary import GRAPH, ID, expand

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.question import Parameter
    from kg.store import Opened

TIMES = 7
LIMIT = 20.0
"""So many seconds the server may take for one answer."""
LONG = 1.0
"""What takes more seconds than this is run once more only."""


class Server:
    """Oxigraph's server on our store, on a free port here; started anew after a limit."""

    def __init__(self, program: str, location: str) -> None:
        """Start it."""
        self._program, self._location = program, location
        self._start()

    def _start(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        words = ["serve-read-only", "--location", self._location, "--union-default-graph"]
        self._process = subprocess.Popen(
            [self._program, *words, "--bind", f"127.0.0.1:{port}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT)
        for _ in range(200):
            try:
                self._connection.connect()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError("Oxigraph's server does not answer.")

    def query(self, text: str) -> bytes | None:
        """Return the answer as TSV, or None if it took longer than the limit."""
        headers = {
            "Content-Type": "application/sparql-query",
            "Accept": "text/tab-separated-values",
        }
        try:
            self._connection.request("POST", "/query", text.encode(), headers)
            answer = self._connection.getresponse()
            content = answer.read()
        except (TimeoutError, http.client.HTTPException):
            self.stop()
            self._start()
            return None
        if answer.status != 200:
            raise RuntimeError(content.decode())
        return content

    def stop(self) -> None:
        """End it."""
        self._connection.close()
        self._process.kill()
        self._process.wait()


def choose_arguments(opened: Opened) -> Callable[[Parameter], str]:
    """Return what gives a parameter its argument: of things the one that is named most often."""
    graphs = sorted(g.value for g in opened.store.named_graphs() if isinstance(g, NamedNode))
    graph = NamedNode(next(name for name in graphs if name.endswith("/asserted")))
    state = graph.value.removeprefix(GRAPH).partition("/")[0]
    named: dict[str, Counter[NamedNode]] = {}
    for quad in opened.store.quads_for_pattern(None, None, None, graph):
        thing = quad.object
        if isinstance(thing, NamedNode) and thing.value.startswith(f"{ID}{state}/"):
            named.setdefault(kind_of(thing), Counter())[thing] += 1
    named["procedure"] = Counter(
        quad.subject
        for quad in opened.store.quads_for_pattern(
            None, NamedNode(expand("rdf:type")), NamedNode(expand("pol:ProcedureRule")), graph
        )
        if isinstance(quad.subject, NamedNode)
    )
    texts = {"article": "10", "annex": "1", "number": "20"}

    def choose(parameter: Parameter) -> str:
        if parameter.type == "date":
            return {"first": "2007-01-01", "last": "2009-01-01"}[parameter.name]
        if parameter.type:
            return texts.get(parameter.name, parameter.example)
        found = sum((named.get(kind, Counter()) for kind in parameter.kinds), Counter())
        return str(min(found, key=lambda thing: (-found[thing], thing.value)).value)

    return choose


def take_time(answer: Callable[[], bytes | None]) -> tuple[float, bytes | None]:
    """Return the median of some answers in milliseconds, after one to warm up, and the last one."""
    taken = []
    content = None
    for number in range(TIMES + 1):
        start = time.perf_counter()
        content = answer()
        spent = time.perf_counter() - start
        if content is None:
            return LIMIT * 1000, None
        if number or spent > LONG:
            taken.append(spent)
        if spent > LONG and number:
            break
    return statistics.median(taken) * 1000, content


def measure(data: str, program: str) -> dict[str, dict[str, Any]]:
    """Return by question its arguments, rows and times, ours and those of the server."""
    opened = open_store([data])
    choose = choose_arguments(opened)
    server = Server(program, opened.generation + "/store") if program else None
    measured: dict[str, dict[str, Any]] = {}
    try:
        for name in sorted(opened.catalogue):
            question = find_question(opened.catalogue, name)
            words = [choose(p) for p in question.parameters]

            def answer(name: str = name, words: list[str] = words) -> bytes:
                asked = ask(opened, name, words, Scope())
                return serialize(solve(opened, asked.query), "tsv")

            ours, content = take_time(answer)
            about: dict[str, Any] = {
                "arguments": words,
                "ours": ours,
                "rows": (content or b"").count(b"\n") - 1,
            }
            if server:
                query = ask(opened, name, words, Scope()).query
                about["server"], told = take_time(partial(server.query, query))
                about["late"] = told is None
                about["equal"] = told is None or _count(told) == _count(content or b"")
            measured[name] = about
    finally:
        if server:
            server.stop()
    for about in measured.values():
        about["arguments"] = [_show(opened, word) for word in about["arguments"]]
    return measured


def _count(content: bytes) -> int:
    return len(content.rstrip(b"\n").split(b"\n"))


def _show(opened: Opened, word: str) -> str:
    return label_of(opened.store, NamedNode(word)) if word.startswith(ID) else word


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "")))
