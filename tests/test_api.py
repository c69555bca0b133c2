"""Politeia from Python: the answers of the command as values, and a README that is run."""

from __future__ import annotations

import doctest
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kg.api
import kg.errors
import politeia
from cli.app import main

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parent.parent
STATEMENTS = """\
- selection: chancellor
  fills: office/chancellor
  says: The King appoints the Chancellor.
  seats: 2
  steps:
    - appoints: office/king
  cite: para 10
  until: 1930-01-01
- silence: king
  about: office/king
  question: selection
  says: The report does not say how the King comes to the throne.
  searched: para 3
  cite: para 3
"""


@pytest.fixture(scope="module")
def folder(ruritania_files: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the invented State with one rule and one silence."""
    folder = tmp_path_factory.mktemp("data")
    for name, content in (ruritania_files | {"xx/report/power.yaml": STATEMENTS}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    return folder


@pytest.fixture(scope="module")
def graph(folder: Path) -> politeia.Graph:
    """Return the graph of that folder."""
    return politeia.open_graph(folder)


def test_the_readme_is_run() -> None:
    """What the README shows in Python is what happens."""
    text = (ROOT / "README.md").read_text("utf-8")
    blocks = re.findall(r"^```pycon\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert blocks
    for block in blocks:
        test = doctest.DocTestParser().get_doctest(block, {}, "README", "README.md", 0)
        assert doctest.DocTestRunner().run(test).failed == 0


def test_an_answer_has_the_records_of_the_command(
    graph: politeia.Graph, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """`ask` and `show` give the objects that --format records prints."""
    for words, answer in (
        (["ask", "who-appoints", "Chancellor"], politeia.ask(graph, "who-appoints", "Chancellor")),
        (["show", "Kanzlerin"], politeia.show(graph, "Kanzlerin")),
    ):
        assert main([*words, "--format", "records", "--data", str(folder)]) == 0
        assert answer.records() == json.loads(capfd.readouterr().out)
        assert answer.records()


def test_an_answer_says_what_was_asked_and_of_whom(graph: politeia.Graph) -> None:
    """Sentence, sources with their days, plain values in the rows, and a query that runs."""
    answer = politeia.ask(graph, "who-appoints", "Chancellor", as_of="1929-12-31", lang="de")
    assert answer.sentence == "Who fills: Kanzlerin"
    assert answer.sources == (politeia.Spoken("REP/1", "1938-06-01"),)
    (record,) = answer.records()
    assert (record["seats"], record["actor"], record["threshold"]) == (2, "King", None)
    assert politeia.query(graph, answer.query) == [record]


def test_a_silence_is_told(graph: politeia.Graph) -> None:
    """Without a row the answer holds what the source is known not to say."""
    answer = politeia.ask(graph, "who-appoints", "King", source=["report"])
    assert answer.rows == ()
    assert answer.silences == (
        politeia.Silence(
            "The report does not say how the King comes to the throne.", "REP/1, para. 3"
        ),
    )


def test_errors_are_ours(graph: politeia.Graph, folder: Path) -> None:
    """What cannot be asked raises an error that a program can catch by one name."""
    with pytest.raises(politeia.UnknownName) as error:
        politeia.find(graph, "Chancelor")
    assert error.value.proposals == ("Chancellor",)
    for wrong in ("ASK {}", "SELECT"):
        with pytest.raises(politeia.BadQuery):
            politeia.query(graph, wrong)
    with pytest.raises(politeia.PoliteiaError):
        politeia.open_graph(folder / "nothing")


def test_faulty_data_is_not_answered_from_an_older_store(
    ruritania_files: Mapping[str, str], tmp_path: Path
) -> None:
    """A program gets the findings and no answer that may be out of date."""
    for name, content in ruritania_files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, "utf-8")
    politeia.open_graph(tmp_path)
    (tmp_path / "xx/things.yaml").write_text("- office: king\n", "utf-8")
    with pytest.raises(politeia.DataError):
        politeia.open_graph(tmp_path)


def test_what_is_exported_is_what_there_is() -> None:
    """Each public function and type of kg.api and each error is exported, and nothing else."""
    made = {
        name
        for module in (kg.api, kg.errors)
        for name, value in vars(module).items()
        if getattr(value, "__module__", "") == module.__name__ and not name.startswith("_")
    }
    assert set(politeia.__all__) == made | {"Graph"}
    assert all(getattr(politeia, name).__doc__ for name in politeia.__all__)


def test_questions_and_days_can_be_compared(graph: politeia.Graph) -> None:
    """The list has each question once with its parameters; a report is compared with nothing."""
    names = [question.name for question in politeia.list_questions(graph)]
    assert names == sorted(names)
    assert "who-appoints" in names
    assert politeia.compare(graph, "1920-01-01", "1931-01-01").changes == []
