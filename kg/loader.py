"""N-Quads into a store while others are still made: two threads load what there is by then."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path
    from types import TracebackType
    from typing import Self

THREADS = 2
BATCH = 20_000_000
"""So many bytes wait to be loaded at most; larger batches are sorted less often."""


class Loader:
    """Loads chunks of whole lines; at the end of its context all of them are in the store.

    The library works without the lock of the interpreter, so that to load and to make the next
    chunk take one time. The end of the context raises what the store raised, such as OSError.
    """

    def __init__(self, path: Path) -> None:
        """Load into the store at a path, which is opened at the first chunk."""
        self._path = path
        self._store: Store | None = None  # opened late: a process with its threads must not fork
        self._pool = ThreadPoolExecutor(THREADS)
        self._running: set[Future[None]] = set()
        self._waiting: list[bytes] = []
        self._size = 0

    def __enter__(self) -> Self:
        """Begin; what is added is loaded until the end."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        """Load what is left and wait, or drop it after an error."""
        if kind is None:
            self._start()
        self._pool.shutdown(cancel_futures=kind is not None)
        if kind is None:
            for loading in self._running:
                loading.result()
            if self._store is not None:
                self._store.flush()
                self._store.optimize()  # fewer files: an answer spends its time on opening them
        self._store = None

    def add(self, chunk: bytes) -> None:
        """Take a chunk; waits while as much as BATCH waits."""
        self._waiting.append(chunk)
        self._size += len(chunk)
        if self._size >= BATCH and len(self._running) == THREADS:
            wait(self._running, return_when=FIRST_COMPLETED)
        for loading in [loading for loading in self._running if loading.done()]:
            self._running.remove(loading)
            loading.result()
        if len(self._running) < THREADS:
            self._start()

    def _start(self) -> None:
        """Load all that waits in a thread, or as many as are idle."""
        batch = b"".join(self._waiting)
        self._waiting.clear()
        self._size = 0
        if batch:
            if self._store is None:  # an empty one is false
                self._store = Store(str(self._path))
            load = self._store.bulk_load
            self._running.add(self._pool.submit(load, batch, RdfFormat.N_QUADS, lenient=True))
