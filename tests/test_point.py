"""Points: what a statement says, taken apart so that two statements can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.citation import name_of
from kg.folder import read_dataset
from kg.point import Point, find_points, find_target

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.field import Reference


@pytest.fixture
def take_apart(ruritania: Callable[..., Path]) -> Callable[[str], tuple[str, set[Point]]]:
    """Return a function that returns what one statement is about, and its points."""

    def take(statement: str) -> tuple[str, set[Point]]:
        things = {"xx/treaties.yaml": "- treaty: truce\n  label: Truce\n  cite: report para 8\n"}
        dataset = read_dataset(
            [ruritania(statement + "  says: It is so.\n  cite: para 9\n", **things)]
        )
        (entry,) = [e for e in dataset.entries.values() if e.source]

        def name(reference: Reference) -> str:
            found = dataset.find(reference.text, entry.state, entry.source)
            assert found is not None
            return name_of(found)

        target = find_target(entry.record)
        return (target.text if target else ""), set(find_points(entry.record, name))

    return take


CASES = {
    "selection": (
        """\
- selection: judge
  fills: office/judge
  seats: 3
  per: [unit/province, unit/city]
  steps:
    - proposes: office/chancellor
      condition: In peace.
    - consents: body/diet
      threshold: at least 2/3 of the votes cast
    - appoints: office/king
""",
        "office/judge",
        {
            ("proposes", "Chancellor"),
            ("consents", "Diet of Ruritania"),
            ("threshold, consents: Diet of Ruritania", "at least 2/3 of the votes cast"),
            ("appoints", "King"),
            ("seats, appoints: King", "3 in each free city, province"),
        },
    ),
    "seats-of-nobody": (
        "- selection: judge\n  fills: office/judge\n  share: 1/2\n",
        "office/judge",
        {("seats, nobody is named", "1/2")},
    ),
    "removal": (
        "- removal: judge\n  empties: office/judge\n  steps:\n    - dismisses: office/king\n",
        "office/judge",
        {("removal: dismisses", "King")},
    ),
    "term": (
        """\
- term: judge
  of: office/judge
  years: 6
  maximum-terms: 2
  consecutive: yes
  renewed-share: 1/3
  renewed-every-years: 2
""",
        "office/judge",
        {("term in years", "6"), ("terms at most", "2 in a row"), ("renewal", "1/3 every 2 years")},
    ),
    "term-for-life": (
        "- term: judge\n  of: office/judge\n  for-life: yes\n",
        "office/judge",
        {("term", "for life")},
    ),
    "composition": (
        "- composition: diet\n  of: body/diet\n  size: 9\n  parts: body/court\n",
        "body/diet",
        {("size", "9"), ("consists of", "Constitutional Court")},
    ),
    "eligibility": (
        """\
- eligibility: judge
  for: office/judge
  minimum-age: 30
  maximum-age: 70
  residence-years: 10
  experience-years: 5
  citizenship: By birth.
  incompatible-with: office/king
""",
        "office/judge",
        {
            ("minimum age", "30"),
            ("maximum age", "70"),
            ("residence in years", "10"),
            ("experience in years", "5"),
            ("incompatible with", "King"),
        },
    ),
    "succession": (
        """\
- succession: king
  vacates: office/king
  steps:
    - succeeds: office/chancellor
    - succeeds: office/judge
""",
        "office/king",
        {("succeeds, 1", "Chancellor"), ("succeeds, 2", "Judge of the Constitutional Court")},
    ),
    "subordination": (
        """\
- subordination: judge
  subject: office/judge
  relation: accountable-to
  superior: body/diet
""",
        "office/judge",
        {("accountable to", "Diet of Ruritania")},
    ),
    "force": (
        "- force: charter\n  of: act/charter\n  from: 1901-06\n  until: over\n",
        "act/charter",
        {("in force from", "1901-06")},
    ),
    "adoption": (
        "- adoption: charter\n  of: act/charter\n  on: 1901\n",
        "act/charter",
        {("adopted on", "1901")},
    ),
    "amendment": (
        """\
- amendment: charter
  of: act/charter
  by: act/charter
  on: 1910-03-01
  touches: [charter art 3 (1), charter art 3 (2), charter art 83-1]
""",
        "act/charter",
        {("dated", "1910-03-01"), ("articles changed", "2")},
    ),
    "amendment-counted": (
        """\
- amendment: charter
  of: act/charter
  by: act/charter
  articles: 7
  touches: charter art 3
""",
        "act/charter",
        {("articles changed", "7")},
    ),
    "treaty-action": (
        """\
- treaty-action: truce
  treaty: treaty/truce
  action: ratification-law
  on: 1903-04
""",
        "treaty/truce",
        {("ratification law", "1903-04")},
    ),
    "competence": (
        "- silence: judge\n  about: office/judge\n  question: term\n  searched: para 3\n",
        "",
        set(),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_statement_is_taken_apart(
    case: str, take_apart: Callable[[str], tuple[str, set[Point]]]
) -> None:
    """Each kind of statement has its points, about one thing; what is told in words is none."""
    statement, target, points = CASES[case]
    about, found = take_apart(statement)
    assert (about, {(point.aspect, point.value) for point in found}) == (target, points)


SINGLE = {
    "selection": {
        "threshold, consents: Diet of Ruritania": True,
        "appoints": False,
        "seats, appoints: King": True,
    },
    "removal": {"removal: dismisses": False},
    "term": {"term in years": True, "terms at most": True, "renewal": True},
    "composition": {"size": True, "consists of": False},
    "eligibility": {"minimum age": True, "incompatible with": False},
    "subordination": {"accountable to": False},
    "force": {"in force from": True},
    "amendment-counted": {"articles changed": True},
    "treaty-action": {"ratification law": False},
}
"""What has one value at a time: an office has one term, and may be filled by several actors."""


@pytest.mark.parametrize("case", SINGLE)
def test_what_has_one_value_says_so(
    case: str, take_apart: Callable[[str], tuple[str, set[Point]]]
) -> None:
    """A second value contradicts the first only where there is one at a time."""
    _, found = take_apart(CASES[case][0])
    single = {point.aspect: point.single for point in found}
    assert single | SINGLE[case] == single


@pytest.mark.parametrize("case", ["force", "adoption", "amendment", "treaty-action"])
def test_a_date_is_known_as_one(
    case: str, take_apart: Callable[[str], tuple[str, set[Point]]]
) -> None:
    """A date can be compared by its parts; what is none has no date."""
    _, found = take_apart(CASES[case][0])
    dates = {point.aspect: str(point.date) for point in found if point.date}
    wanted = {a: v for a, v in CASES[case][2] if a != "articles changed"}
    assert dates == wanted
