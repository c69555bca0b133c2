"""What changed hands between two days, within each law that speaks of both."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cli.app import main
from kg.answer import Scope
from kg.diff import Change, Difference, find_difference
from kg.errors import UsageError
from kg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LAW = """\
- source: law
  label: Charter
  short-name: Charter
  enacts: act/charter
- version: first
  label: Charter of 1901
  of: act/charter
  from: 1901-06-01
- version: second
  label: Charter of 1910
  of: act/charter
  by: act/novel
  from: 1910-03-01 or later
  describes: 1910-05-01
- version: third
  label: Charter of 1920
  of: act/charter
  by: act/reform
  from: 1920-02-01
  describes: 1938-06-01
"""
ACTS = """\
- act: novel
  label: Novel
  cite: report para 7
- act: reform
  label: Reform
  cite: report para 7
"""
RULES = """\
- selection: chancellor
  fills: office/chancellor
  says: The King appoints the Chancellor with the consent of the Diet.
  steps:
    - consents: body/diet
    - appoints: office/king
  cite: art 1, first
- selection: chancellor-1910
  fills: office/chancellor
  says: The King appoints the Chancellor with the consent of the Court.
  steps:
    - consents: body/court
    - appoints: office/king
  cite: art 1, second to third
- selection: judges
  fills: office/judge
  seats: 3
  says: The King appoints three judges.
  steps:
    - appoints: office/king
  cite: art 2, first to second
- selection: judges-1920
  fills: office/judge
  seats: 5
  says: The King appoints five judges.
  steps:
    - appoints: office/king
  cite: art 2, third
- term: judge
  of: office/judge
  years: 9
  says: Judges serve for nine years.
  cite: art 3, third
"""
GERMAN = {
    "xx/law/source.yaml": LAW,
    "xx/law/power.yaml": """\
- selection: judges
  fills: office/judge
  seats: 3
  says: The Chancellor appoints three judges.
  steps:
    - appoints: office/chancellor
  cite: art 2, first to second
- selection: judges-1920
  fills: office/judge
  seats: 5
  says: The Chancellor appoints five judges.
  steps:
    - proposes: office/king
    - appoints: office/chancellor
  cite: art 2, third
- succession: chancellor-1920
  vacates: office/chancellor
  says: The King succeeds the Chancellor.
  steps:
    - succeeds: office/king
  cite: art 4, third
