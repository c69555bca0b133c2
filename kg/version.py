"""From the versions of a law to the time in which a rule that they hold stood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.partial_date import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.field import Citation, When
    from kg.thing import Version


def order_versions(versions: Iterable[Version]) -> tuple[Version, ...]:
    """Return versions by their first days, the oldest first."""
    return tuple(sorted(versions, key=lambda v: (_first_day(v), v.id)))


def _first_day(version: Version) -> date:
    start = version.from_ if isinstance(version.from_, PartialDate) else version.describes
    return start.earliest if start else date.max


@dataclass(frozen=True, slots=True)
class Span:
    """The time of a rule: its ends, and days on which it is known to have stood.

    `seen` holds such days, the first and the last one. `opened` is the version of a law that
    brought the rule in, `closed` the one that no longer has it; either may be None.
    """

    start: When | None
    end: When | None
    seen: tuple[date, ...]
    opened: Version | None = None
    closed: Version | None = None


def find_span(
    cited: Sequence[Citation],
    versions: Sequence[Version],
    start: When | None = None,
    end: When | None = None,
) -> Span:
    """Return the time of a rule that stands in some versions, given by its citations.

    A rule holds from the first day of the first version to the first day of the version after the
    last one. `start` and `end` are what the rule itself says of its time, which comes first.
    """
    known = {version.id: number for number, version in enumerate(versions)}
    first = min((known[c.first] for c in cited if c.first), default=0)
    last = max((known[c.last] for c in cited if c.last), default=len(versions) - 1)
    following = versions[last + 1] if last + 1 < len(versions) else None
    span_start = start or versions[first].from_
    span_end = end or versions[last].until or (following.from_ if following else None)
    seen = [v.describes.earliest for v in versions[first : last + 1] if v.describes]
    if isinstance(span_end, PartialDate):
        # A law is amended as it stands, so that it stood on the day before.
        seen.append(span_end.earliest - timedelta(days=1))
        seen = [day for day in seen if day < span_end.earliest]
    if isinstance(span_start, PartialDate):
        seen = [day for day in seen if day >= (span_start.latest or span_start.earliest)]
    return Span(
        span_start,
        span_end,
        (min(seen), max(seen)) if seen else (),
        versions[first],
        following if not end else None,
    )
