"""Periods: what changes a law knows, and in which of them a rule stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode

from kg.build import build_graphs
from kg.vocabulary import ID, expand

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pyoxigraph import Quad

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
  from: 1910-03-01 or later
  describes: 1910-05-01
- version: third
  label: Charter of 1920
  of: act/charter
  from: 1920-02-01
  describes: 1938-06-01
"""
RULE = """\
- selection: {name}
  fills: office/chancellor
  says: The King appoints the Chancellor.
  steps:
    - appoints: office/king
  cite: {cite}
{more}"""
STANDS_IN = NamedNode(expand("pol:standsIn"))


def state_rule(name: str, cite: str, more: str = "") -> str:
    """Return a rule of a law as it is written."""
    return RULE.format(name=name, cite=cite, more=more)


def read_days(quads: list[Quad]) -> dict[str, tuple[str, ...]]:
    """Return the certain and the possible days of each period, by its name."""
    names = [expand(f"pol:{n}") for n in ("holdsFrom", "holdsUntil", "mayHoldFrom", "mayHoldUntil")]
    found: dict[str, dict[str, str]] = {}
    for quad in quads:
        subject = quad.subject.value
        if "/law/period/" in subject and isinstance(quad.predicate, NamedNode):
            days = found.setdefault(subject.rpartition("/")[2], {})
            days[quad.predicate.value] = getattr(quad.object, "value", "")
    return {period: tuple(days.get(n, "") for n in names) for period, days in found.items()}


def read_stretch(quads: list[Quad], rule: str) -> list[str]:
    """Return the names of the periods in which a rule stood, sorted."""
    subject = NamedNode(ID + rule)
    return sorted(
        quad.object.value.rpartition("/")[2]
        for quad in quads
        if quad.subject == subject
        and quad.predicate == STANDS_IN
        and isinstance(quad.object, NamedNode)
    )


@pytest.fixture
def build(ruritania: Callable[..., Path]) -> Callable[..., list[Quad]]:
    """Return a function that builds the invented State with rules of its law."""

    def make(*rules: str, report: str = "") -> list[Quad]:
        files = {"xx/law/source.yaml": LAW, "xx/law/power.yaml": "".join(rules)}
        return build_graphs([ruritania(report, **files)])[0]

    return make


def test_a_law_has_a_period_between_two_changes(build: Callable[..., list[Quad]]) -> None:
    """Versions cut the time, and so does a rule that ends by its own date."""
    quads = build(
        state_rule("one", "art 1, first to third"),
        state_rule("two", "art 2, third", "  until: 1925-01-01\n"),
    )
    assert read_days(quads) == {
        "1901-06-01": ("1901-06-01", "1910-03-01", "1901-06-01", "1910-05-01"),
        "1910-03-01-or-later": ("1910-05-01", "1920-02-01", "1910-03-01", "1920-02-01"),
        "1920-02-01": ("1920-02-01", "1925-01-01", "1920-02-01", "1925-01-01"),
        "1925-01-01": ("1925-01-01", "1938-06-02", "1925-01-01", ""),
    }


def test_a_rule_stands_in_the_periods_from_its_first_day_to_its_last(
    build: Callable[..., list[Quad]],
) -> None:
    """Two rules stood together if, and only if, they share a period."""
    quads = build(
        state_rule("one", "art 1, first to second"),
        state_rule("two", "art 2, third", "  until: 1925-01-01\n"),
        state_rule("three", "art 2, third", "  from: 1925-01-01\n"),
        state_rule("all", "art 3, first to third"),
    )
    assert read_stretch(quads, "xx/law/selection/one") == ["1901-06-01", "1910-03-01-or-later"]
    assert read_stretch(quads, "xx/law/selection/two") == ["1920-02-01"]
    assert read_stretch(quads, "xx/law/selection/three") == ["1925-01-01"]
    assert len(read_stretch(quads, "xx/law/selection/all")) == 4


def test_a_report_has_the_day_that_it_describes(build: Callable[..., list[Quad]]) -> None:
    """A rule that stood on that day stands in it, and one that was over in the time before."""
    rule = state_rule("{}", "para 4", "{}")
    quads = build(
        state_rule("law", "art 1, third"),
        report=rule.format("now", "") + rule.format("then", "  until: over\n"),
    )
    assert read_stretch(quads, "xx/report/selection/now") == ["1938-06-01"]
    assert read_stretch(quads, "xx/report/selection/then") == ["before-1938-06-01"]
