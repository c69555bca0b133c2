"""Names in another language: the same rows, with a name in it where a thing has one."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
import rdflib
from pyoxigraph import RdfFormat, serialize

from cli.app import main
from kg import place
from kg.answer import Scope, ask, read_rows, solve
from kg.build import build_graphs
from kg.errors import UsageError
from kg.language import translate
from kg.store import Opened, open_store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

QUERIES = {path.stem: path.read_text("utf-8") for path in place.bundled("queries").rglob("*.rq")}
QUERIES["card"] = (place.PACKAGE / "card.rq").read_text("utf-8")
PLAIN = re.compile(r'FILTER\(LANG\((\?\w+)\) = "en"\)')
OF_TEXTS = {"paragraph": ["?says"], "card": ["?term", "?any_name"]}
"""What is no name that is shown: statements and the classes that are counted are always English;
whether a thing has a name is asked of its English one."""
FILES = {
    "xx/report/power.yaml": """\
- selection: chancellor
  fills: office/chancellor
  says: The King appoints the Chancellor.
  steps:
    - appoints: office/king
  cite: para 10
""",
    "xx/letter/source.yaml": """\
- source: letter
  label: Letter of the Chancellor
  short-name: LET/1
  describes: 1939-06-01
  paragraphs: 9
""",
    "xx/letter/power.yaml": """\
- selection: chancellor
  fills: office/chancellor
  says: The Diet elects the Chancellor.
  steps:
    - elects: body/diet
  cite: para 2
""",
    "xx/chronicle/source.yaml": """\
- source: chronicle
  label: Chronicle of Ruritania
  short-name: CHR/1
  describes: 1940-06-01
  paragraphs: 9
""",
    "xx/chronicle/power.yaml": """\
- selection: chancellor
  fills: office/chancellor
  says: The court elects the Chancellor.
  steps:
    - elects: body/court
  cite: para 3
""",
}


@pytest.fixture(scope="module")
def folder(ruritania_files: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a State with three sources, in which the Chancellor has a German name too."""
    folder = tmp_path_factory.mktemp("data")
    for name, content in (ruritania_files | FILES).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    return folder


@pytest.fixture(scope="module")
def opened(folder: Path) -> Opened:
    """Return the store of that State."""
    return open_store([folder])


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_every_name_in_a_query_can_be_translated(name: str) -> None:
    """No query asks for an English name in words that the translation does not know."""
    left = PLAIN.findall(translate(QUERIES[name], "de"))
    assert left == OF_TEXTS.get(name, [])


def test_a_name_is_given_in_the_language_or_in_english(opened: Opened) -> None:
    """The Chancellor has a German name and the King has none; the sentence names her so too."""
    asked = ask(opened, "who-appoints", ["Chancellor"], Scope(source="report", lang="de"))
    columns, (row,) = read_rows(solve(opened, asked.query))
    record = dict(zip(columns, row, strict=True))
    assert (record["office"], record["actor"]) == ("Kanzlerin", "King")
    assert asked.sentence == "Who fills: Kanzlerin"


def test_rdflib_gives_the_same(opened: Opened, folder: Path) -> None:
    """What is rewritten is SPARQL 1.1, for any engine."""
    query = ask(opened, "who-appoints", ["Chancellor"], Scope(lang="de")).query
    quads, _ = build_graphs([folder])
    content = serialize({quad.triple for quad in quads}, format=RdfFormat.N_TRIPLES)
    graph = rdflib.Graph().parse(data=content, format="nt")
    found = sorted((str(row.office), str(row.actor)) for row in graph.query(query))
    assert found == [
        ("Kanzlerin", "Constitutional Court"),
        ("Kanzlerin", "Diet of Ruritania"),
        ("Kanzlerin", "King"),
    ]


@pytest.mark.parametrize("name", ["bodies", "acts", "appointed-alone", "needs-consent", "timeline"])
def test_no_row_is_lost(name: str, opened: Opened) -> None:
    """There are as many rows in another language, whoever has a name in it."""
    arguments = ["Chancellor"] if name == "timeline" else []
    counts = {
        language: len(read_rows(solve(opened, ask(opened, name, arguments, scope).query))[1])
        for language in ("en", "de")
        for scope in [Scope(lang=language)]
    }
    assert counts["en"] == counts["de"]


@pytest.mark.parametrize("language", ["xx", "EN", 'de"', "} #", "la "])
def test_a_language_of_no_name_is_refused(language: str, opened: Opened) -> None:
    """The error lists the languages that there are."""
    with pytest.raises(UsageError, match="there are de, en"):
        ask(opened, "who-appoints", ["King"], Scope(lang=language))


def test_both_commands_take_the_language(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """`ask` and `show` print the German name, and English stays the default."""
    for words in (["ask", "who-appoints", "Chancellor"], ["show", "Chancellor"]):
        argv = [*words, "--data", str(folder), "--format", "table"]
        assert main([*argv, "--lang", "de"]) == 0
        assert capfd.readouterr().out.splitlines()[0].partition(" — ")[0].endswith("Kanzlerin")
        assert main(argv) == 0
        assert capfd.readouterr().out.splitlines()[0].partition(" — ")[0].endswith("Chancellor")


def test_several_sources_are_asked_together(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Each --source adds its statements, and a source that was not named adds none."""
    words = ["ask", "who-appoints", "Chancellor", "--data", str(folder), "--format", "records"]
    words += ["--source", "report", "--source", "LET/1"]
    assert main(words) == 0
    rows = json.loads(capfd.readouterr().out)
    assert {row["citation"] for row in rows} == {"REP/1, para. 10", "LET/1, para. 2"}


def test_the_title_names_the_sources_that_were_asked(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Two sources that say nothing are both named, and the third is not."""
    words = ["ask", "who-appoints", "King", "--data", str(folder), "--format", "table"]
    assert main([*words, "--source", "report", "--source", "letter"]) == 0
    out = capfd.readouterr().out
    assert "REP/1" in out
    assert "LET/1" in out
    assert "CHR/1" not in out
