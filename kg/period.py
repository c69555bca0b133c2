"""The periods of a source: times within which none of its rules began or ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.partial_date import Bounds, PartialDate
from kg.span import Span, first_certain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.thing import Source, Version


@dataclass(frozen=True, slots=True)
class Period:
    """A time between two changes of a source, half-open; `days` says how certain its ends are.

    A report has two periods: the day that it describes, and the time before that day, of which it
    tells what was over.
    """

    start: PartialDate | None
    end: PartialDate | None
    days: Bounds


def find_periods(
    source: Source, versions: Sequence[Version], spans: Iterable[Span]
) -> list[Period]:
    """Return the periods of a source in their order: from one change of a rule to the next."""
    if not versions:
        assert source.describes is not None  # noqa: S101 - a source without versions has a day
        day = source.describes.earliest
        before = Period(None, source.describes, Bounds(None, None, None, day))
        return [
            before,
            Period(source.describes, None, Bounds(day, day + timedelta(days=1), day, None)),
        ]
    passed = _find_passed(versions, spans)
    changes = sorted(passed, key=_order)
    periods = []
    for number, start in enumerate(changes):
        end = changes[number + 1] if number + 1 < len(changes) else None
        periods.append(Period(start, end, _find_days(number, changes, passed, versions)))
    return periods


def find_stretch(span: Span, periods: Sequence[Period]) -> Sequence[Period]:
    """Return the periods of its source in which a rule stood."""
    if span.opened is None:
        before, now = periods
        until = span.days.may_until
        return (before,) if until and until <= (before.days.may_until or until) else (now,)
    starts = [period.start for period in periods]
    first = starts.index(span.start) if isinstance(span.start, PartialDate) else 0
    last = starts.index(span.end) if isinstance(span.end, PartialDate) else len(periods)
    return periods[first:last]


def _order(change: PartialDate) -> tuple[date, date]:
    return change.earliest, change.latest or date.max


def _find_passed(
    versions: Sequence[Version], spans: Iterable[Span]
) -> dict[PartialDate, date | None]:
    """Return the changes of a law, each with the first day on which it surely had happened."""
    passed: dict[PartialDate, date | None] = {}

    def note(change: object, day: date | None) -> None:
        if isinstance(change, PartialDate):
            known = [passed.get(change), day, change.latest]
            passed[change] = min(filter(None, known), default=None)

    for version, following in zip(versions, [*versions[1:], None], strict=True):
        note(version.from_, first_certain(version))
        note(version.until, None)
        if following and isinstance(following.from_, PartialDate):
            # A law is amended as it stands, so that it stood on the day before.
            note(version.from_, following.from_.earliest - timedelta(days=1))
    for span in spans:
        note(span.start, span.days.holds_from)
        note(span.end, span.gone)
    return passed


def _find_days(
    number: int,
    changes: Sequence[PartialDate],
    passed: dict[PartialDate, date | None],
    versions: Sequence[Version],
) -> Bounds:
    """Return when the period after a change certainly was, and when it may have been."""
    before = [passed[change] for change in changes[: number + 1]]
    after = changes[number + 1 :]
    known = [day for day in before if day]
    first = max(known) if len(known) == len(before) else None
    read = [version.describes.earliest for version in versions if version.describes]
    if after:
        last = min(change.earliest for change in after)
        gone = min(filter(None, (passed[change] for change in after)), default=None)
    else:
        last, gone = max(read, default=date.min) + timedelta(days=1), None
    certain = first is not None and first < last
    return Bounds(
        first if certain else None, last if certain else None, changes[number].earliest, gone
    )
