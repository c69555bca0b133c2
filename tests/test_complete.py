"""Completion in the shell: names of questions and of things, soon, and never an error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cli.app import main
from kg.name import find_thing, propose_names
from kg.store import Opened, open_last, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).resolve().parent.parent
NEIGHBOUR = {
    "yy/state.yaml": "- state: yy\n  label: Grand Fenwick\n",
    "yy/things.yaml": "- body: chancellor\n  label: Chancellery\n  cite: letter para 1\n",
    "yy/letter/source.yaml": (
        "- source: letter\n  label: Letter from Fenwick\n  short-name: LET/1\n"
        "  describes: 1955-01-01\n  paragraphs: 9\n"
    ),
}


@pytest.fixture(scope="module")
def folder(ruritania_files: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of two States, not built yet."""
    folder = tmp_path_factory.mktemp("data")
    for name, content in (ruritania_files | NEIGHBOUR).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    return folder


@pytest.fixture(scope="module")
def opened(folder: Path) -> Opened:
    """Return the store of that folder."""
    return open_store([folder])


@pytest.fixture
def complete(
    opened: Opened, folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[[str], list[str]]:
    """Return a function that returns what is proposed for the last word of a command line."""
    assert opened

    def run(line: str) -> list[str]:
        words = line.replace("DATA", f"--data {folder}")
        monkeypatch.setenv("COMP_WORDS", words)
        monkeypatch.setenv("COMP_CWORD", str(len(words.split(" ")) - 1))
        monkeypatch.setenv("_POLITEIA_COMPLETE", "complete_bash")
        assert main([]) == 0
        out, err = capfd.readouterr()
        assert err == ""
        return out.split()

    return run


@pytest.mark.parametrize(
    ("line", "proposed"),
    [
        ("politeia expl", ["explain"]),
        ("politeia ask DATA who-a", ["who-appoints"]),
        ("politeia ask DATA who-appoints chan", ["chancellor"]),
        ("politeia ask DATA powers-of judge", ["judge"]),
        ("politeia ask DATA who-appoints office/k", ["office/king"]),
        ("politeia ask DATA who-appoints king another", []),
        ("politeia ask DATA bodies co", []),
        ("politeia ask DATA no-such-question k", []),
        ("politeia show DATA chart", ["charter"]),
        ("politeia show DATA xx/office/ki", ["xx/office/king"]),
        ("politeia ask DATA who-appoints king --source rep", ["report"]),
        ("politeia ask DATA who-appoints king --state x", ["xx"]),
        ("politeia ask DATA who-appoints king --format t", ["table", "tsv"]),
        ("politeia ask DATA who-appoints king --sh", ["--show-query"]),
        ("politeia explain bad-d", ["bad-date"]),
    ],
)
def test_a_tab_proposes_what_can_stand_there(
    line: str, proposed: list[str], complete: Callable[[str], list[str]]
) -> None:
    """Commands, questions, things of the kinds that a parameter takes, sources, States, words."""
    assert sorted(complete(line)) == sorted(proposed)


def test_what_is_proposed_is_found(opened: Opened) -> None:
    """Each proposal, typed as it stands, means one thing, or is said to mean several."""
    proposals = dict(propose_names(opened.store, ""))
    assert len(proposals) > 10
    assert proposals.pop("chancellor") == "2 things"
    for identifier in proposals:
        assert find_thing(opened.store, identifier).value.endswith(f"/{identifier}")


def test_without_a_store_nothing_is_proposed_and_none_is_built(
    ruritania: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture
) -> None:
    """A TAB never waits for a build."""
    data = ruritania()
    assert open_last([data]) is None
    monkeypatch.setenv("COMP_WORDS", f"politeia ask --data {data} who")
    monkeypatch.setenv("COMP_CWORD", "4")
    monkeypatch.setenv("_POLITEIA_COMPLETE", "complete_bash")
    assert main([]) == 0
    assert capfd.readouterr() == ("\n", "")
    assert open_last([data]) is None


def test_a_tab_loads_nothing_heavy(opened: Opened, folder: Path) -> None:
    """No RDF library in Python, no YAML, and no code that builds or validates."""
    assert opened
    program = (
        "import sys, json; from cli.app import main; "
        "code = main([]); json.dump([code, sorted(sys.modules)], sys.stderr)"
    )
    environment = os.environ | {
        "COMP_WORDS": f"politeia ask --data {folder} who-appoints ki",
        "COMP_CWORD": "5",
        "_POLITEIA_COMPLETE": "complete_bash",
    }
    found = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    code, modules = json.loads(found.stderr)
    assert (code, found.stdout.split()) == (0, ["king"])
    heavy = {"rdflib", "pyshacl", "owlready2", "yaml", "rapidfuzz", "pydantic", "rich"}
    assert not heavy & {name.partition(".")[0] for name in modules}
    assert not {"kg.build", "kg.validate", "cli.validate"} & set(modules)
