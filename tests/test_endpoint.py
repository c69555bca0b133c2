"""An endpoint in the place of the embedded store: an Oxigraph server, and what is none."""

from __future__ import annotations

import json
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from servers import LIMIT, find_port, run_oxigraph

from cli.app import main
from kg.endpoint import Endpoint
from kg.errors import EndpointProblem, UsageError
from kg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from servers import Server

    Say = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.xdist_group("oxigraph")
XML = "application/sparql-results+xml"
ROWS = (
    b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/></head>'
    b"<results><result><binding name='x'><literal>a</literal></binding></result>"
)


@pytest.fixture
def empty(require_program: Callable[[str], str], tmp_path: Path) -> Iterator[Server]:
    """Return an Oxigraph server that holds nothing."""
    with run_oxigraph(require_program("oxigraph"), tmp_path) as server:
        yield server


@pytest.fixture
def say(capfd: pytest.CaptureFixture[str]) -> Say:
    """Return a function that runs the command: exit code, stdout, stderr."""

    def run(*words: str) -> tuple[int, str, str]:
        code = main(words)
        out, err = capfd.readouterr()
        return code, out, err

    return run


class LeftServer(ThreadingHTTPServer):
    """A server whose clients leave early, of which it says nothing in the midst of another test."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """Let a broken pipe be."""


@pytest.fixture
def answering() -> Iterator[Callable[..., str]]:
    """Return a function that starts a server with one answer for all, and returns its URL."""
    running: list[ThreadingHTTPServer] = []

    def start(
        content: bytes, kind: str = XML, status: int = 200, length: int = -1, delay: float = 0
    ) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                time.sleep(delay)
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content) if length < 0 else length))
                self.end_headers()
                self.wfile.write(content)

            def do_HEAD(self) -> None:
                self.do_POST()

            def log_message(self, *_: object) -> None:
                pass

        made = LeftServer(("127.0.0.1", 0), Handler)
        running.append(made)
        threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True).start()
        return f"http://127.0.0.1:{made.server_port}/query"

    yield start
    for made in running:
        made.shutdown()
        made.server_close()


def test_the_turtle_of_a_card_is_the_same(say: Say, oxigraph: Server) -> None:
    """What a server writes of a thing are the triples of the embedded store."""
    words = ("show", "Senate", "--format", "ttl")
    code, out, _ = say(*words, "--endpoint", oxigraph.query)
    assert code == 0
    assert sorted(out.splitlines()) == sorted(say(*words)[1].splitlines())


def test_a_thing_that_only_the_endpoint_knows_goes_by_its_iri(
    say: Say, oxigraph: Server, ruritania: Callable[..., Path]
) -> None:
    """The names of this machine are those of its data; an IRI is looked up there too."""
    iri = "https://w3id.org/politeia/id/kz/office/prime-minister"
    words = ("--endpoint", oxigraph.query, "--data", str(ruritania()))
    code, out, _ = say("ask", "who-appoints", iri, *words)
    assert code == 0
    assert '"Prime Minister"@en' in out
    assert say("ask", "who-appoints", iri.replace("prime", "primer"), *words)[0] == 2


def test_each_form_of_a_query_of_ones_own_is_run(
    say: Say, oxigraph: Server, tmp_path: Path
) -> None:
    """SELECT, ASK and CONSTRUCT, with the prefixes of the project declared."""
    file = tmp_path / "q.rq"

    def run(text: str, form: str) -> str:
        file.write_text(text, "utf-8")
        code, out, err = say("sparql", str(file), "--endpoint", oxigraph.query, "--format", form)
        assert (code, err) == (0, "")
        return out

    assert json.loads(run("SELECT (COUNT(*) AS ?n) { ?s a pol:Source }", "records"))[0]["n"] > 1
    assert run("ASK { ?s a pol:Office }", "tsv") == "true\n"
    assert "a pol:Source" in run("CONSTRUCT { ?s a pol:Source } WHERE { ?s a pol:Source }", "ttl")


def test_what_does_not_parse_is_not_sent(say: Say, tmp_path: Path) -> None:
    """A mistake and an update are found before anybody is asked; nobody listens here."""
    file = tmp_path / "q.rq"
    endpoint = Endpoint(f"http://127.0.0.1:{find_port()}/", LIMIT)
    opened = open_store()._replace(endpoint=endpoint)
    from kg.sparql import run_query  # noqa: PLC0415 - one test runs a query without the command

    file.write_text("", "utf-8")
    for text in ("SELECT ?x WHERE { ?x", "DROP ALL"):
        with pytest.raises(UsageError):
            run_query(opened, text)
    assert say("sparql", str(file))[0] == 2


def test_an_endpoint_without_our_data_says_so(say: Say, empty: Server) -> None:
    """An empty store is no source that is silent."""
    code, out, err = say("ask", "bodies", "--endpoint", empty.query)
    assert (code, out) == (3, "")
    assert "politeia publish" in err


def test_nobody_listens(say: Say) -> None:
    """An endpoint that cannot be reached is an error of the environment."""
    code, out, err = say("ask", "bodies", "--endpoint", f"http://127.0.0.1:{find_port()}/query")
    assert (code, out) == (3, "")
    assert "cannot be reached" in err


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"content": b"no", "status": 401}, "refuses access without credentials (401)"),
        ({"content": b"no", "status": 403}, "refuses access without credentials (403)"),
        ({"content": b"no", "status": 404}, "no such service (404)"),
        ({"content": b"too much", "status": 500}, "(500). It says: too much"),
        ({"content": b"late", "status": 504}, "took too long (504)"),
        ({"content": b"<html/>", "kind": "text/html"}, "does not answer as a SPARQL endpoint"),
        ({"content": ROWS}, "truncated or damaged"),
        ({"content": ROWS, "length": 9_999}, "of 9,999 bytes came"),
        ({"content": ROWS, "delay": 5}, "not answered within 0.3 seconds"),
    ],
)
def test_what_is_no_answer_is_told(
    answer: dict, said: str, say: Say, answering: Callable[..., str]
) -> None:
    """Refused, not there, not SPARQL, cut and late: exit code 3, a sentence, and no rows."""
    url = answering(**answer)
    code, out, err = say("ask", "bodies", "--endpoint", url, "--timeout", "0.3")
    assert (code, out) == (3, "")
    assert said in err
    assert url in err


def test_a_slow_drip_ends_at_the_limit() -> None:
    """The limit is for the whole answer, and not for each of its pieces."""

    class Drip(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", XML)
            self.end_headers()
            for _ in range(40):
                self.wfile.write(b" ")
                time.sleep(0.05)

        def log_message(self, *_: object) -> None:
            pass

    made = LeftServer(("127.0.0.1", 0), Drip)
    threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True).start()
    begin = time.monotonic()
    with pytest.raises(EndpointProblem, match="within"):
        Endpoint(f"http://127.0.0.1:{made.server_port}/", 0.3).ask("ASK { }")
    assert time.monotonic() - begin < 1.5
    made.shutdown()
    made.server_close()


@pytest.mark.parametrize("url", ["ftp://x/y", "localhost:7878", "http://", "http://x:y/z", "kz"])
def test_what_is_no_url_is_refused(url: str, say: Say) -> None:
    """A slip in the URL is the user's, and nobody is asked."""
    assert say("ask", "bodies", "--endpoint", url)[0] == 2
    assert say("publish", url)[0] == 2


