"""How far long work is: a bar on the terminal, after two seconds, and gone at the end."""

from __future__ import annotations

import contextlib
import sys
import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.progress import Progress

T = TypeVar("T")
PATIENCE = 2.0
"""The seconds for which nothing is shown, so that what takes less is not delayed by it."""
_shown = threading.Lock()
"""Held by the one bar that there may be."""


def follow(items: Iterable[T], total: int, what: str) -> Iterator[T]:
    """Yield items, of which there are `total`, and show meanwhile how many were done.

    `what` says what is done, such as "Building 3 States".
    """
    with show_progress(what, total) as advance:
        for item in items:
            yield item
            advance()


@contextlib.contextmanager
def show_progress(what: str, total: int = 1) -> Iterator[Callable[[], None]]:
    """Show that work is being done until the end of the context; gives what counts one step.

    Nothing is shown where stderr is no terminal, nor within other work that is shown. Of work in
    one step only the time is known.
    """
    if not sys.stderr.isatty() or not _shown.acquire(blocking=False):
        yield lambda: None
        return
    bar = _Bar(what, total)
    timer = threading.Timer(PATIENCE, bar.begin)
    timer.daemon = True
    timer.start()
    try:
        yield bar.advance
    finally:
        timer.cancel()
        timer.join()
        bar.end()
        _shown.release()


class _Bar:
    """Steps that are counted, and shown from the time on at which the bar begins."""

    def __init__(self, what: str, total: int) -> None:
        self._what, self._total, self._done = what, total, 0
        self._progress: Progress | None = None

    def begin(self) -> None:
        """Show what was done so far."""
        from rich.console import Console  # noqa: PLC0415 - what is soon done never waits for it
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - as above

        several = self._total > 1
        progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed:.0f}/{task.total:.0f}" if several else ""),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        progress.add_task(self._what, total=self._total if several else None)
        progress.start()
        self._progress = progress
        self._show()

    def advance(self) -> None:
        """Count a step."""
        self._done += 1
        self._show()

    def _show(self) -> None:
        if self._progress:
            self._progress.update(self._progress.task_ids[0], completed=self._done)

    def end(self) -> None:
        """Take away what is shown."""
        if self._progress:
            self._progress.stop()
