"""The short way to an answer: the same answers as the long one, and nothing loaded in vain."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cli import app
from cli.fast import read_folders, read_question, read_thing

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
STATEMENTS = """\
- selection: chancellor
  fills: office/chancellor
  says: The King appoints the Chancellor.
  steps:
    - appoints: office/king
  until: 1930-01-01
  cite: para 10
- silence: king
  about: office/king
  question: selection
  says: The report does not say how the King comes to the throne.
  searched: para 3
  cite: para 3
"""
QUICK = [
    ["ask", "who-appoints", "Chancellor"],
    *(
        ["ask", "who-appoints", who, "--format", form]
        for who in ("Chancellor", "King")
        for form in ("table", "md", "csv", "tsv", "json", "records", "xml")
    ),
    ["ask", "--format=csv", "who-appoints", "Chancellor"],
    ["ask", "who-appoints", "--source", "report", "Kanzlerin", "--state=xx"],
    ["ask", "who-appoints", "Chancellor", "--as-of", "1929-12-31"],
    ["ask", "who-appoints", "Chancellor", "--as-of=1930-01-01"],
    ["ask", "who-appoints", "Chancellor", "--as-of=never"],
    ["ask", "who-appoints", "Chancellor", "--show-query"],
    ["ask", "who-appoints", "Chancellor", "--source", "nobody"],
    ["ask", "who-appoints", "Chancellor", "--source", "report", "--source=REP/1"],
    ["ask", "who-appoints", "Chancellor", "--source", "report", "--source", "nobody"],
    ["ask", "who-appoints", "Chancellor", "--lang", "de", "--format", "table"],
    ["ask", "who-appoints", "Chancellor", "--lang=xx"],
    ["ask", "who-appoints", "Chancellor", "--state", "nowhere"],
    ["ask", "who-appoints"],
    ["ask", "who-appoints", ""],
    ["ask", "who-appoints", "Chancelor"],
    ["ask", "who-appoints", "Chancellor", "King"],
    ["ask", "who-apoints", "Chancellor"],
    ["ask", "terms", "Chancellor"],
    *(
        ["show", "King", "--format", form]
        for form in ("table", "md", "csv", "records", "ttl", "xml")
    ),
    ["show", "xx/report/selection/chancellor"],
    ["show", "Chancellor", "--as-of", "1930-01-01", "--source", "report", "--lang=de"],
    ["show", "Chancellor", "--as-of=never"],
    ["show", "Chancellor", "--format", "ttl", "--as-of", "1930-01-01"],
    ["show", "--show-query", "Chancellor"],
    ["show", "Chancelor"],
    ["show", ""],
]
SLOW = [
    [],
    ["--help"],
    ["ask"],
    ["ask", "--format", "csv"],
    ["ask", "who-appoints", "--help"],
    ["ask", "who-appoints", "X", "--format"],
    ["ask", "who-appoints", "X", "--format="],
    ["ask", "who-appoints", "X", "--format", "-"],
    ["ask", "who-appoints", "X", "--as-of", "--state"],
    ["ask", "who-appoints", "X", "--state", "a", "--state", "b"],
    ["ask", "who-appoints", "X", "--show-query=1"],
    ["ask", "who-appoints", "X", "--forma", "csv"],
    ["ask", "who-appoints", "--", "X"],
    ["ask", "who-appoints", "-"],
    ["ask", "who-appoints", "-x"],
    ["show"],
    ["show", "--help"],
    ["show", "X", "Y"],
    ["show", "X", "--endpoint", "http://127.0.0.1:9/"],
    ["show", "X", "--format"],
    ["shows", "X"],
]
HEAVY = {
    "rdflib",
    "pyshacl",
    "owlready2",
    "typer",
    "click",
    "rich",
    "yaml",
    "rapidfuzz",
    "pydantic",
}


@pytest.fixture
def data(ruritania: Callable[..., Path]) -> str:
    """Return a data folder with one rule and one silence."""
    return str(ruritania(STATEMENTS))


@pytest.mark.parametrize("words", QUICK, ids=" ".join)
def test_both_ways_give_the_same(
    words: list[str],
    data: str,
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Stdout, stderr and exit code do not depend on who read the arguments."""
    words = [*words, "--data", data]
    assert read_question(words) or read_thing(words)
    quick = app.main(words), capfdbinary.readouterr()
    monkeypatch.setattr(app, "read_question", lambda _: None)
    monkeypatch.setattr(app, "read_thing", lambda _: None)
    slow = app.main(words), capfdbinary.readouterr()
    assert quick == slow


