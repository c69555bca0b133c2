"""What changed hands between two days of the real law: each line was read from the articles.

A case is a file `cases/differences/NAME.yaml`: two days and a law, lines with an article of either
version, and what did not change. A line names an office and an aspect, and the answer has for these
the lines of the case and no other.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from case import read_case

from kg.answer import Scope
from kg.diff import Change, find_difference

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.store import Opened

CASES = Path(__file__).parent / "cases" / "differences"
READ: dict[str, dict[str, Any]] = {
    path.stem: read_case(path) for path in sorted(CASES.glob("*.yaml"))
}
GROUPS = sorted({(name, *line[:2]) for name, case in READ.items() for line in case["lines"]})
UNCHANGED = [(name, *pair) for name, case in READ.items() for pair in case["unchanged"]]


def list_articles(cited: str) -> list[str]:
    """Return the articles that are cited: `Law, arts 1 (2), 3, 1995 to 1998` gives 1 (2) and 3."""
    return [
        article
        for place in filter(None, cited.split("; "))
        for article in re.split(r", arts?\.? ", place)[1].split(", ")[:-1]
    ]


@pytest.fixture(scope="module")
def find(embedded: Opened) -> Callable[[str, str, str], list[Change]]:
    """Return a function that returns the changes of an office in one aspect, by case."""

    @functools.cache
    def compare(name: str) -> list[Change]:
        case = READ[name]
        first, second = map(str, case["days"])
        found = find_difference(embedded, first, second, Scope(source=case["source"]))
        assert not found.silent
        return found.changes

    def choose(name: str, office: str, aspect: str) -> list[Change]:
        return [c for c in compare(name) if (c.office, c.aspect) == (office, aspect)]

    return choose


@pytest.mark.parametrize(("name", "office", "aspect"), GROUPS)
def test_what_changed_hands_is_what_the_articles_say(
    name: str, office: str, aspect: str, find: Callable[[str, str, str], list[Change]]
) -> None:
    """An office has in an aspect the lines of the case, with their articles, and no others."""
    lines = [line for line in READ[name]["lines"] if line[:2] == [office, aspect]]
    found = {(c.change, c.before, c.after): c for c in find(name, office, aspect)}
    assert set(found) == {tuple(line[2:5]) for line in lines}
    for _, _, *said, before, after in lines:
        change = found[tuple(said)]
        for article, cited in ((before, change.cited_before), (after, change.cited_after)):
            assert article in list_articles(cited) if article else not cited


@pytest.mark.parametrize(("name", "office", "aspect"), UNCHANGED)
def test_what_stayed_is_not_shown(
    name: str, office: str, aspect: str, find: Callable[[str, str, str], list[Change]]
) -> None:
    """A rule that is the same on both days is in no line, though its paragraph may be another."""
    assert find(name, office, aspect) == []


def test_there_are_enough_lines() -> None:
    """Both cases have a dozen lines and more, and a dozen things that stayed."""
    for case in READ.values():
        assert len(case["lines"]) >= 12
        assert len(case["unchanged"]) >= 12
