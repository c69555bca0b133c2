"""Thresholds: read into their parts, exact, and written back in the same words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kg.threshold import BASES, Threshold, read_threshold


@pytest.mark.parametrize("words", list(BASES))
@pytest.mark.parametrize("share", ["at least 2/3", "more than 1/2", "at least 1/1", "at least 3/4"])
def test_a_threshold_is_written_as_it_was_read(share: str, words: str) -> None:
    """The words of the file come back from the parts."""
    assert str(read_threshold(f"{share} of {words}")) == f"{share} of {words}"


def test_a_threshold_has_parts_that_can_be_compared() -> None:
    """Two thirds is above one half, and equal to four sixths, without rounding."""
    two_thirds = read_threshold("at least 2/3 of the total membership")
    assert two_thirds == Threshold("at least", 2, 3, "total-membership")
    assert two_thirds.fraction > read_threshold("more than 1/2 of the votes cast").fraction
    assert two_thirds.fraction == read_threshold("at least 4/6 of the votes cast").fraction
    assert two_thirds.fraction == Fraction(2, 3)


def test_a_threshold_keeps_where_it_is_reached_and_who_takes_part() -> None:
    """Spread and quorum are shares of their own, and come back in the words of the file."""
    words = (
        "more than 1/2 of the voters taking part, in at least 2/3 of the territorial units, "
        "if more than 1/2 of the voters entitled take part"
    )
    threshold = read_threshold(words)
    assert threshold.base == "voters-taking-part"
    assert threshold.spread == Threshold("at least", 2, 3, "territorial-units")
    assert threshold.quorum == Threshold("more than", 1, 2, "voters-entitled")
    assert str(threshold) == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2/3",
        "2/3 of the votes cast",
        "at least 2/3",
        "at least 2/3 of the votes",
        "at most 2/3 of the votes cast",
        "at least two thirds of the votes cast",
        "at least 0/3 of the votes cast",
        "at least 4/3 of the votes cast",
        "at least 1/0 of the votes cast",
        "at least -1/3 of the votes cast",
        "At least 2/3 of the votes cast",
        "at least 2/3 of the votes cast, and of the members present",
        "at least 2/3 of the votes cast, in 2/3 of the territorial units",
        "at least 2/3 of the votes cast, if at least 3/2 of the voters entitled take part",
        "at least 2/3 of the votes cast, if at least 1/2 of the voters entitled",
    ],
)
def test_another_form_is_refused(text: str) -> None:
    """A threshold that cannot be compared is a fault and not a text."""
    with pytest.raises(ValueError, match=r"write 'at least|the share must"):
        read_threshold(text)
