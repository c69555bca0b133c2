"""How far a long piece of work is: a bar on the terminal, after a second, and gone at the end."""

from __future__ import annotations

import contextlib
import sys
import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
PATIENCE = 1.0
"""The seconds for which nothing is shown."""
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
    from rich.console import Console  # noqa: PLC0415 - nobody else waits for it
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - as above

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:.0f}/{task.total:.0f}" if total > 1 else ""),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task(what, total=total if total > 1 else None)
    timer = threading.Timer(PATIENCE, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda: bar.advance(task)
    finally:
        timer.cancel()
        timer.join()
        bar.stop()
        _shown.release()
