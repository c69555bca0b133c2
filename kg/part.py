"""The part of one State: from its files to packed N-Quads; several are made side by side."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from kg.build import build_layers, index_names, read_ontology
from kg.bulk import hand_over_often, pause_collection
from kg.errors import DataError
from kg.finding import Finding, sort_findings
from kg.folder import read_state
from kg.name import NAMES
from kg.near import name_index, write_index
from kg.notation import from_quads, render
from kg.progress import follow, show_progress
from kg.side import run_side_by_side
from kg.vocabulary import graph_iri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    Files = Sequence[tuple[Path, Path]]


def name_part(state: str) -> str:
    """Return the name of the file of a part."""
    return f"{state}.nq.z"


def render_part(state: str, files: Files, path: Path) -> Iterator[bytes]:
    """Yield the quads of one State as N-Quads, in chunks as they are made.

    `files` are pairs of a data folder and a file in it, of the State and of all to which it refers.
    The index of near names is written beside `path`, the file of the part.
    Raises DataError with every finding on the State.
    """
    dataset = read_state(files, state)
    for layer, triples in build_layers(dataset, state, from_quads(read_ontology())):
        yield render(triples, graph_iri(state, layer))
    names = list(index_names(dataset, state))
    write_index(names, path.with_name(name_index(state)))
    yield render(names, NAMES.value)


def write_part(
    state: str, files: Files, path: Path, add: Callable[[bytes], None] | None = None
) -> None:
    """Write the part of one State; each chunk is also given to `add`. Raises DataError."""
    pack = zlib.compressobj(1)
    with pause_collection(), hand_over_often(), path.open("wb") as file:
        for chunk in render_part(state, files, path):
            if add:
                add(chunk)
            file.write(pack.compress(chunk))
        file.write(pack.flush())


def make_parts(
    files: Mapping[str, Files], folder: Path, add: Callable[[bytes], None] | None = None
) -> None:
    """Write the parts of States into a folder; what they hold is also given to `add`.

    Several are made side by side, so that as many are held at a time as there are processors.
    Raises DataError with the findings on all of them.
    """
    findings: list[Finding] = []
    tasks = {state: (state, found, folder / name_part(state)) for state, found in files.items()}
    if len(tasks) == 1:
        for state, task in tasks.items():
            with show_progress(f"Building {state}"):
                write_part(*task, add)
        return
    what = f"Building {len(tasks)} States"
    for state, wrong in follow(run_side_by_side(_try_part, tasks), len(tasks), what):
        findings += wrong
        if add and not findings:
            add(zlib.decompress((folder / name_part(state)).read_bytes()))
    if findings:
        raise DataError(sort_findings(findings))


def _try_part(state: str, files: Files, path: Path) -> list[Finding]:
    """Write a part, and return what is wrong with it: an error with findings does not travel."""
    try:
        write_part(state, files, path)
    except DataError as error:
        return list(error.findings)
    return []
