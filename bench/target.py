"""The targets, as ratios within one run, and whether they are reached."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Any

from bench.contest import IMPORT, OURS, PASS
from bench.table import write_ratio

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bench.clock import Result

Measured = dict[tuple[str, int], Any]
"""What was measured, by the contest and the number of States."""
YES, NO, OPEN = "reached", "missed", "not measured"


def judge_targets(measured: Measured) -> list[list[str]]:
    """Return a row for each target: what, the target, what was measured, the verdict."""
    largest = max(states for name, states in measured if name == "ask")
    ask, most = measured["ask", 1], measured["ask", largest]
    name, build = measured["name", largest], measured["build", 1]
    builds, warm = measured["build", largest], measured["warm", largest]
    many = f"{largest} States"
    anew, edit, idle = list(build)[1:4]
    return [
        _limit("`ask who-appoints X`, one State / `import pyoxigraph`", 2.5,
               _divide(ask, OURS, ask, IMPORT.name)),
        _exceed("rdflib script / `ask`, one State", 8, ask, "rdflib script", ask, OURS),
        _limit(f"`ask`, {many} / one State", 1.5, _divide(most, OURS, ask, OURS)),
        _exceed(f"rdflib script / `ask`, {many}", 300, most, "rdflib script", most, OURS),
        _limit(f"name with a typo / exact name, {many}", 2,
               _divide(name, "with a typo", name, "exact name")),
        _limit(f"name in another script / exact name, {many}", 2,
               _divide(name, "in another script", name, "exact name")),
        *_judge_warm(warm, many),
        _limit("`build` from nothing, one State / `python -c pass`", 25,
               _divide(build, anew, build, PASS.name)),
        _limit("`build` with no change, one State / `python -c pass`", 6,
               _divide(build, idle, build, PASS.name)),
        _limit(f"`build` with no change, {many} / `python -c pass`", 6,
               _divide(builds, idle, builds, PASS.name)),
        _limit(f"`build` from nothing, {many} / {largest} times one State", 1.15,
               _scale(_divide(builds, anew, build, anew), largest)),
        _below(f"peak of `build` from nothing, {many}", 2000, builds[anew].peak),
        _limit(f"one changed line, {many} / `build` of one State", 3,
               _divide(builds, edit, build, anew)),
        _exceed("pySHACL / `validate`, one small State", 50,
                measured["small", 1], "`--engine pyshacl`", measured["small", 1], OURS),
        _limit(f"`validate`, {many} / {largest} times one State", 1.15,
               _scale(_divide(measured["validate", largest], OURS, measured["validate", 1], OURS),
                      largest)),
        _exceed("rdflib script / `dump` to Turtle, one State", 10,
                measured["dump", 1], "rdflib script", measured["dump", 1], OURS),
    ]  # fmt: skip


def _judge_warm(warm: Mapping[str, Mapping[str, Any]], many: str) -> list[list[str]]:
    times = [about["ours"] for about in warm.values()]
    slower = [n for n, about in warm.items() if about["ours"] > 1.1 * about.get("server", 1e9)]
    median, slowest = statistics.median(times), max(times)
    long = [name for name, about in warm.items() if about["ours"] > 500]
    named = f" ({', '.join(long)})" if long else ""
    return [
        _row(f"median of all questions, {many}", "below 5 ms", f"{median:.1f} ms", median < 5),
        _row(f"slowest question, {many}", "below 500 ms", f"{slowest:.0f} ms{named}", not long),
        _row(f"questions more than a tenth slower than on Oxigraph's server, {many}", "none",
             f"{len(slower)} of {len(warm)}" + (f" ({', '.join(slower)})" if slower else ""),
             not slower),
    ]  # fmt: skip


def _divide(
    above: Mapping[str, Result], one: str, below: Mapping[str, Result], other: str
) -> float | None:
    first, second = above[one].wall, below[other].wall
    return first / second if first is not None and second is not None else None


def _scale(ratio: float | None, count: int) -> float | None:
    return None if ratio is None else ratio / count


def _limit(what: str, target: float, ratio: float | None) -> list[str]:
    return _row(what, f"at most {target:g}", "-" if ratio is None else write_ratio(ratio),
                None if ratio is None else ratio <= target)  # fmt: skip


def _below(what: str, target: float, value: float | None) -> list[str]:
    return _row(what, f"below {target:g} MB", "-" if value is None else f"{value:,.0f} MB",
                None if value is None else value < target)  # fmt: skip


def _exceed(
    what: str, target: float, above: Mapping[str, Result], one: str,
    below: Mapping[str, Result], other: str,
) -> list[str]:  # fmt: skip
    """Judge by how much a peer is slower; one that was stopped is slower by at least the limit."""
    ratio = _divide(above, one, below, other)
    note, ours = above[one].note, below[other].wall
    if ratio is None and note.startswith("stopped after") and ours:
        ratio = float(note.split()[2]) / ours
        # What was stopped before it could reach the target decides nothing.
        good = True if ratio >= target else None
        return _row(what, f"at least {target:g}", f"more than {write_ratio(ratio)}", good)
    good = None if ratio is None else ratio >= target
    return _row(what, f"at least {target:g}", "-" if ratio is None else write_ratio(ratio), good)


def _row(what: str, target: str, value: str, good: bool | None) -> list[str]:  # noqa: FBT001 - None is a third value
    return [what, target, value, OPEN if good is None else YES if good else NO]
