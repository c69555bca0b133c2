"""What was measured as Markdown: one table a question."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bench.clock import Result


def write_seconds(seconds: float) -> str:
    """Return a time as people read it: 12 ms, 1.3 s, 140 s."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    return f"{seconds:.1f} s" if seconds < 100 else f"{seconds:.0f} s"


def write_ratio(ratio: float) -> str:
    """Return a ratio with two figures or so."""
    return f"{ratio:.2g}" if ratio < 10 else f"{ratio:,.0f}"


def write_row(cells: Sequence[object]) -> str:
    """Return a row of a table."""
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def write_table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a table of Markdown."""
    return (
        "\n".join([write_row(head), write_row(["---"] * len(head)), *map(write_row, rows)]) + "\n"
    )


def tabulate_results(results: Sequence[Result], base: str) -> str:
    """Return the table of one measurement; `base` is the contender that the ratios refer to."""
    whole = next((result.wall for result in results if result.name == base), None)
    rows: list[list[object]] = []
    for result in results:
        wall = result.wall
        if wall is None:
            rows.append([result.name, "-", "-", "-", "-", "-", "", result.note])
            continue
        times = [run.wall for run in result.runs]
        rows.append(
            [
                result.name,
                write_seconds(wall),
                f"{write_seconds(min(times))} to {write_seconds(max(times))}",
                write_seconds(statistics.median(run.cpu for run in result.runs)),
                write_ratio(wall / whole) if whole else "-",
                f"{result.peak:,.0f}",
                len(times),
                ", ".join(filter(None, [_tell_rows(result), result.note])),
            ]
        )
    head = ["who", "median", "min to max", "processor", "times", "peak MB", "n", "remark"]
    return write_table(head, rows)


def _tell_rows(result: Result) -> str:
    return "" if result.rows is None else f"{result.rows} rows"


def tabulate_questions(measured: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the table of all questions in one process, slowest first."""
    rows = []
    for name, about in sorted(measured.items(), key=lambda item: -item[1]["ours"]):
        server = about.get("server")
        rows.append(
            [
                name,
                about["rows"],
                f"{about['ours']:.1f}",
                "-" if server is None else (">" if about["late"] else "") + f"{server:.1f}",
                "-" if server is None else write_ratio(server / about["ours"]),
                "" if about.get("equal", True) else "other rows",
            ]
        )
    head = ["question", "rows", "Politeia ms", "server ms", "server / Politeia", "remark"]
    return write_table(head, rows)
