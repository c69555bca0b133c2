"""The time in which a rule stood: by the dates of a report, or by the versions of a law."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from kg.field import Reason
from kg.partial_date import Bounds, PartialDate, find_bounds
from kg.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.dataset import Dataset, Entry
    from kg.field import When
    from kg.thing import Source, Version


def order_versions(versions: Iterable[Version]) -> tuple[Version, ...]:
    """Return versions by their first days, the oldest first."""
    return tuple(sorted(versions, key=lambda v: (_first_day(v), v.id)))


def _first_day(version: Version) -> date:
    start = version.from_ if isinstance(version.from_, PartialDate) else version.describes
    return start.earliest if start else date.max


@dataclass(frozen=True)
class Span:
    """The time of a rule: its ends, and days on which it is known to have stood.

    `seen` holds such days, the first and the last one. `opened` is the version of a law that
    brought the rule in, `closed` the one that no longer has it; either may be None. `gone` is the
    first day on which a later version is known to have been in force.
    """

    start: When | None
    end: When | None
    seen: tuple[date, ...]
    opened: Version | None = None
    closed: Version | None = None
    gone: date | None = None

    @cached_property
    def days(self) -> Bounds:
        """On which days the rule certainly stood, and on which it may have stood."""
        return _find_days(self)

    def holds_on(self, day: date) -> bool:
        """Tell whether the rule certainly stood on a day."""
        first, until = self.days.holds_from, self.days.holds_until
        return bool(first and until and first <= day < until)


def find_span(entry: Entry, dataset: Dataset) -> Span:
    """Return the time of a rule of a report, or of a law that has versions.

    It is found once for all rules of a source that say the same of it and stand in the same
    versions.
    """
    rule = entry.record
    assert isinstance(rule, Rule)  # noqa: S101 - only rules are asked
    cited = frozenset((c.first, c.last) for c in rule.cite if not c.source)
    said = (entry.state, entry.source, rule.from_, rule.until, cited)
    span = dataset.spans.get(said)
    if span is None:
        source = dataset.source(entry.state, entry.source)
        assert source is not None  # noqa: S101 - the links were checked
        versions = dataset.versions.get((entry.state, entry.source), ())
        span = dataset.spans[said] = _find_span(rule, source, versions)
    return span


def _find_span(rule: Rule, source: Source, versions: Sequence[Version]) -> Span:
    if versions:
        return _find_span_of_law(rule, versions)
    assert source.describes is not None  # noqa: S101 - a source without versions has a day
    return Span(rule.from_, rule.until, (source.describes.earliest,))


def _find_days(span: Span) -> Bounds:
    start = span.start if isinstance(span.start, PartialDate) else None
    end = span.end if isinstance(span.end, PartialDate) else None
    if not span.seen:
        first, last = (start.earliest if start else None), (end.latest if end else None)
        return Bounds(None, None, first, min(filter(None, [last, span.gone]), default=None))
    reason = span.end.name if isinstance(span.end, Reason) else ""
    bounds = find_bounds(
        start,
        end,
        min(span.seen),
        standing=reason not in {"over", "not-known"},
        last=max(span.seen),
    )
    limits = [bounds.may_until, span.gone, min(span.seen) if reason == "over" else None]
    return dataclasses.replace(bounds, may_until=min(filter(None, limits), default=None))


def _find_span_of_law(rule: Rule, versions: Sequence[Version]) -> Span:
    """Return the time of a rule that stands in some versions, given by its citations.

    A rule holds from the first day of the first version to the first day of the version after the
    last one. What the rule itself says of its time comes first.
    """
    cited = [citation for citation in rule.cite if not citation.source]
    known = {version.id: number for number, version in enumerate(versions)}
    first = min((known[c.first] for c in cited if c.first), default=0)
    last = max((known[c.last] for c in cited if c.last), default=len(versions) - 1)
    following = versions[last + 1] if last + 1 < len(versions) else None
    span_start = rule.from_ or versions[first].from_
    span_end = rule.until or versions[last].until or (following.from_ if following else None)
    seen = [v.describes.earliest for v in versions[first : last + 1] if v.describes]
    if isinstance(span_end, PartialDate):
        # A law is amended as it stands, so that it stood on the day before.
        seen.append(span_end.earliest - timedelta(days=1))
        seen = [day for day in seen if day < span_end.earliest]
    if isinstance(span_start, PartialDate):
        seen = [day for day in seen if day >= (span_start.latest or span_start.earliest)]
    later = [first_certain(version) for version in versions[last + 1 :]]
    return Span(
        span_start,
        span_end,
        (min(seen), max(seen)) if seen else (),
        versions[first],
        following if not rule.until else None,
        None if isinstance(rule.until, PartialDate) else min(filter(None, later), default=None),
    )


def first_certain(version: Version) -> date | None:
    """Return the first day on which a version is known to have been in force, or None."""
    start = version.from_.latest if isinstance(version.from_, PartialDate) else None
    days = [start, version.describes.earliest if version.describes else None]
    return min(filter(None, days), default=None)
