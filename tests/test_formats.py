"""The W3C formats to the letter: two parsers that are not ours read back the terms that went in."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
import rdflib
from rdflib.plugins.sparql.results.jsonresults import JSONResultParser
from rdflib.plugins.sparql.results.tsvresults import TSVResultParser

from cli.app import main

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

XSD = "http://www.w3.org/2001/XMLSchema#"
STATEMENTS = """\
- selection: chancellor
  fills: office/chancellor
  says: 'The King, called "the Good", appoints the Chancellor; then all drink.'
  seats: 3
  steps:
    - appoints: office/king
  cite: para 10
"""
ROWS = [
    ['"plain"', '"King"@en', "<https://example.org/a>", '"2019-01-04"^^xsd:date'],
    ['"a, \\"b\\"; c"', '"Ә \\\\ \\t tab"@kk', "<https://example.org/%20>", "true"],
    ['"two\\nlines"', '"}\'#"@ru', "UNDEF", "UNDEF"],
    ['""', "12", "3.25", '"x"^^<https://example.org/type>'],
    ["UNDEF", "UNDEF", "UNDEF", "UNDEF"],
    ['"last"', "UNDEF", "UNDEF", "false"],
]
"""Terms as SPARQL writes them, the fifth row none; rdflib cannot read a negative decimal."""
QUERY = "SELECT ?a ?b ?c ?d WHERE { VALUES (?a ?b ?c ?d) {\n%s\n} }" % "\n".join(  # noqa: UP031 - braces
    f"({' '.join(row)})" for row in ROWS
)


def read_source() -> list[list[rdflib.term.Node | None]]:
    """Return the terms of ROWS as rdflib reads them from N-Triples, which is no result format."""

    def read(text: str) -> rdflib.term.Node | None:
        if text == "UNDEF":
            return None
        written = {"true": f'"true"^^<{XSD}boolean>', "false": f'"false"^^<{XSD}boolean>'}
        written |= {"12": f'"12"^^<{XSD}integer>', "3.25": f'"3.25"^^<{XSD}decimal>'}
        term = written.get(text, text.replace("xsd:date", f"<{XSD}date>"))
        graph = rdflib.Graph().parse(data=f"<x:s> <x:p> {term} .", format="nt")
        return next(graph.objects())

    return [[read(text) for text in row] for row in ROWS]


@pytest.fixture(scope="module")
def folder(ruritania_files: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a data folder with one rule, whose words hold what a format must escape."""
    folder = tmp_path_factory.mktemp("data")
    for name, content in (ruritania_files | {"xx/report/power.yaml": STATEMENTS}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    return str(folder)


@pytest.fixture
def run(folder: str, capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., bytes]:
    """Return a function that runs the command and returns stdout, byte for byte."""

    def run_it(*words: str) -> bytes:
        assert main([*words, "--data", folder]) == 0
        return capfdbinary.readouterr().out

    return run_it


@pytest.fixture
def written(run: Callable[..., bytes], tmp_path: Path) -> Callable[[str], bytes]:
    """Return a function that returns ROWS in a format."""
    (tmp_path / "q.rq").write_text(QUERY, "utf-8")
    return lambda form: run("sparql", str(tmp_path / "q.rq"), "--format", form)


def read_oxigraph(content: bytes, form: str) -> list[list[str]]:
    """Return results as pyoxigraph reads them, each term as N-Triples."""
    kinds = {"json": pyoxigraph.QueryResultsFormat.JSON, "tsv": pyoxigraph.QueryResultsFormat.TSV}
    found = pyoxigraph.parse_query_results(content, format=kinds[form])
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return [["" if term is None else str(term) for term in row] for row in found]


def read_rdflib(content: bytes, form: str) -> list[list[rdflib.term.Node | None]]:
    """Return results as rdflib reads them."""
    parser = {"json": JSONResultParser, "tsv": TSVResultParser}[form]()
    found = parser.parse(io.BytesIO(content), "application/sparql-results+json")
    variables = found.vars or []
    return [[row.get(variable) for variable in variables] for row in found.bindings]


def test_json_gives_rdflib_the_terms_that_went_in(written: Callable[[str], bytes]) -> None:
    """Each term comes back with its kind, its lexical form, its language and its datatype."""
    assert read_rdflib(written("json"), "json") == read_source()


def test_tsv_gives_rdflib_the_terms_that_went_in(written: Callable[[str], bytes]) -> None:
    """The same for tab-separated values; a row without any term is a row of tabs."""
    content = written("tsv")
    assert content.splitlines()[5] == b"\t\t\t"
    rows = read_rdflib(content.replace(b"\n\t\t\t\n", b"\n"), "tsv")  # rdflib leaves such a row out
    assert rows == [row for row in read_source() if any(term is not None for term in row)]


@pytest.mark.parametrize("form", ["json", "tsv"])
def test_oxigraph_reads_the_same_terms(form: str, written: Callable[[str], bytes]) -> None:
    """The parser of another library reads the terms of rdflib, each in its N-Triples."""
    source = [["" if term is None else term.n3() for term in row] for row in read_source()]
    given = read_oxigraph(written(form), form)
    full = {"12": f'"12"^^<{XSD}integer>', "3.25": f'"3.25"^^<{XSD}decimal>'}
    full |= {word: f'"{word}"^^<{XSD}boolean>' for word in ("true", "false")}
    assert [[str(rdflib.util.from_n3(cell)) for cell in row if cell] for row in given] == [
        [str(rdflib.util.from_n3(full.get(cell, cell))) for cell in row if cell] for row in source
    ]
    assert [[bool(cell) for cell in row] for row in given] == [[bool(c) for c in r] for r in source]


def test_csv_holds_the_bare_values(written: Callable[[str], bytes]) -> None:
    """CSV is RFC 4180: lines end with CR LF, the header has no question marks, cells no types."""
    content = written("csv")
    assert content.startswith(b"a,b,c,d\r\n")
    assert content.count(b"\r\n") == len(ROWS) + 1
    rows = list(csv.reader(io.StringIO(content.decode(), newline="")))[1:]
    expected = [["" if term is None else str(term) for term in row] for row in read_source()]
    assert rows == expected


def test_json_is_one_object_with_head_and_results(written: Callable[[str], bytes]) -> None:
    """The document has the members of the recommendation and no other, and unbound is absent."""
    document = json.loads(written("json"))
    assert set(document) == {"head", "results"}
    assert document["head"] == {"vars": ["a", "b", "c", "d"]}
    assert document["results"]["bindings"][4] == {}
    members = {"type", "value", "datatype", "xml:lang"}
    for binding in document["results"]["bindings"]:
        for term in binding.values():
            assert set(term) <= members
            assert term["type"] in {"uri", "literal", "bnode"}


@pytest.mark.parametrize("form", ["json", "tsv"])
@pytest.mark.parametrize(
    "words",
    [["ask", "who-appoints", "Chancellor"], ["show", "Chancellor"]],
    ids=["ask", "show"],
)
def test_every_command_with_rows_writes_these_formats(
    words: list[str], form: str, run: Callable[..., bytes]
) -> None:
    """What `ask` and `show` write is read by both parsers, with the same words in it."""
    content = run(*words, "--format", form)
    said = 'The King, called "the Good", appoints the Chancellor; then all drink.'
    texts = [str(term) for row in read_rdflib(content, form) for term in row]
    assert said in texts
    assert len(read_oxigraph(content, form)) == len(read_rdflib(content, form))


def test_records_hold_numbers_as_numbers(run: Callable[..., bytes]) -> None:
    """An object a row: labels and citations are strings, counts are numbers, empty is null."""
    (record,) = json.loads(run("ask", "who-appoints", "Chancellor", "--format", "records"))
    assert (record["office"], record["seats"], record["order"]) == ("Chancellor", 3, 1)
    assert record["threshold"] is None
    assert record["citation"] == "REP/1, para. 10"
