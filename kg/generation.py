"""A generation of the store: made from nothing, or from the last one and what changed since.

Each State is a part of its own: its quads are made by one process, kept as packed N-Quads in the
generation, and loaded while others are still made. Where the program and most States are as they
were, the last generation is taken over by links, and only the lines that differ are written.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import RdfFormat, Store, parse

from kg import place
from kg.build import read_ontology
from kg.errors import EnvironmentProblem
from kg.folder import group_files
from kg.inputs import PROGRAM, Part, list_inputs, mark_all, mark_parts, sum_up_folders
from kg.loader import Loader
from kg.near import ENDING, join_indexes, name_index
from kg.neighbour import close_over
from kg.notation import from_quads, render
from kg.part import make_parts, name_part
from kg.question import read_catalogue
from kg.vocabulary import GRAPH

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kg.inputs import Inputs

YOUNG = 600
"""For so many seconds a folder is left alone that another process may be writing or opening."""


class Wanted(NamedTuple):
    """What is to be made: of which data folders, where, after which generation, and if anyhow.

    `home` is the folder of the generations, `last` the newest of them; it need not exist.
    """

    folders: Sequence[str]
    home: str
    last: str
    anew: bool


def make_generation(wanted: Wanted, inputs: Inputs) -> tuple[str, bool]:
    """Return the generation of the inputs, and whether it had to be made.

    Raises DataError with every finding, EnvironmentProblem if the cache cannot be written or the
    data changed meanwhile, and then nothing was changed; OSError if an input cannot be read.
    """
    home = Path(wanted.home)
    former = {} if wanted.anew else _read_parts(Path(wanted.last))
    parts = mark_parts(inputs, former)
    generation = home / mark_all(parts)
    stamps = {name: part.stamp for name, part in parts.items()}
    folders = sum_up_folders(inputs.folders, wanted.folders)
    named = {"generation": generation.name, "stamps": stamps, "folders": folders}
    if generation.is_dir() and not wanted.anew:
        with contextlib.suppress(OSError):  # a cache that cannot be written answers all the same
            _write(home / "manifest.json", json.dumps(named))
        return str(generation), False
    try:
        home.mkdir(parents=True, exist_ok=True)
        _make(wanted, parts, former, generation)
        _write(home / "manifest.json", json.dumps(named))
        _sweep(home, keep=generation)
    except OSError as error:
        raise EnvironmentProblem(
            f"Cannot write the store to {home}: {error}. "
            "Set POLITEIA_CACHE to a folder that can be written."
        ) from error
    return str(generation), True


def _read_parts(generation: Path) -> dict[str, Part]:
    """Return the marks of the parts of a generation; none if it is damaged or not there."""
    try:
        read = json.loads((generation / "parts.json").read_bytes())
        return {name: Part(stamp, mark, list(named)) for name, (stamp, mark, named) in read.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _make(
    wanted: Wanted, parts: dict[str, Part], former: dict[str, Part], generation: Path
) -> None:
    """Make a generation beside its place and rename it."""
    beside = Path(tempfile.mkdtemp(dir=wanted.home, prefix=".new-"))
    new = beside / "new"
    before, after = _mark_states(former), _mark_states(parts)
    changed = {state for state in before | after if before.get(state) != after.get(state)}
    try:
        if PROGRAM in changed or 2 * len(changed) > len(parts):
            _start(wanted, new, parts)
        else:
            _take_over(Path(wanted.last), new)
            _update(wanted, new, parts, changed)
        _expect(wanted, parts)
        _write(new / "catalogue.json", json.dumps(read_catalogue(place.bundled("queries"))))
        _write(new / "parts.json", json.dumps(parts))
        if wanted.anew and generation.is_dir():
            generation.rename(beside / "former")
        try:
            new.rename(generation)
        except OSError:
            if not generation.is_dir():  # else another process was faster with the same content
                raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _mark_states(parts: Mapping[str, Part]) -> dict[str, list[str]]:
    """Return of each part the marks of all that it depends on."""
    named = {name: part.named for name, part in parts.items()}
    return {name: [parts[other].digest for other in close_over(name, named)] for name in parts}


def _list_files(
    wanted: Wanted, parts: Mapping[str, Part], states: Collection[str]
) -> dict[str, list[tuple[Path, Path]]]:
    """Return the files from which each of the States is made."""
    files = group_files([Path(folder) for folder in wanted.folders])
    named = {state: parts[state].named for state in files if state in parts}
    return {
        state: [pair for other in close_over(state, named) for pair in files[other]]
        for state in named
        if state in states
    }


def _start(wanted: Wanted, new: Path, parts: Mapping[str, Part]) -> None:
    """Make a generation from nothing."""
    (new / "parts").mkdir(parents=True)
    files = _list_files(wanted, parts, parts)
    with Loader(new / "store") as loader:
        make_parts(files, new / "parts", loader.add)
        loader.add(render(from_quads(read_ontology()), GRAPH + "ontology"))
        join_indexes(new / "parts")


def _take_over(last: Path, new: Path) -> None:
    """Make a generation that shares the files of another, which nobody ever writes to again.

    RocksDB writes each of its tables once; its journal it goes on with, so that it is copied.
    """

    def take(source: str, target: str) -> str:
        if source.endswith((".sst", ".z", ENDING)):
            with contextlib.suppress(OSError):  # a file system without links
                os.link(source, target)
                return target
        return shutil.copy2(source, target)

    shutil.copytree(last, new, copy_function=take, ignore=shutil.ignore_patterns("LOCK", "LOG*"))


def _update(wanted: Wanted, new: Path, parts: Mapping[str, Part], changed: Collection[str]) -> None:
    """Give a store the lines of the States that changed which it lacks, and take what is gone."""
    folder = new / "parts"
    former = {state: _read_lines(folder, state) for state in changed}
    for state in changed:
        for name in (name_part(state), name_index(state)):
            (folder / name).unlink(missing_ok=True)  # it may be a link: never written into
    make_parts(_list_files(wanted, parts, changed), folder)
    join_indexes(folder)
    store = Store(str(new / "store"))
    for state, before in former.items():
        after = _read_lines(folder, state)
        for quad in parse(b"\n".join(before - after), format=RdfFormat.N_QUADS):
            store.remove(quad)
        store.bulk_load(b"\n".join(after - before), format=RdfFormat.N_QUADS)
    store.flush()


def _read_lines(folder: Path, state: str) -> set[bytes]:
    path = folder / name_part(state)
    return set(zlib.decompress(path.read_bytes()).splitlines()) if path.is_file() else set()


def _expect(wanted: Wanted, parts: dict[str, Part]) -> None:
    """Raise EnvironmentProblem where the inputs are no longer those of which a store is to be."""
    try:
        found = mark_parts(list_inputs(wanted.folders), parts)
    except OSError as error:
        raise EnvironmentProblem(f"Cannot read the data: {error}.") from error
    if mark_all(found) != mark_all(parts):
        raise EnvironmentProblem("The data changed while it was read. Run the command again.")


def _write(path: Path, content: str) -> None:
    """Write a file beside its place and rename it, so that a reader never sees half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
        os.replace(name, path)  # noqa: PTH105 - the name is text
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(name)  # noqa: PTH108 - the name is text
        raise


def _sweep(home: Path, *, keep: Path) -> None:
    """Remove what nobody will open again; what is young may be in the hands of another process."""
    for path in home.iterdir():
        with contextlib.suppress(OSError):
            if path.is_dir() and path != keep and time.time() - path.stat().st_mtime > YOUNG:
                shutil.rmtree(path)
