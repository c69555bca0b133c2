"""Dates in the precision of their source: a year, a month or a day, never padded."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?( or later)?")
_DATATYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}


@dataclass(frozen=True)
class PartialDate:
    """A date as the source gives it.

    `text` is `2017`, `2017-03` or `2017-03-10`. With `or_later` the source names an act of that
    date and not the day of its effect, so the day meant is that one or a later one.
    """

    text: str
    or_later: bool = False

    def __str__(self) -> str:
        """Return the date as it is written."""
        return self.text + (" or later" if self.or_later else "")

    @cached_property
    def earliest(self) -> date:
        """The first day that the date can mean."""
        return date.fromisoformat((self.text + "-01-01")[:10])

    @cached_property
    def latest(self) -> date | None:
        """The last day that the date can mean, or None where it is open."""
        if self.or_later:
            return None
        first = self.earliest
        if len(self.text) == 10:
            return first
        months = 12 if len(self.text) == 4 else 1
        year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
        return date(year, month + 1, 1) - timedelta(days=1)

    @property
    def datatype(self) -> str:
        """The XML Schema datatype of `text`, as a prefixed name."""
        return _DATATYPES[len(self.text)]


@functools.lru_cache(maxsize=10_000)
def read_partial_date(text: str) -> PartialDate:
    """Return the date that a text such as `2017-03-10 or later` gives.

    Raises ValueError, with a reason, for another form or a day that does not exist.
    """
    match = _FORM.fullmatch(text)
    if not match:
        raise ValueError("a date is written 2017, 2017-03 or 2017-03-10, with ' or later' if open")
    parsed = PartialDate(text.removesuffix(" or later"), or_later=bool(match[4]))
    day = timedelta(days=1)
    try:  # the days before and after it are asked for as well
        _ = parsed.latest, parsed.earliest - day, parsed.earliest + day
    except (ValueError, OverflowError):
        raise ValueError("there is no such day") from None
    return parsed


@dataclass(frozen=True, slots=True)
class Bounds:
    """For which days a statement certainly holds, and for which it may; all half-open.

    `holds_from` and `holds_until` are None together where no day is certain. `may_from` and
    `may_until` are None where the source sets no limit.
    """

    holds_from: date | None
    holds_until: date | None
    may_from: date | None
    may_until: date | None


def find_bounds(
    start: PartialDate | None,
    end: PartialDate | None,
    described: date,
    *,
    standing: bool = True,
    last: date | None = None,
) -> Bounds:
    """Return what a source that describes one day lets one conclude about other days.

    `start` and `end` are the days that the source gives for the statement, half-open, or None
    where it gives none. `described` is the day of which the source speaks. A statement without an
    end holds on that day and is not known to hold later, unless it is not `standing`: the source
    then reports it of an earlier time and does not say that it still holds. One with an open end
    (`or later`) that is not after that day was over, at the latest, on it. A source that was
    read as of several days describes the first of them, and `last` is the last one.
    """
    over = end is not None and end.earliest <= described
    begun = start is None or start.earliest <= described
    holds_from = start.latest if start else None
    if standing and begun and not over:
        holds_from = min(holds_from or described, described)
    holds_until = end.earliest if end else (last or described) + timedelta(days=1)
    if not standing and not end:
        holds_from = None
    certain = holds_from is not None and holds_from < holds_until
    may_until = end.latest if end else None
    if may_until is None and over:
        may_until = described
    return Bounds(
        holds_from=holds_from if certain else None,
        holds_until=holds_until if certain else None,
        may_from=start.earliest if start else None,
        may_until=may_until,
    )
