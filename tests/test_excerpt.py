"""Parts of the graph: by module, and by what is in force on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cli.app import main
from kg.build import read_modules
from kg.dump import collect_dump, collect_ontology
from kg.excerpt import find_homes, keep_day, part_modules
from kg.store import open_store
from kg.vocabulary import ID, expand

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STATEMENTS = """\
- selection: chancellor-by-diet
  fills: office/chancellor
  says: The Diet elects the Chancellor.
  from: 1900-01-01
  until: 1920-01-01
  steps:
    - elects: body/diet
      threshold: more than 1/2 of the votes cast
  cite: para 10
- selection: chancellor-by-king
  fills: office/chancellor
  says: The King appoints the Chancellor.
  from: 1920-01-01
  steps:
    - appoints: office/king
  basis: charter art 4
  cite: para 11
- change: court
  of: body/court
  outcome: established
  on: 1905
  says: The Court was established.
  cite: para 12
- figure: judges
  measure: judges of the Court
  topic: courts
  says: The Court has nine judges.
  value: 9
  unit: judges
  cite: para 13
"""


@pytest.fixture
def folder(ruritania: Callable[..., Path]) -> Path:
    """Return the invented State with a rule that took the place of another."""
    return ruritania(STATEMENTS)


def read(folder: Path) -> tuple[list[Any], list[Any]]:
    """Return the quads of the dump of a folder, and those of the ontology."""
    store = open_store([folder]).store
    return collect_dump(store), collect_ontology(store)


def test_on_a_day_only_the_rule_of_the_day_stands(folder: Path) -> None:
    """The former rule is gone with its steps, its threshold and its own citation."""
    quads, ontology = read(folder)
    kept = {quad.subject.value.removeprefix(ID) for quad in keep_day(quads, ontology, "1930-05-01")}
    assert "xx/report/selection/chancellor-by-king/step/1" in kept
    assert "xx/report/citation/para-11/selector" in kept
    assert [name for name in kept if "chancellor-by-diet" in name] == []
    assert [name for name in kept if "para-10" in name] == []
    assert [name for name in kept if "/change/" in name or "/figure/" in name] == []


def test_an_arrow_of_a_day_is_true_of_the_day(folder: Path) -> None:
    """On the first day of the new rule the King appoints, and nobody elects."""
    quads, ontology = read(folder)
    arrows = {expand("pol:appoints"): "king", expand("pol:elects"): "diet"}

    def find(day: str) -> list[str]:
        kept = keep_day(quads, ontology, day)
        return [arrows[q.predicate.value] for q in kept if q.predicate.value in arrows]

    assert find("1919-12-31") == ["diet"]
    assert find("1920-01-01") == ["king"]
    assert find("1899-12-31") == []
    assert sorted(arrows[q.predicate.value] for q in quads if q.predicate.value in arrows) == [
        "diet",
        "king",
    ]


def test_things_and_what_rests_on_nothing_that_is_gone_stay(folder: Path) -> None:
    """Every thing of the State is there on any day, and nothing leads to what is not."""
    quads, ontology = read(folder)
    kept = keep_day(quads, ontology, "1930-05-01")
    subjects = {quad.subject for quad in kept}
    assert {f"{ID}xx/body/court", f"{ID}xx/act/charter"} <= {s.value for s in subjects}
    led = {q.object for q in kept if str(q.object).startswith(f"<{ID}")}
    assert led - subjects == set()


def test_the_modules_part_the_dump(folder: Path) -> None:
    """Each quad is in exactly one module, the one whose class its subject has."""
    quads, _ = read(folder)
    parts = part_modules(quads, find_homes(read_modules()))
    assert sorted(str(q) for part in parts.values() for q in part) == sorted(map(str, quads))

    def home(name: str) -> set[str]:
        iri = ID + name
        return {m for m, part in parts.items() if any(q.subject.value == iri for q in part)}

    assert home("xx/report/figure/judges") == {"statistic"}
    assert home("xx/report/change/court") == {"body"}
    assert home("xx/act/charter/art-4") == {"act"}
    assert home("xx/report/citation/para-10/selector") == {"source"}
    assert home("xx/report/selection/chancellor-by-diet/step/1/threshold") == {"power"}
    assert home("xx/office/king") == {"body", "arrow"}
    assert {q.predicate.value for q in parts["arrow"]} == {
        expand("pol:appoints"),
        expand("pol:elects"),
    }


def test_the_command_writes_a_module_of_a_day(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """--module and --in-force-on can be put together, and names come from the whole graph."""
    words = ["dump", "--data", str(folder), "--module", "arrow", "--in-force-on", "1930-05-01"]
    assert main(words) == 0
    printed = capfd.readouterr().out
    assert "<xx/office/king>\n\tpol:appoints <xx/office/chancellor> . # Chancellor\n" in printed
    assert "pol:elects" not in printed


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--module", "sorce"], "Did you mean: source?"),
        (["--in-force-on", "1930"], "'1930' is no day"),
    ],
)
def test_a_part_that_is_none_is_refused(
    folder: Path, capfd: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    """An unknown module and a day that is none exit with 2 and print nothing."""
    assert main(["dump", "--data", str(folder), *words]) == 2
    captured = capfd.readouterr()
    assert captured.out == ""
    assert said in captured.err
