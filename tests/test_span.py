"""Versions of a law, and the time in which a rule that they hold stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode

from kg.build import build_graphs
from kg.vocabulary import ID

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pyoxigraph import Quad

SOURCE = """\
- source: law
  label: Charter
  short-name: Charter
  enacts: act/charter
- version: first
  label: Charter of 1901
  of: act/charter
  from: 1901-06-01
- version: second
  label: Charter as amended in 1910
  of: act/charter
  by: act/novel
  from: 1910-03-01 or later
  describes: 1910-05-01
- version: third
  label: Charter as amended in 1920
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
RULE = """\
- selection: chancellor
  fills: office/chancellor
  says: The King appoints the Chancellor.
  steps:
    - appoints: office/king
  cite: {cite}
{more}"""
SUBJECT = NamedNode(ID + "xx/law/selection/chancellor")


@pytest.fixture
def state_rule(ruritania: Callable[..., Path]) -> Callable[..., dict[str, str]]:
    """Return a function that states one rule of a law and returns its properties by name."""

    def state(cite: str, more: str = "") -> dict[str, str]:
        files = {
            "xx/law/source.yaml": SOURCE,
            "xx/acts.yaml": ACTS,
            "xx/law/power.yaml": RULE.format(cite=cite, more=more),
        }
        quads, _ = build_graphs([ruritania(**files)])
        return _properties(quads)

    return state


def _properties(quads: list[Quad]) -> dict[str, str]:
    found: dict[str, str] = {}
    for quad in quads:
        if quad.subject == SUBJECT:
            name = quad.predicate.value.partition("#")[2] or quad.predicate.value
            value = quad.object.value if isinstance(quad.object, Literal | NamedNode) else ""
            found[name] = value.rpartition("/")[2] if value.startswith("http") else value
    return found


def answer(rule: dict[str, str], day: str) -> str:
    """Return the answer of model.md for a day: holds, does not hold, or not known."""
    if "holdsFrom" in rule and rule["holdsFrom"] <= day < rule["holdsUntil"]:
        return "holds"
    early = day < rule.get("mayHoldFrom", "")
    return "does not hold" if early or day >= rule.get("mayHoldUntil", "9") else "not known"


def test_a_rule_holds_from_the_first_day_of_its_version_to_that_of_the_next(
    state_rule: Callable[..., dict[str, str]],
) -> None:
    """The day before, the first day, the last day and the day after, where the days are known."""
    rule = state_rule("art 1, first to second")
    days = ("1901-05-31", "1901-06-01", "1920-01-31", "1920-02-01")
    assert [answer(rule, day) for day in days] == [
        "does not hold", "holds", "holds", "does not hold",
    ]  # fmt: skip
    assert (rule["fromInPrint"], rule["untilInPrint"]) == ("1901-06-01", "1920-02-01")


def test_a_version_of_unknown_first_day_is_not_known_until_a_day_on_which_it_was_in_force(
    state_rule: Callable[..., dict[str, str]],
) -> None:
    """A rule that came with an act holds from the first day on which the version is seen."""
    rule = state_rule("art 1, second")
    days = ("1910-02-28", "1910-03-01", "1910-04-30", "1910-05-01", "1920-01-31", "1920-02-01")
    assert [answer(rule, day) for day in days] == [
        "does not hold", "not known", "not known", "holds", "holds", "does not hold",
    ]  # fmt: skip
    assert rule["fromInPrint"] == "1910-03-01 or later"


def test_a_rule_that_an_act_ended_is_not_known_from_the_date_of_that_act(
    state_rule: Callable[..., dict[str, str]],
) -> None:
    """It held on the day before the act, and no longer on a day that the next version describes."""
    rule = state_rule("art 1, first")
    days = ("1901-06-01", "1910-02-28", "1910-03-01", "1910-04-30", "1910-05-01")
    assert [answer(rule, day) for day in days] == [
        "holds", "holds", "not known", "not known", "does not hold",
    ]  # fmt: skip
    assert rule["untilInPrint"] == "1910-03-01 or later"


def test_the_last_version_is_known_to_stand_until_it_was_read(
    state_rule: Callable[..., dict[str, str]],
) -> None:
    """A rule in force has no end; what comes after the day of reading is not known."""
    rule = state_rule("art 1, third")
    days = ("1920-01-31", "1920-02-01", "1938-06-01", "1938-06-02")
    assert [answer(rule, day) for day in days] == ["does not hold", "holds", "holds", "not known"]
    assert rule["endReason"] == "still-stood"
    assert rule["untilInPrint"] == "still in force on 1938-06-01"


def test_what_the_law_says_of_its_own_time_comes_first(
    state_rule: Callable[..., dict[str, str]],
) -> None:
    """A rule that the law itself delays or bounds holds between the days that it names."""
    rule = state_rule("art 1, third", "  from: 1921-01-01\n  until: 1925-01-01\n")
    days = ("1920-12-31", "1921-01-01", "1924-12-31", "1925-01-01")
    assert [answer(rule, day) for day in days] == [
        "does not hold", "holds", "holds", "does not hold",
    ]  # fmt: skip


def test_a_rule_names_the_acts_that_brought_it_and_took_it(
    state_rule: Callable[..., dict[str, str]],
) -> None:
    """The act of the first version introduced a rule; that of the next version ended it."""
    rule = state_rule("art 1, second")
    assert (rule["introducedBy"], rule["endedBy"]) == ("novel", "reform")
    assert state_rule("art 1, first")["introducedBy"] == "charter"
    assert "endedBy" not in state_rule("art 1, third")


def test_a_citation_of_a_law_is_quoted_with_its_versions(
    state_rule: Callable[..., dict[str, str]],
) -> None:
    """Places of equal versions are quoted together, others apart."""
    rule = state_rule('["art 1 (2), first to second", "art 3, third", "art 1 (1), third"]')
    cited = rule["http://purl.org/dc/terms/bibliographicCitation"]
    assert cited == "Charter, art. 1 (2), first to second; Charter, arts 1 (1), 3, third"
