"""The part of one State: from its files to packed N-Quads; several are made side by side."""

from __future__ import annotations

import multiprocessing
import os
import zlib
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, serialize

from kg.build import build_layers, index_names, read_ontology
from kg.bulk import pause_collection
from kg.errors import DataError
from kg.finding import Finding, sort_findings
from kg.folder import read_state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from pyoxigraph import Quad

    Files = Sequence[tuple[Path, Path]]


def name_part(state: str) -> str:
    """Return the name of the file of a part."""
    return f"{state}.nq.z"


def render_part(state: str, files: Files) -> Iterator[bytes]:
    """Yield the quads of one State as N-Quads, in chunks as they are made.

    `files` are pairs of a data folder and a file in it, of the State and of all to which it refers.
    Raises DataError with every finding on the State.
    """
    dataset = read_state(files, state)
    for layer in build_layers(dataset, state, read_ontology()):
        yield render_quads(layer)
    yield render_quads(index_names(dataset, state))


def render_quads(quads: Iterable[Quad]) -> bytes:
    """Return quads as lines of N-Quads."""
    return serialize(quads, format=RdfFormat.N_QUADS) or b""


def write_part(
    state: str, files: Files, path: Path, add: Callable[[bytes], None] | None = None
) -> None:
    """Write the part of one State; each chunk is also given to `add`. Raises DataError."""
    pack = zlib.compressobj(1)
    with pause_collection(), path.open("wb") as file:
        for chunk in render_part(state, files):
            if add:
                add(chunk)
            file.write(pack.compress(chunk))
        file.write(pack.flush())


def make_parts(
    files: Mapping[str, Files], folder: Path, add: Callable[[bytes], None] | None = None
) -> None:
    """Write the parts of States into a folder; what they hold is also given to `add`.

    Several are made side by side in processes of their own, each of which holds one State at a
    time, on systems that can fork. Raises DataError with the findings on all of them.
    """
    findings: list[Finding] = []
    workers = min(os.cpu_count() or 1, len(files))
    if workers < 2 or "fork" not in multiprocessing.get_all_start_methods():
        for state, found in files.items():
            try:
                write_part(state, found, folder / name_part(state), add)
            except DataError as error:
                findings += error.findings
    else:
        for path in _write_side_by_side(files, folder, workers, findings):
            if add and not findings:
                add(zlib.decompress(path.read_bytes()))
    if findings:
        raise DataError(sort_findings(findings))


def _write_side_by_side(
    files: Mapping[str, Files], folder: Path, workers: int, findings: list[Finding]
) -> Iterator[Path]:
    """Yield the file of each part when it is written; adds what is wrong with others."""
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        writing: dict[Future[list[Finding]], Path] = {}
        for state, found in files.items():
            path = folder / name_part(state)
            writing[pool.submit(_try_part, state, found, path)] = path
        try:
            for future in as_completed(writing):
                wrong = future.result()
                findings += wrong
                if not wrong:
                    yield writing[future]
        finally:
            pool.shutdown(cancel_futures=True)


def _try_part(state: str, files: Files, path: Path) -> list[Finding]:
    """Write a part, and return what is wrong with it: an error with findings does not travel."""
    try:
        write_part(state, files, path)
    except DataError as error:
        return list(error.findings)
    return []
