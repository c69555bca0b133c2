"""The dump: loads anywhere, answers our questions there, and is the same every time."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import rdflib
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    RdfFormat,
    Store,
    parse,
)

from cli.app import main
from kg.answer import ask, serialize, solve
from kg.dump import collect_dump, render_dump
from kg.name import NAMES
from kg.place import DATA
from kg.store import open_store
from kg.vocabulary import GRAPH, ID

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.store import Opened

ROOT = Path(__file__).resolve().parent.parent
STATEMENTS = """\
- selection: chancellor
  fills: office/chancellor
  says: With the consent of the Diet, the King appoints the Chancellor.
  steps:
    - consents: body/diet
      threshold: more than 1/2 of the total membership
    - appoints: office/king
  cite: para 10
"""
NEIGHBOUR = {
    "yy/state.yaml": "- state: yy\n  label: Grand Fenwick\n",
    "yy/things.yaml": "- office: duke\n  label: Duke\n  cite: letter para 1\n",
    "yy/letter/source.yaml": (
        "- source: letter\n  label: Letter from Fenwick\n  short-name: LET/1\n"
        "  describes: 1955-01-01\n  paragraphs: 9\n"
    ),
}


@pytest.fixture
def folder(write_data: Callable[..., Path], ruritania_files: dict[str, str]) -> Path:
    """Return a data folder with two States."""
    return write_data(ruritania_files | NEIGHBOUR | {"xx/report/power.yaml": STATEMENTS})


@pytest.fixture
def opened(folder: Path) -> Opened:
    """Return the store of that folder."""
    return open_store([folder])


def test_our_questions_give_the_same_rows_on_another_store(opened: Opened) -> None:
    """The Turtle alone, in an empty store, answers a question of ours as our store does."""
    query = ask(opened, "who-appoints", ["Chancellor"]).query
    other = Store()
    other.load(render_dump(collect_dump(opened.store), "ttl"), format=RdfFormat.TURTLE)
    expected = serialize(solve(opened, query), "tsv")
    assert b'"appoints"@en' in expected
    assert other.query(query).serialize(format=QueryResultsFormat.TSV) == expected


def test_rdflib_reads_as_much_as_was_written(opened: Opened) -> None:
    """Turtle and N-Triples, read by another library, hold the same triples, each once."""
    quads = collect_dump(opened.store)
    lines = render_dump(quads, "nt").decode().splitlines()
    turtle = rdflib.Graph().parse(data=render_dump(quads, "ttl"), format="turtle")
    assert len(lines) == len(set(lines)) == len(turtle)


@pytest.mark.parametrize("name", ["ttl", "nt", "jsonld"])
def test_every_format_holds_the_same_triples(opened: Opened, name: str) -> None:
    """What one format holds, all hold."""
    quads = collect_dump(opened.store)
    formats = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}
    read = parse(render_dump(quads, name), format=formats[name])
    assert {quad.triple for quad in read} == {quad.triple for quad in quads}


def test_trig_keeps_the_graphs_apart(opened: Opened) -> None:
    """TriG says of each triple whether it was asserted or derived."""
    read = parse(render_dump(collect_dump(opened.store), "trig"), format=RdfFormat.TRIG)
    graphs = {str(quad.graph_name.value) for quad in read}
    layers = ("asserted", "derived", "provenance")
    states = {f"{GRAPH}{state}/{layer}" for state in ("xx", "yy") for layer in layers}
    assert graphs == states | {GRAPH + "ontology"}


def test_nothing_but_states_and_concepts_is_published(opened: Opened) -> None:
    """Neither the index of names nor the classes of the ontology are in the dump."""
    quads = collect_dump(opened.store)
    assert all(quad.graph_name != NAMES for quad in quads)
    assert "nameKey" not in render_dump(quads, "nt").decode()
    assert "http://www.w3.org/2002/07/owl#Class" not in render_dump(quads, "nt").decode()
    assert "https://w3id.org/politeia/role/appoints" in render_dump(quads, "nt").decode()


def test_one_state_leaves_out_the_others(opened: Opened) -> None:
    """With a State, what is stated of another is not there, and the role labels still are."""
    subjects = {quad.subject.value for quad in collect_dump(opened.store, "yy")}
    assert ID + "yy/office/duke" in subjects
    assert not [subject for subject in subjects if subject.startswith(ID + "xx")]
    assert "https://w3id.org/politeia/role/appoints" in subjects


def test_a_blank_node_is_refused() -> None:
    """A State graph with a blank node raises: no two dumps of it would be equal."""
    store = Store()
    graph = NamedNode(GRAPH + "xx/asserted")
    store.add(Quad(NamedNode("http://e/s"), NamedNode("http://e/p"), Literal("fine"), graph))
    assert collect_dump(store)
    store.add(Quad(BlankNode(), NamedNode("http://e/p"), Literal("not"), graph))
    with pytest.raises(ValueError, match="blank node"):
        collect_dump(store)


@pytest.mark.parametrize("name", ["ttl", "nt", "trig", "jsonld"])
def test_two_processes_write_the_same_bytes(folder: Path, tmp_path: Path, name: str) -> None:
    """The bytes depend neither on the hash seed of a process nor on the cache."""
    written = []
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "POLITEIA_CACHE": str(tmp_path / seed)}
        words = ["dump", "--format", name, "--data", str(folder)]
        command = [sys.executable, "-m", "cli.app", *words]
        found = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
        written.append(found.stdout)
    assert written[0]
    assert written[0] == written[1]


@pytest.mark.parametrize("name", ["ttl", "nt", "trig", "jsonld"])
def test_the_order_of_finding_does_not_matter(opened: Opened, name: str) -> None:
    """A dump is sorted, so a library that finds triples in another order writes the same bytes."""
    quads = collect_dump(opened.store)
    assert render_dump(reversed(quads), name) == render_dump(quads, name)
    lines = render_dump(quads, "nt").decode().splitlines()
    assert lines == sorted(lines)


def test_the_order_of_the_records_does_not_matter(opened: Opened, folder: Path) -> None:
    """The same data in files of other names and order gives the same triples but for the place."""
    before = render_dump([q for q in collect_dump(opened.store) if _is_content(q)], "ttl")
    (folder / "xx" / "things.yaml").rename(folder / "xx" / "zzz.yaml")
    after = collect_dump(open_store([folder]).store)
    assert render_dump([q for q in after if _is_content(q)], "ttl") == before


def _is_content(quad: Quad) -> bool:
    return not str(quad.graph_name).endswith("provenance>")


def test_a_file_is_whole_or_not_there(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """--output leaves the file, nothing beside it, and nothing on stdout."""
    place = tmp_path / "out"
    place.mkdir()
    words = ["dump", "--data", str(folder)]
    assert main(words) == 0
    printed = capfd.readouterr().out
    assert main([*words, "--output", str(place / "all.ttl")]) == 0
    assert capfd.readouterr().out == ""
    assert [path.name for path in place.iterdir()] == ["all.ttl"]
    assert (place / "all.ttl").read_text("utf-8") == printed
    assert main([*words, "--output", str(tmp_path / "none" / "all.ttl")]) == 3
    assert main([*words, "--output", str(place)]) == 3
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_name_that_ends_in_gz_is_written_in_gzip(folder: Path, tmp_path: Path) -> None:
    """The packed file holds the same dump, and neither a name nor a time."""
    words = ["dump", "--data", str(folder), "--output"]
    assert main([*words, str(tmp_path / "all.ttl")]) == 0
    assert main([*words, str(tmp_path / "all.ttl.gz")]) == 0
    packed = (tmp_path / "all.ttl.gz").read_bytes()
    assert gzip.decompress(packed) == (tmp_path / "all.ttl").read_bytes()
    assert packed[3:8] == bytes(5)  # RFC 1952: no flags, so no name, and no time


@pytest.fixture(scope="module")
def turtle() -> bytes:
    """Return the Turtle dump of our own data."""
    return render_dump(collect_dump(open_store().store), "ttl")


@pytest.mark.xdist_group("dump")
def test_three_readers_find_the_same_triples_in_our_turtle(
    turtle: bytes, require_program: Callable[[str], str], tmp_path: Path
) -> None:
    """Raptor, rdflib and Oxigraph read our Turtle to one set of triples, none less."""
    rapper = require_program("rapper")
    file = tmp_path / "dump.ttl"
    file.write_bytes(turtle)
    command = [rapper, "--quiet", "--input", "turtle", "--output", "ntriples", str(file)]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr == b""
    ours = {str(t) for t in parse(turtle, format=RdfFormat.TURTLE)}
    by_raptor = {str(t) for t in parse(done.stdout, format=RdfFormat.N_TRIPLES)}
    assert len(ours) > 10_000
    assert by_raptor == ours
    graph = rdflib.Graph().parse(data=turtle, format="turtle")
    by_rdflib = graph.serialize(format="nt", encoding="utf-8")
    assert {str(t) for t in parse(by_rdflib, format=RdfFormat.N_TRIPLES)} == ours


@pytest.mark.xdist_group("dump")
def test_our_own_data_gives_the_same_bytes_in_another_folder(turtle: bytes, tmp_path: Path) -> None:
    """A copy of the data elsewhere, read under another hash seed and locale, dumps the same."""
    shutil.copytree(DATA, tmp_path / "elsewhere")
    environment = os.environ | {
        "PYTHONHASHSEED": "7",
        "POLITEIA_CACHE": str(tmp_path / "cache"),
        "LC_ALL": "C",
        "TZ": "Asia/Tokyo",
    }
    command = [sys.executable, "-m", "cli.app", "dump", "--format", "ttl"]
    command += ["--data", str(tmp_path / "elsewhere")]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    assert done.stdout == turtle
