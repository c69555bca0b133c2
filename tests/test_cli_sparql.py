"""SPARQL of the user's own: what it sees, what it may not do, and where it went wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cli.app import main

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def query(
    ruritania: Callable[..., Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Return a function that runs a query on the invented State: exit code, stdout, stderr."""
    folder = ruritania()

    def run(text: str | bytes, *words: str) -> tuple[int, str, str]:
        file = tmp_path / "q.rq"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        code = main(["sparql", str(file), "--data", str(folder), *words])
        out, err = capfd.readouterr()
        return code, out, err

    return run


OFFICES = "SELECT ?label WHERE { ?o a pol:Office ; rdfs:label ?label } ORDER BY ?label"


def test_the_prefixes_are_declared(query: Callable[..., tuple]) -> None:
    """A SELECT may use pol: and rdfs: without declaring them."""
    code, out, _ = query(OFFICES, "--format", "records")
    labels = [row["label"] for row in json.loads(out)]
    assert code == 0
    assert labels == sorted(
        ["Chancellor", "Kanzlerin", "King", "Judge of the Constitutional Court"]
    )


def test_the_index_of_names_is_not_seen(query: Callable[..., tuple]) -> None:
    """Neither the union of the graphs nor GRAPH ?g holds the folded names."""
    _, union, _ = query("ASK { ?s pol:nameKey ?k }")
    _, graph, _ = query("ASK { GRAPH ?g { ?s pol:nameKey ?k } }")
    _, seen, _ = query("ASK { GRAPH ?g { ?s a pol:Office } }")
    assert (union, graph, seen) == ("false\n", "false\n", "true\n")


def test_ask_is_a_truth_value_in_json(query: Callable[..., tuple]) -> None:
    """The W3C form of an answer to ASK."""
    _, out, _ = query("ASK { ?s a pol:Office }", "--format", "json")
    assert json.loads(out)["boolean"] is True


def test_construct_and_describe_give_turtle(query: Callable[..., tuple]) -> None:
    """Triples come out as Turtle with our prefixes, whatever the order of finding."""
    code, out, _ = query("CONSTRUCT { ?o a pol:Office } WHERE { ?o a pol:Office }")
    assert code == 0
    assert "@prefix pol: <https://w3id.org/politeia/ontology#> ." in out
    assert out.count("a pol:Office") == 3
    _, out, _ = query("DESCRIBE <https://w3id.org/politeia/id/xx/office/king>", "--format", "nt")
    assert '"King"@en' in out


def test_a_mistake_is_shown_where_it_stands(query: Callable[..., tuple]) -> None:
    """Line and column count in the user's own text, and the caret is below the place."""
    code, out, err = query("SELECT ?x\nWHERE { ?x a pol:Office\nORDER BY ?x")
    lines = err.splitlines()
    assert (code, out) == (2, "")
    assert "line 3, column" in lines[0]
    column = int(lines[0].split("column ")[1].split(":")[0])
    assert lines[1] == "    ORDER BY ?x"
    assert lines[2].index("^") == 4 + column - 1


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:a> <a:b> 1 }",
        "PREFIX x: <http://e/SELECT#> # SELECT\nbase <http://e/>\n delete where { ?s ?p ?o }",
        "CLEAR ALL",
        "DROP GRAPH <http://e/>",
    ],
)
def test_an_update_is_refused_and_changes_nothing(query: Callable[..., tuple], text: str) -> None:
    """The message says what to do instead; the graph is as before."""
    before = query(OFFICES)
    code, out, err = query(text)
    assert (code, out) == (2, "")
    assert "only read" in err
    assert query(OFFICES) == before


@pytest.mark.parametrize("text", [b"", b"\xff\xfe", b"SELECT", b"SELECT ?insert WHERE { ?insert "])
def test_what_is_no_query_exits_with_2(query: Callable[..., tuple], text: bytes) -> None:
    """An empty text, another encoding or half a query is a usage error, and no update."""
    code, out, err = query(text)
    assert (code, out) == (2, "")
    assert err
    assert "only read" not in err
    assert "Traceback" not in err


def test_a_hyphen_reads_stdin(ruritania: Callable[..., Path]) -> None:
    """`politeia sparql -` takes the query from a pipe."""
    command = [sys.executable, "-m", "cli.app", "sparql", "-", "--data", str(ruritania())]
    found = subprocess.run(
        command, cwd=ROOT, input="ASK {}", capture_output=True, text=True, check=True
    )
    assert found.stdout == "true\n"