""",
    "xx/acts.yaml": ACTS.replace("label: Reform", "label: {en: Reform, de: Verfassungsreform}"),
}
"""A law in which the Chancellor, who has a German name, acts and is acted upon."""
JUDGE = "Judge of the Constitutional Court"
CONSENT = Change(
    "Charter", "Chancellor", "consents", "changed", "Diet of Ruritania", "Constitutional Court",
    "Novel", "Charter, art. 1, first", "Charter, art. 1, second to third",
)  # fmt: skip
SEATS = Change(
    "Charter", JUDGE, "seats, appoints: King", "changed", "3", "5", "Reform",
    "Charter, art. 2, first to second", "Charter, art. 2, third",
)  # fmt: skip
TERM = Change(
    "Charter", JUDGE, "term in years", "gained", "", "9", "Reform", "", "Charter, art. 3, third"
)


@pytest.fixture
def folder(ruritania: Callable[..., Path]) -> Path:
    """Return the invented State with a law that was changed twice."""
    files = {"xx/law/source.yaml": LAW, "xx/law/power.yaml": RULES, "xx/acts.yaml": ACTS}
    return ruritania(**files)


@pytest.fixture
def compare(folder: Path) -> Callable[..., Difference]:
    """Return a function that compares two days, with names in a language."""

    def make(first: str, second: str, lang: str = "") -> Difference:
        return find_difference(open_store([folder]), first, second, Scope(lang=lang))

    return make


@pytest.mark.parametrize(
    ("first", "second", "changes"),
    [
        ("1909-12-31", "1910-05-01", [CONSENT]),
        ("1920-01-31", "1920-02-01", [SEATS, TERM]),
        ("1909-12-31", "1920-02-01", [CONSENT, SEATS, TERM]),
        ("1911-01-01", "1919-12-31", []),
    ],
)
def test_a_difference_holds_what_changed_hands_and_nothing_else(
    compare: Callable[[str, str], Difference], first: str, second: str, changes: list[Change]
) -> None:
    """Who appoints stays and is not shown; who consents, how many and how long is, with the act."""
    assert compare(first, second) == Difference(changes, {})


def test_the_days_can_stand_in_any_order(compare: Callable[[str, str], Difference]) -> None:
    """From the later day to the earlier one, what was gained is lost."""
    (change,) = [c for c in compare("1920-02-01", "1920-01-31").changes if c.aspect == TERM.aspect]
    assert (change.change, change.before, change.after) == ("lost", "9", "")


def test_a_day_between_an_act_and_its_effect_is_not_known(
    compare: Callable[[str, str], Difference],
) -> None:
    """On 2 March 1910 nobody knows whether the act of 1 March was in force."""
    found = compare("1909-12-31", "1910-03-02")
    assert {(c.aspect, c.change, c.before, c.after) for c in found.changes} == {
        ("consents", "not known", "Diet of Ruritania", "Diet of Ruritania"),
        ("consents", "not known", "", "Constitutional Court"),
    }


def test_a_law_that_does_not_speak_of_a_day_is_not_compared(
    compare: Callable[[str, str], Difference],
) -> None:
    """Before the Charter, and after the day on which it was read, nothing is lost or gained."""
    assert compare("1900-01-01", "1902-01-01") == Difference([], {"Charter": ["1900-01-01"]})
    assert compare("1930-01-01", "1950-01-01") == Difference([], {"Charter": ["1950-01-01"]})


def test_a_day_that_is_none_is_refused(compare: Callable[[str, str], Difference]) -> None:
    """Both days are needed as days."""
    with pytest.raises(UsageError, match="is no day"):
        compare("1910", "1920-01-01")


def test_names_are_given_in_the_language_or_in_english(ruritania: Callable[..., Path]) -> None:
    """Office, actor, aspect and act have German names where there are some, and the rest stays."""
    opened = open_store([ruritania(**GERMAN)])
    found = find_difference(opened, "1920-01-31", "1920-02-01", Scope(lang="de"))
    assert [change[1:7] for change in found.changes] == [
        (JUDGE, "proposes", "gained", "", "King", "Verfassungsreform"),
        (JUDGE, "seats, appoints: Kanzlerin", "changed", "3", "5", "Verfassungsreform"),
        ("Kanzlerin", "succeeds, 1", "gained", "", "King", "Verfassungsreform"),
    ]


def test_a_language_of_no_name_is_refused(compare: Callable[..., Difference]) -> None:
    """The error lists the languages that there are."""
    with pytest.raises(UsageError, match="there are de, en"):
        compare("1909-12-31", "1910-05-01", "xx")


def test_the_command_takes_the_language(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """`diff --lang` prints the German name, and English stays the default."""
    argv = ["diff", "1909-12-31", "1910-05-01", "--data", str(folder), "--format", "tsv"]
    assert main([*argv, "--lang", "de"]) == 0
    assert "Kanzlerin" in capfd.readouterr().out
    assert main(argv) == 0
    assert "Kanzlerin" not in capfd.readouterr().out


@pytest.mark.parametrize("form", ["table", "md", "csv", "tsv", "json", "records"])
def test_the_command_prints_each_form(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes], form: str
) -> None:
    """Every form names the office, what was and what is, the act and both places."""
    argv = ["diff", "1909-12-31", "1910-05-01", "--data", str(folder), "--format", form]
    assert main(argv) == 0
    shown = capfdbinary.readouterr().out.decode()
    for word in (
        "Chancellor",
        "Diet of Ruritania",
        "Constitutional Court",
        "Novel",
        "art. 1, first",
    ):
        assert word in shown
    if form == "records":
        assert json.loads(shown) == [CONSENT._asdict()]


def test_the_command_says_which_law_is_not_compared(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Without a law that speaks of both days, nothing differs, and stderr says why."""
    assert main(["diff", "1900-01-01", "1902-01-01", "--data", str(folder)]) == 0
    assert "Charter is not compared" in capfd.readouterr().err
