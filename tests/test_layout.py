"""How rows are laid out for people: headings, cards, and tables that are too wide."""

from __future__ import annotations

import pytest

from cli.layout import make_cards, make_notes
from cli.render import render_table

CHAIN = ["distance", "role", "actor", "says", "citation", "rule"]
FIGURES = ["topic", "measure", "value", "citation", "rule"]
ROWS = [
    ("people", "Inhabitants of the towns", 12, "REP/1, para. 1", "r1"),
    ("people", "Inhabitants of the villages", None, "REP/1, para. 2", "r2"),
    ("trade", "Shops", 3, "REP/1, para. 3", "r3"),
]


def test_a_number_that_heads_a_card_says_what_it_counts() -> None:
    """A bare 0 tells nobody anything; a year, which is a text, stands alone."""
    (card,) = make_cards(CHAIN, [(0, "appoints", "King", "The King appoints.", "REP/1", "r1")])
    assert card.heading == "distance 0"
    (card,) = make_cards(
        ["date", *CHAIN[1:]], [("1995", "appoints", "King", "He does.", "REP/1", "r1")]
    )
    assert card.heading == "1995"


def test_a_threshold_that_heads_a_card_is_not_said_again() -> None:
    """In a list of thresholds the share stands above, and each step has who and what."""
    columns = ["threshold", "role", "actor", "says", "citation", "rule"]
    (card,) = make_cards(columns, [("half", "elects", "Diet", "The Diet elects.", "REP/1", "r1")])
    assert card.heading == "half"
    assert [tuple(step) for step in card.steps] == [("", "elects", "Diet", "", "")]


def test_a_table_that_is_too_wide_is_told_row_by_row() -> None:
    """The first cell is a heading, said once; the others follow by name, the place at the end."""
    assert make_notes(FIGURES, ROWS) == [
        ("people", "measure: Inhabitants of the towns · value: 12 · [REP/1, para. 1]"),
        ("", "measure: Inhabitants of the villages · [REP/1, para. 2]"),
        ("trade", "measure: Shops · value: 3 · [REP/1, para. 3]"),
    ]  # fmt: skip


@pytest.mark.parametrize(("columns", "is_table"), [("40", False), ("60", True), ("160", True)])
def test_a_table_needs_room_for_its_words(
    columns: str, monkeypatch: pytest.MonkeyPatch, *, is_table: bool
) -> None:
    """Where words would be broken into slivers there is no table, and no line is too long."""
    monkeypatch.setenv("COLUMNS", columns)
    shown = render_table("Figures.", FIGURES, ROWS)
    assert ("─" in shown) == is_table
    assert max(map(len, shown.splitlines())) <= int(columns)
    assert not [line for line in shown.splitlines() if line.endswith(" ")]
    assert "\n\n\n" not in shown
