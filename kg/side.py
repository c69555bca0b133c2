"""One piece of work for each State, side by side in processes where there are several."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

T = TypeVar("T")


def run_side_by_side(
    work: Callable[..., T], tasks: Mapping[str, tuple[Any, ...]]
) -> Iterator[tuple[str, T]]:
    """Yield the name of each task with what the work returns, in the order in which they end.

    There are as many processes as processors, on systems that can fork; elsewhere, and for one
    task, the work is done here, one after the other. What it raises is raised.
    """
    workers = min(os.cpu_count() or 1, len(tasks))
    if workers < 2 or not hasattr(os, "fork"):
        for name, given in tasks.items():
            yield name, work(*given)
        return
    import multiprocessing  # noqa: PLC0415 - most often there is one State
    from concurrent.futures import ProcessPoolExecutor, as_completed  # noqa: PLC0415 - as above

    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        running = {pool.submit(work, *given): name for name, given in tasks.items()}
        try:
            for future in as_completed(running):
                yield running.pop(future), future.result()
        finally:
            pool.shutdown(cancel_futures=True)
