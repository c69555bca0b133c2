"""The account of a source: what was taken from each place, why nothing was, what is missing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cli.app import main
from kg import place
from kg.coverage import Place, count_accounted, read_coverage
from kg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SOURCE = """\
- source: report
  label: Report of Ruritania on itself
  short-name: REP/1
  describes: 1938-06-01
  paragraphs: 8
  annexes: 2
"""
TAKEN = """\
- term: king
  of: office/king
  for-life: yes
  says: The King reigns for life.
  cite: [para 1, para 2 (a)]
- selection: chancellor
  fills: office/chancellor
  says: The King appoints the Chancellor.
  steps:
    - appoints: office/king
  cite: para 2
- selection: judges
  fills: office/judge
  says: The King appoints the judges.
  steps:
    - appoints: office/king
  cite: [para 2, para 3, para 4, para 5]
- unused: thanks
  says: The paragraph thanks the reader.
  cite: para 6
- table: births
  topic: population
  says: Births in each province.
  rows-are: province
  columns-are: year
  columns: "1937"
  units: births
  cells: {North: 12}
  cite: annex 1
"""
REST = """\
- unused: greetings
  says: The paragraph greets the reader.
  cite: [para 7, para 8]
- unused: map
  says: The annex is a map.
  cite: annex 2
"""
CITED = """\
- silence: king
  about: office/king
  question: selection
  searched: para 6
  says: The report does not say how the King comes to the throne.
  cite: para 6
"""


@pytest.fixture
def report(ruritania: Callable[..., Path]) -> Callable[[str], Path]:
    """Return a function from statements to a data folder with a source of eight paragraphs."""
    return lambda statements: ruritania(statements, **{"xx/report/source.yaml": SOURCE})


def find(data: Path) -> dict[str, Place]:
    """Return the places of the one source of a data folder, by what they are called in it."""
    return {account.locator: account for account in read_coverage(open_store([data]))}


def test_every_place_is_listed_in_its_order(report: Callable[[str], Path]) -> None:
    """The account has each paragraph by its number, and then each annex."""
    expected = [*(f"para. {n}" for n in range(1, 9)), "annex 1", "annex 2"]
    assert list(find(report(TAKEN))) == expected


def test_a_place_counts_the_statements_of_each_kind(report: Callable[[str], Path]) -> None:
    """A letter behind the number of a paragraph is a part of it; what has a name counts nothing."""
    found = find(report(TAKEN))
    assert found["para. 2"].taken == (("selection rule", 2), ("term rule", 1))
    assert found["para. 1"].taken == (("term rule", 1),)
    assert found["annex 1"].taken == (("table", 1),)
    assert found["para. 7"].taken == ()  # the charter is named there, and nothing is stated


def test_a_place_that_nobody_accounts_for_is_a_fault(report: Callable[[str], Path]) -> None:
    """Neither cited nor called empty: the paragraphs and the annex at the end."""
    faults = {name: account.fault for name, account in find(report(TAKEN)).items()}
    missing = dict.fromkeys(("para. 7", "para. 8", "annex 2"), "not accounted for")
    assert {name: fault for name, fault in faults.items() if fault} == missing


def test_an_empty_place_says_why(report: Callable[[str], Path]) -> None:
    """A place from which nothing was taken has the reason in our words, and no fault."""
    found = find(report(TAKEN))["para. 6"]
    assert found == Place("REP/1", "para. 6", (), "The paragraph thanks the reader.", "")


def test_a_place_is_not_both_empty_and_cited(report: Callable[[str], Path]) -> None:
    """A place that is called empty and from which something was taken is a fault."""
    assert find(report(TAKEN + REST + CITED))["para. 6"].fault == "called empty and cited"


def test_a_source_without_a_number_of_paragraphs_has_no_account(
    ruritania: Callable[..., Path],
) -> None:
    """Where nobody says how many paragraphs there are, none can be missing."""
    source = SOURCE.replace("  paragraphs: 8\n", "").replace("  annexes: 2\n", "")
    assert find(ruritania(TAKEN, **{"xx/report/source.yaml": source})) == {}


def test_the_command_exits_with_1_until_all_is_accounted_for(
    report: Callable[[str], Path], capfd: pytest.CaptureFixture[str]
) -> None:
    """Missing places and places with two accounts are findings; nothing else is."""
    for statements, code, count in ((TAKEN, 1, 7), (TAKEN + REST, 0, 10),
                                    (TAKEN + REST + CITED, 1, 9)):  # fmt: skip
        assert main(["coverage", "--data", str(report(statements))]) == code
        assert capfd.readouterr().err == f"REP/1: {count} of 10 places are accounted for.\n"


@pytest.mark.parametrize(
    ("form", "head", "expected"),
    [
        (
            "tsv",
            "?source\t?locator\t?taken\t?reason\t?fault\n",
            '"REP/1"\t"para. 7"\t""\t""\t"not accounted for"\n',
        ),
        ("csv", "source,locator,taken,reason,fault\r\n", "REP/1,para. 7,,,not accounted for\r\n"),
        ("table", "", "para. 7  not accounted for\n"),
    ],
)
def test_missing_shows_the_faults_only(
    report: Callable[[str], Path],
    capfd: pytest.CaptureFixture[str],
    form: str,
    head: str,
    expected: str,
) -> None:
    """With --missing the places that are accounted for are left out."""
    main(["coverage", "--missing", "--format", form, "--data", str(report(TAKEN))])
    out = capfd.readouterr().out
    assert out.startswith(head + expected)
    assert len(out.removeprefix(head).splitlines()) == 3


def test_records_have_every_field(
    report: Callable[[str], Path], capfd: pytest.CaptureFixture[str]
) -> None:
    """The records are plain JSON: the source, the place, what was taken, the reason, the fault."""
    main(["coverage", "--format", "records", "--data", str(report(TAKEN))])
    records = json.loads(capfd.readouterr().out)
    assert len(records) == 10
    assert records[1] == {
        "source": "REP/1",
        "locator": "para. 2",
        "taken": {"selection rule": 2, "term rule": 1},
        "reason": "",
        "fault": "",
    }


def test_the_sources_of_the_real_data_are_accounted_for() -> None:
    """Every source that says how many paragraphs it has has each of them cited or called empty."""
    places = read_coverage(open_store([place.DATA]))
    faults = [f"{p.source}, {p.locator}: {p.fault}" for p in places if p.fault]
    assert faults == []
    assert all(good == total for good, total in count_accounted(places).values())
    assert count_accounted(places)