@pytest.mark.parametrize("words", SLOW, ids=" ".join)
def test_anything_unusual_is_left_to_the_long_way(words: list[str]) -> None:
    """Another command, help, and every mistake in the options is not for the short way."""
    assert read_question(words) is None
    assert read_thing(words) is None


@pytest.mark.parametrize("words", [["ask", "who-appoints", "Chancellor"], ["show", "Chancellor"]])
def test_an_answer_to_a_pipe_loads_nothing_heavy(words: list[str], data: str) -> None:
    """Neither Typer nor an RDF library in Python nor YAML is imported for an answer or a card."""
    program = (
        "import sys, json; from cli.app import main; "
        "code = main(sys.argv[1:]); json.dump([code, sorted(sys.modules)], sys.stderr)"
    )
    assert app.main(["build", "--data", data]) == 0
    command = [sys.executable, "-c", program, *words, "--data", data]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    code, modules = json.loads(found.stderr)
    assert code == 0
    assert "The King appoints the Chancellor." in found.stdout
    assert not HEAVY & {name.partition(".")[0] for name in modules}
    assert not {"dataclasses", "hashlib", "inspect", "pathlib", "shutil", "tempfile"} & set(modules)
    assert not {"kg.build", "kg.dataset", "kg.read", "kg.record", "kg.shape"} & set(modules)


@pytest.mark.parametrize("code", [0, 1], ids=["sound", "faulty"])
def test_a_validation_reads_the_same_both_ways(
    code: int,
    data: str,
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A plain `validate` says the same whether Typer read it or not, with findings and without."""
    if code:
        (Path(data) / "xx/more.yaml").write_text("- office: king\n  label: Queen\n  cite: para 4\n")
    words = ["validate", "--data", data]
    assert read_folders(words) == [data]
    quick = app.main(words), capfdbinary.readouterr()
    assert quick[0] == code
    monkeypatch.setattr(app, "read_folders", lambda _: None)
    assert (app.main(words), capfdbinary.readouterr()) == quick


def test_a_build_reads_the_same_both_ways(
    data: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plain `build` says the same whether Typer read it or not."""
    words = ["build", "--data", data]
    assert (app.main(words), app.main(words)) == (0, 0)
    quick = capfd.readouterr().err.splitlines()[1]
    monkeypatch.setattr(app, "read_folders", lambda _: None)
    assert app.main(words) == 0
    assert capfd.readouterr().err.splitlines() == [quick]
    assert quick.startswith("Nothing changed")


@pytest.mark.parametrize(
    "words",
    [
        ["build", "--anew"],
        ["build", "x"],
        ["build", "--data"],
        ["build", "--data", "-"],
        ["validate", "--format", "json"],
        ["validate", "--engine=fast"],
        ["validate", "x"],
        ["dump"],
        [],
    ],
    ids=" ".join,
)
def test_any_other_build_or_validation_is_left_to_the_long_way(words: list[str]) -> None:
    """An option that is not --data, or one without a value, is for Typer."""
    assert read_folders(words) is None


def test_a_validation_loads_neither_typer_nor_a_reference(data: str) -> None:
    """Typer would take a twentieth of its time, and pySHACL half a second."""
    program = "import sys; from cli.app import main; main(sys.argv[1:]); print(*sys.modules)"
    command = [sys.executable, "-c", program, "validate", "--data", data]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in found.stdout.split()}
    assert not (HEAVY | {"multiprocessing", "email"}) - {"yaml"} & loaded


@pytest.mark.parametrize(("words", "code"), [(["ask", "who-appoints", "X"], 2), (["build"], 0)])
def test_a_process_ends_with_the_exit_code_and_all_that_was_said(
    words: list[str], code: int, data: str
) -> None:
    """It ends at once, but nothing that was written stays behind."""
    command = [sys.executable, "-m", "cli.app", *words, "--data", data]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == code
    assert found.stderr.endswith(".\n")


def test_a_build_of_nothing_new_loads_nothing_heavy(data: str) -> None:
    """Neither Typer nor what a build needs is imported to see that nothing changed."""
    assert app.main(["build", "--data", data]) == 0
    program = "import sys; from cli.app import main; main(sys.argv[1:]); print(*sys.modules)"
    command = [sys.executable, "-c", program, "build", "--data", data]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    modules = set(found.stdout.split())
    assert not HEAVY & {name.partition(".")[0] for name in modules}
    assert not {"hashlib", "kg.build", "kg.read"} & modules