def test_a_password_in_the_url_is_refused(say: Say) -> None:
    """The list of processes shows a command to everybody; the error does not repeat it."""
    code, _, err = say("ask", "bodies", "--endpoint", "http://me:secret@127.0.0.1/query")
    assert code == 2
    assert "POLITEIA_PASSWORD" in err
    assert "secret" not in err


def test_a_token_and_a_password_are_sent(
    monkeypatch: pytest.MonkeyPatch, answering: Callable[..., str], say: Say
) -> None:
    """With credentials the refusal is another one."""
    url = answering(b"no", status=403)
    monkeypatch.setenv("POLITEIA_TOKEN", "t")
    assert "refuses access with these credentials" in say("ask", "bodies", "--endpoint", url)[2]


def test_a_proxy_is_used(monkeypatch: pytest.MonkeyPatch, answering: Callable[..., str]) -> None:
    """The usual variables name the proxy, which here answers for a host that does not exist."""
    proxy = answering(ROWS.replace(b"<results>", b"<boolean>true</boolean>").split(b"<result>")[0]
                      + b"</sparql>")  # fmt: skip
    monkeypatch.setenv("http_proxy", proxy)
    monkeypatch.setattr(urllib.request, "_opener", None)  # it reads the variables once
    monkeypatch.delenv("no_proxy", raising=False)
    assert Endpoint("http://politeia.invalid/query", LIMIT).ask("ASK { }")
