"""Dates in the precision of the source, and what they let one conclude about a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kg.partial_date import Bounds, PartialDate, find_bounds, read_partial_date

DESCRIBED = date(2019, 1, 4)
BEFORE, AFTER = DESCRIBED - timedelta(days=1), DESCRIBED + timedelta(days=1)


def when(bounds: Bounds, day: date) -> str:
    """Return what is said of a day: the three answers of the model, in its order."""
    if bounds.holds_from and bounds.holds_until and bounds.holds_from <= day < bounds.holds_until:
        return "holds"
    too_early = bounds.may_from is not None and day < bounds.may_from
    too_late = bounds.may_until is not None and day >= bounds.may_until
    return "does not hold" if too_early or too_late else "not known"


def around(start: str | None, end: str | None, *days: str, standing: bool = True) -> list[str]:
    """Return what a source that describes 4 January 2019 says of some days."""
    bounds = find_bounds(
        read_partial_date(start) if start else None,
        read_partial_date(end) if end else None,
        DESCRIBED,
        standing=standing,
    )
    return [when(bounds, date.fromisoformat(day)) for day in days]


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2017-03-10", "2017-03-10", "2017-03-10"),
        ("2017-03", "2017-03-01", "2017-03-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2017-12", "2017-12-01", "2017-12-31"),
        ("2017", "2017-01-01", "2017-12-31"),
        ("0900", "0900-01-01", "0900-12-31"),
    ],
)
def test_a_date_means_any_day_that_it_covers(text: str, earliest: str, latest: str) -> None:
    """A year and a month have a first and a last day, and no day is made of them."""
    read = read_partial_date(text)
    assert read.text == text
    assert read.earliest == date.fromisoformat(earliest)
    assert read.latest == date.fromisoformat(latest)


def test_an_open_date_has_no_last_day() -> None:
    """Of `or later` the first day is known and the last one is not."""
    read = read_partial_date("2017-03 or later")
    assert read == PartialDate("2017-03", or_later=True)
    assert (read.earliest, read.latest) == (date(2017, 3, 1), None)


@pytest.mark.parametrize(
    ("text", "datatype"),
    [("2017", "xsd:gYear"), ("2017-03", "xsd:gYearMonth"), ("2017-03-10", "xsd:date")],
)
def test_the_datatype_says_how_much_is_known(text: str, datatype: str) -> None:
    """Each precision has the datatype of XML Schema that has no more and no less."""
    assert read_partial_date(text).datatype == datatype


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2019-02-30",
        "2019-13",
        "2019-00",
        "2019-1-4",
        "0000",
        "0001",
        "0001-01-01",
        "19",
        "20190104",
        "04.01.2019",
        "29/08/2017",
        "2019-01-04T00:00:00",
        "2019-01-04 or earlier",
        "2019 or later or later",
        "-500",
        "9999-12-31",
        "9999",
        "2019\n",
        "\u0662\u0660\u0661\u0669",
    ],
)
def test_another_form_or_no_day_is_refused(text: str) -> None:
    """A day that does not exist, has none before or after it, or reads in two ways is a fault."""
    with pytest.raises(ValueError, match=r"a date is written|no such day"):
        read_partial_date(text)


def test_a_rule_without_dates_holds_on_the_day_that_the_source_describes() -> None:
    """It is not said how things stood a day before, nor that they still stand a day after."""
    answers = around(None, None, "2019-01-03", "2019-01-04", "2019-01-05")
    assert answers == ["not known", "holds", "not known"]


def test_a_rule_holds_from_its_first_day_on() -> None:
    """On the day before validFrom it does not hold; on that day it does."""
    answers = around(
        "2017-03-10", None, "2017-03-09", "2017-03-10", "2017-03-11", "2019-01-04", "2019-01-05"
    )
    assert answers == ["does not hold", "holds", "holds", "holds", "not known"]


def test_a_rule_ends_before_the_day_of_its_end() -> None:
    """ValidUntil is the first day on which it no longer holds, not the last on which it does."""
    answers = around(
        "1995-09-05", "2017-03-10", "1995-09-04", "1995-09-05", "2017-03-09", "2017-03-10",
        "2017-03-11",
    )  # fmt: skip
    assert answers == ["does not hold", "holds", "holds", "does not hold", "does not hold"]


def test_within_a_year_that_is_all_that_is_known_nothing_is_certain() -> None:
    """Between the earliest and the latest reading of a date the answer is not known."""
    days = "1994-12-31", "1995-01-01", "1995-12-30", "1995-12-31", "1996-12-31", "1997-01-01"
    answers = around("1995", "1997", *days)
    assert answers == ["does not hold", "not known", "not known", "holds", "holds", "not known"]
    assert around("1995", "1997", "1997-12-30", "1997-12-31") == ["not known", "does not hold"]


def test_within_a_month_that_is_all_that_is_known_nothing_is_certain() -> None:
    """The first day of the month may be the first of the rule; its last day is one for certain."""
    days = "2018-04-30", "2018-05-01", "2018-05-30", "2018-05-31", "2019-01-04"
    answers = around("2018-05", None, *days)
    assert answers == ["does not hold", "not known", "not known", "holds", "holds"]


def test_a_rule_of_an_act_holds_at_the_latest_when_it_is_described() -> None:
    """`or later` names the act: no day before it, certainty only where the source speaks."""
    days = "2017-03-09", "2017-03-10", "2019-01-03", "2019-01-04", "2019-01-05"
    answers = around("2017-03-10 or later", None, *days)
    assert answers == ["does not hold", "not known", "not known", "holds", "not known"]


def test_a_rule_of_an_act_of_the_day_described_holds_on_it() -> None:
    """A beginning on the day of which the source speaks has come."""
    days = "2019-01-03", "2019-01-04", "2019-01-05"
    for start in ("2019-01-04", "2019-01-04 or later"):
        assert around(start, None, *days) == ["does not hold", "holds", "not known"]


def test_a_rule_that_an_act_ended_was_over_when_it_is_described() -> None:
    """`until ... or later`: it held before the act, and no longer on the day described."""
    days = "2000-01-01", "2017-03-09", "2017-03-10", "2019-01-03", "2019-01-04", "2020-01-01"
    answers = around("1995-09-05", "2017-03-10 or later", *days)
    assert answers == [
        "holds", "holds", "not known", "not known", "does not hold", "does not hold",
    ]  # fmt: skip


def test_an_end_without_a_beginning_says_nothing_of_the_time_before() -> None:
    """Where the beginning is not stated and the end has come, no day is certain."""
    answers = around(None, "2017-03-10", "1990-01-01", "2017-03-09", "2017-03-10", "2019-01-04")
    assert answers == ["not known", "not known", "does not hold", "does not hold"]


def test_an_end_to_come_reaches_beyond_the_day_described() -> None:
    """A rule whose end is prescribed holds until then."""
    days = "2019-01-03", "2019-01-04", "2025-12-31", "2026-01-01"
    answers = around(None, "2026-01-01", *days)
    assert answers == ["not known", "holds", "holds", "does not hold"]


def test_an_end_on_the_day_described_has_come() -> None:
    """A rule that ends on the day of which the source speaks does not hold on it."""
    assert around("2000", "2019-01-04", "2019-01-03", "2019-01-04") == ["holds", "does not hold"]
    assert around("2000", "2019-01-05", "2019-01-04", "2019-01-05") == ["holds", "does not hold"]
    answers = around("2000", "2019-01-04 or later", "2019-01-03", "2019-01-04")
    assert answers == ["holds", "does not hold"]


def test_an_open_end_to_come_is_not_over() -> None:
    """`until 2020 or later` leaves open when the rule ends after that day."""
    days = "2019-01-04", "2019-12-31", "2020-01-01", "2030-01-01"
    assert around("2000-01-01", "2020 or later", *days) == [
        "holds", "holds", "not known", "not known",
    ]  # fmt: skip


def test_a_beginning_to_come_is_not_certain_before_it_comes() -> None:
    """A source does not say that a rule to come came."""
    days = "2019-01-04", "2020-05-31", "2020-06-01"
    assert around("2020-06-01", None, *days) == ["does not hold", "does not hold", "not known"]
    assert around("2020-06-01 or later", None, *days) == [
        "does not hold", "does not hold", "not known",
    ]  # fmt: skip


def test_a_beginning_within_the_year_described_has_come() -> None:
    """A source that says `since 2019` of a rule says it of the day that it describes."""
    days = "2018-12-31", "2019-01-03", "2019-01-04", "2019-01-05"
    assert around("2019", None, *days) == ["does not hold", "not known", "holds", "not known"]


def test_a_rule_that_is_only_reported_is_not_known_to_stand() -> None:
    """Where the source does not say that it still holds, the day described is not certain."""
    days = "1994-12-31", "1995-06-01", "2019-01-04"
    answers = around("1995-01-01", None, *days, standing=False)
    assert answers == ["does not hold", "not known", "not known"]


@pytest.mark.parametrize("start", [None, "2018", "2019-01", "2019-01-04", "2018 or later", "2020"])
@pytest.mark.parametrize(
    "end", [None, "2018-06", "2019-01-04", "2019-06 or later", "2018 or later"]
)
def test_what_is_certain_is_also_possible(start: str | None, end: str | None) -> None:
    """No day on which a rule certainly holds lies where it cannot hold."""
    bounds = find_bounds(
        read_partial_date(start) if start else None,
        read_partial_date(end) if end else None,
        DESCRIBED,
    )
    assert (bounds.holds_from is None) == (bounds.holds_until is None)
    if bounds.holds_from and bounds.holds_until:
        assert bounds.holds_from < bounds.holds_until
        assert bounds.may_from is None or bounds.may_from <= bounds.holds_from
        assert bounds.may_until is None or bounds.holds_until <= bounds.may_until
