"""Validating a data folder: what is no fault is none, and the reference engine says the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from neighbour import BY_A_NEIGHBOUR, NEIGHBOUR
from thorough import THOROUGH

from kg import place
from kg.finding import CODES
from kg.guide import read_files
from kg.page import read_page
from kg.validate import validate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHAPES = "".join(path.read_text("utf-8") for path in place.bundled("shapes").glob("*.ttl"))
QUERIED = sorted(set(re.findall(r"sh:sparql shape:[A-Za-z]+-([a-z-]+)", SHAPES)) & set(CODES))
QUERIED.remove("beyond-the-source")  # the reader finds it before the shapes are asked
"""The codes of what a query finds, in several records together."""

TWO_RULES = """\
- selection: first
  fills: office/judge
  seats: 1
  says: The King appoints a judge for three years.
  steps:
    - appoints: office/king
  cite: para 20
- selection: second
  fills: office/judge
  seats: 1
  says: The King appoints a judge for six years.
  steps:
    - appoints: office/king
  cite: para 20
"""
TERM = """\
- term: three-years
  of: office/judge
  says: One judge serves three years.
  years: 3
  only-those-of: selection/first
  cite: para 20
"""
SIZE = """\
- composition: court
  of: body/court
  says: The court has two judges.
  size: 2
  cite: para 21
- selection: third
  fills: office/judge
  seats: 2
  says: The Diet elects two judges.
  steps:
    - elects: body/diet
  cite: para 22
- selection: added
  fills: office/judge
  seats: 1
  says: The reform added a judge, whom the Chancellor appoints.
  until: {until}
  steps:
    - appoints: office/chancellor
  cite: para 23
"""


def find_codes(folder: Path) -> list[str]:
    """Return the codes of the findings on a folder, on which both engines agree."""
    findings = validate([folder])
    assert validate([folder], "pyshacl") == findings
    return [finding.code for finding in findings]


def test_seats_with_a_term_of_their_own_are_no_double(ruritania: Callable[..., Path]) -> None:
    """Two rules that give one seat each to one actor are two if a term is that of only one."""
    assert find_codes(ruritania(TWO_RULES)) == ["filled-twice"]
    assert find_codes(ruritania(TWO_RULES + TERM)) == []


@pytest.mark.parametrize("limited", ["first", "second"])
def test_either_of_two_rules_may_be_the_one_with_the_term(
    limited: str, ruritania: Callable[..., Path]
) -> None:
    """Which of them a term is of does not matter, whichever name comes first in the alphabet."""
    term = TERM.replace("selection/first", f"selection/{limited}")
    assert find_codes(ruritania(TWO_RULES + term)) == []


@pytest.mark.parametrize("names", [("first", "second"), ("second", "first")])
def test_a_rule_with_a_further_step_is_another(
    names: tuple[str, str], ruritania: Callable[..., Path]
) -> None:
    """A rule in which somebody consents too is no double, whichever name comes first."""
    longer = TWO_RULES.replace(
        "    - appoints: office/king\n",
        "    - consents: body/diet\n    - appoints: office/king\n",
        1,
    )
    renamed = re.sub(
        "selection: (first|second)", lambda m: f"selection: {names[m[1] != 'first']}", longer
    )
    assert find_codes(ruritania(renamed)) == []


def test_seats_that_may_be_gone_do_not_go_beyond_the_size(ruritania: Callable[..., Path]) -> None:
    """A rule of which it is not known whether it still stands adds no seat to those of today."""
    assert find_codes(ruritania(SIZE.format(until="pending a condition"))) == ["filled-beyond-size"]
    assert find_codes(ruritania(SIZE.format(until="not known"))) == []


@pytest.mark.parametrize("code", QUERIED if THOROUGH else QUERIED[::4])
def test_the_reference_finds_what_our_engine_finds(
    code: str, ruritania: Callable[..., Path]
) -> None:
    """On the example of a page pySHACL has the same findings, at the same lines."""
    example = read_page(code).partition("\n## Mended\n")[0].partition("\n## Example\n")[2]
    assert code in find_codes(ruritania(**read_files(example)))


def test_an_actor_of_another_state_is_seen(
    ruritania: Callable[..., Path], write_data: Callable[..., Path]
) -> None:
    """A State is judged with all that it names, and what it names must be there."""
    folder = write_data(NEIGHBOUR)
    ruritania(BY_A_NEIGHBOUR)
    assert find_codes(folder) == []
    write_data({"yy/office.yaml": NEIGHBOUR["yy/office.yaml"].replace("sultan", "emir")})
    assert find_codes(folder) == ["dangling-reference"]


def test_the_faults_of_several_states_come_at_once(
    ruritania: Callable[..., Path], write_data: Callable[..., Path]
) -> None:
    """What is wrong with a State is told once, also where another one names it.

    As long as that cannot be read, the other is not judged: nobody knows what it names.
    """
    ruritania(BY_A_NEIGHBOUR + TWO_RULES)
    rule = (
        "- selection: sultan\n  fills: office/sultan\n  says: He does it himself.\n"
        "  steps:\n    - appoints: office/sultan\n  cite: para 1\n"
    )
    folder = write_data(NEIGHBOUR | {"yy/note/rule.yaml": rule})
    assert find_codes(folder) == ["filled-twice", "appoints-itself"]
    write_data({"yy/note/rule.yaml": rule.replace("office/sultan", "office/vizier")})
    files = [(finding.code, finding.mark.file) for finding in validate([folder])]
    assert files == [("dangling-reference", "yy/note/rule.yaml")] * 2
