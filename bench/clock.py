"""Commands timed as whole processes, in turn, with the memory that the system accounts to each."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import statistics
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parent.parent
KEPT = 1_000_000
"""So many bytes of the output of a process are kept."""
BUDGET = 15.0
"""So many seconds each contender may take in all; what takes longer once is not run again."""


class Contender(NamedTuple):
    """A command that takes part. `absent` says why it cannot, if so; `before` is done before a run.

    Each line of its output but the first `header` ones is a row, if that is given. A run that
    ends with another `code` has failed. Of those that are `compared` it is told whether the output
    was the same in every run.
    """

    name: str
    command: tuple[str, ...]
    absent: str = ""
    before: Callable[[], object] | None = None
    header: int | None = None
    code: int = 0
    compared: bool = False


class Run(NamedTuple):
    """One run: seconds by the wall and of the processor, peak of memory in MB, what came out.

    Of long output only the beginning is kept, since a process inherits the peak of memory of the
    one that starts it; `lines` and `digest` are those of all of it.
    """

    wall: float
    cpu: float
    peak: float
    code: int
    output: bytes
    errors: str
    lines: int
    digest: str


class Result(NamedTuple):
    """What was measured of a contender; `note` says why nothing was, or what else there is."""

    name: str
    runs: tuple[Run, ...]
    rows: int | None
    note: str

    @property
    def wall(self) -> float | None:
        """The median by the wall in seconds; None if it never came to an end."""
        return statistics.median(run.wall for run in self.runs) if self.runs else None

    @property
    def peak(self) -> float | None:
        """The highest peak of memory in MB."""
        return max(run.peak for run in self.runs) if self.runs else None


def run_once(command: Sequence[str], limit: float) -> Run | None:
    """Run a command from the root of the project; return None if it took longer than the limit.

    The peak is that of the largest single process, as the system accounts it to the one it ended.
    """
    late = threading.Event()
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            start_new_session=True,
        )

        def end() -> None:
            late.set()
            os.killpg(process.pid, signal.SIGKILL)

        timer = threading.Timer(limit, end)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        if late.is_set():
            return None
        errors.seek(0)
        cpu = usage.ru_utime + usage.ru_stime
        told = errors.read().decode("utf-8", "replace")
        kept, lines, digest = _sum_up_output(output)
        peak = usage.ru_maxrss / 1024
        return Run(wall, cpu, peak, process.returncode, kept, told, lines, digest)


def _sum_up_output(file: IO[bytes]) -> tuple[bytes, int, str]:
    """Return the beginning of a file, how many lines it has, and a mark of its content."""
    file.seek(0)
    kept, lines, digest = b"", 0, hashlib.sha256()
    while part := file.read(KEPT):
        kept = kept or part
        lines += part.count(b"\n")
        digest.update(part)
    return kept, lines, digest.hexdigest()


def measure(contenders: Sequence[Contender], runs: int, limit: float) -> list[Result]:
    """Return what each contender took: a run to warm up, then all in turn, so many times.

    Who fails or comes too late in the first round takes no further part, and who is slow is asked
    less often; where BUDGET allows no second time, the first run is the figure.
    """
    first = {each.name: _start(each, limit) for each in contenders if not each.absent}
    codes = {each.name: each.code for each in contenders}
    counted: dict[str, list[Run]] = {name: [] for name in first}
    left: dict[str, int] = {}
    for name, run in first.items():
        if run is not None and run.code == codes[name]:
            left[name] = min(runs, int(BUDGET // run.wall))
            if left[name] == 0:
                counted[name].append(run)
    for number in range(runs):
        for each in contenders:
            if number < left.get(each.name, 0):
                again = _start(each, limit)
                if again is not None and again.code == each.code:
                    counted[each.name].append(again)
    return [
        _sum_up(each, first.get(each.name), counted.get(each.name, []), limit)
        for each in contenders
    ]


def _start(contender: Contender, limit: float) -> Run | None:
    if contender.before:
        contender.before()
    return run_once(contender.command, limit)


def _sum_up(contender: Contender, first: Run | None, runs: list[Run], limit: float) -> Result:
    rows = None
    note = ""
    if contender.absent:
        note = contender.absent
    elif first is None:
        note = f"stopped after {limit:g} s"
    elif first.code != contender.code:
        note = f"fails with {first.code}: {_find_error(first.errors)}"
    elif contender.header is not None:
        rows = max(first.lines - contender.header, 0)
    elif contender.compared:
        equal = len({run.digest for run in (first, *runs)}) == 1
        note = "the same bytes each time" if equal else "other bytes each time"
    return Result(contender.name, tuple(runs), rows, note)


def _find_error(text: str) -> str:
    """Return the line that says best what went wrong: the last one that speaks of an error."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    named = [line for line in lines if "error" in line.lower() and not line.startswith("at ")]
    said = [*lines[-1:], *named[-1:]]
    if not said:
        return "no word"
    anywhere = re.sub(r"(?:file:/+)?/[^\s:]*/", "", said[-1])  # in whatever folder it ran
    return " ".join(anywhere.split())[:120].replace("|", "/")
