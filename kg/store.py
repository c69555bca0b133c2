"""The embedded store: built beside and renamed into place, rebuilt only when an input changed.

A store lives in the cache in a folder of its own for each set of data folders. `manifest.json`
names the generation that answers; a generation is a folder called after the content of all inputs.
This module stays light: what only a build needs is imported by the build.
"""

from __future__ import annotations

import contextlib
import json
import os
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Store

from kg import place
from kg.errors import DataError, EnvironmentProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pyoxigraph import Quad

    from kg.endpoint import Endpoint

YOUNG = 600
"""For so many seconds a folder is left alone that another process may be writing or opening."""
BATCH = 500_000
"""About so many quads are held and loaded at once: more take memory, fewer take time."""
FORMAT = 1
"""The layout of a generation; a program that lays it out otherwise counts up."""


class Opened(NamedTuple):
    """A store open for reading, with its catalogue of questions.

    `stale` holds the error of a build that failed: the store is then the last good one.
    With an `endpoint`, that is asked in the place of the store, which then only knows the names.
    """

    store: Store
    catalogue: dict[str, Any]
    generation: str
    stale: DataError | None = None
    endpoint: Endpoint | None = None

    @property
    def folder(self) -> Path:
        """The folder of the generation."""
        from pathlib import Path  # noqa: PLC0415 - see kg/place.py

        return Path(self.generation)


def open_store(folders: Sequence[str | Path] = ()) -> Opened:
    """Return the store of data folders (ours if none is named), built first if it must be.

    Raises DataError if the data is faulty and there is no earlier store, EnvironmentProblem if
    the cache cannot be read or written.
    """
    names = _name(folders)
    stale = None
    try:
        generation, _ = _ensure(names, anew=False)
    except DataError as error:
        last = _last_good(_home(names))
        if not last:
            raise
        stale, generation = error, last
    try:
        store = Store.read_only(generation + "/store")
        catalogue = json.loads(_read(generation + "/catalogue.json"))
    except (OSError, ValueError) as error:
        raise EnvironmentProblem(
            f"Cannot open the store in {generation}: {error}. Run 'politeia build --anew'."
        ) from error
    return Opened(store, catalogue, generation, stale)


def open_last(folders: Sequence[str | Path] = ()) -> Opened | None:
    """Return the store as the last build left it, however old, or None if there is none.

    It builds nothing and raises nothing: for who would rather have no answer than wait.
    """
    generation = _last_good(_home(_name(folders)))
    try:
        store = Store.read_only(generation + "/store")
        return Opened(store, json.loads(_read(generation + "/catalogue.json")), generation)
    except (OSError, ValueError):
        return None


def _last_good(home: str) -> str:
    name = _read_manifest(home).get("generation")
    return f"{home}/{name}" if name else ""


def build_store(folders: Sequence[str | Path] = (), *, anew: bool = False) -> tuple[Path, bool]:
    """Return the folder of the current generation, and whether it had to be built.

    Raises DataError with all findings, and then nothing was changed; EnvironmentProblem if a data
    folder is missing or the cache cannot be written.
    """
    from pathlib import Path  # noqa: PLC0415 - see kg/place.py

    generation, built = _ensure(_name(folders), anew=anew)
    return Path(generation), built


def _name(folders: Sequence[str | Path]) -> list[str]:
    """Return the names of data folders, ours if none is given."""
    return [os.fspath(folder) for folder in folders] or [place.HERE + "/data"]


def _ensure(folders: Sequence[str], *, anew: bool) -> tuple[str, bool]:
    """Do what build_store does; the first lines are all that an answer needs of it."""
    home = _home(folders)
    manifest = {} if anew else _read_manifest(home)
    try:
        inputs = list(_list_inputs(folders))
        stamp = _stamp(inputs)
        current = f"{home}/{manifest.get('generation', 'none')}"
        if manifest.get("stamp") == stamp and os.path.isdir(current):  # noqa: PTH112 - text
            return current, False
        content = _digest(inputs)
    except OSError as error:
        raise EnvironmentProblem(f"Cannot read the data: {error}.") from error
    return _rebuild(folders, home, stamp, content, anew=anew)


def _rebuild(
    folders: Sequence[str], home_name: str, stamp: str, content: str, *, anew: bool
) -> tuple[str, bool]:
    """Return the generation of a content, and whether it had to be built."""
    from pathlib import Path  # noqa: PLC0415 - see kg/place.py

    home = Path(home_name)
    generation = home / content
    named = json.dumps({"stamp": stamp, "generation": content})
    if generation.is_dir() and not anew:
        with contextlib.suppress(OSError):  # a cache that cannot be written answers all the same
            _write(home / "manifest.json", named)
        return str(generation), False
    try:
        home.mkdir(parents=True, exist_ok=True)
        _build([Path(folder) for folder in folders], home, generation, anew=anew)
        _write(home / "manifest.json", named)
        _sweep(home, keep=generation)
    except OSError as error:
        raise EnvironmentProblem(
            f"Cannot write the store to {home}: {error}. "
            "Set POLITEIA_CACHE to a folder that can be written."
        ) from error
    return str(generation), True


def _home(folders: Sequence[str]) -> str:
    named = "\n".join([place.HERE, *(os.path.realpath(folder) for folder in folders)])
    name = os.fsencode(named)  # no hashlib on the path of an answer: loading it takes milliseconds
    return f"{place.name_cache()}/{zlib.crc32(name):08x}{zlib.adler32(name):08x}"


def _read(name: str, limit: int = -1) -> bytes:
    with open(name, "rb") as file:  # noqa: PTH123 - see kg/place.py
        return file.read(limit)


def _read_manifest(home: str) -> dict[str, str]:
    try:
        manifest = json.loads(_read(home + "/manifest.json"))
    except (OSError, ValueError):
        return {}
    whole = isinstance(manifest, dict) and all(isinstance(v, str) for v in manifest.values())
    return manifest if whole else {}


def _list_inputs(folders: Sequence[str]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield every file that the store depends on, with the name under which it counts."""
    roots = [(f"data{i}", folder, ".yaml") for i, folder in enumerate(folders)]
    roots += [
        ("ontology", place.name_bundled("ontology"), ".ttl"),
        ("queries", place.name_bundled("queries"), ".rq"),
        ("rules", place.HERE + "/rules", ".rq"),
        ("program", place.HERE, ".py"),
    ]
    for name, root, ending in roots:
        if not os.path.isdir(root):  # noqa: PTH112 - the path of every answer: no Path objects
            raise EnvironmentProblem(f"There is no folder {root}.")
        for entry in _walk(root, deep=name != "program"):
            if entry.name.endswith(ending):
                yield name + entry.path[len(root) :], entry


def _walk(root: str, *, deep: bool) -> Iterator[os.DirEntry[str]]:
    with os.scandir(root) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if deep:
                yield from _walk(entry.path, deep=True)
        elif entry.is_file():  # not the dangling link that an editor leaves beside an open file
            yield entry


def _stamp(inputs: Sequence[tuple[str, os.DirEntry[str]]]) -> str:
    """Return a cheap mark of the inputs: names, sizes and times. Equal marks mean no change."""
    lines = [str(FORMAT)]
    for name, entry in inputs:
        status = entry.stat()
        lines.append(f"{name} {status.st_size} {status.st_mtime_ns} {status.st_ino}")
    return "\n".join(lines)


def _digest(inputs: Sequence[tuple[str, os.DirEntry[str]]]) -> str:
    """Return a mark of the content of the inputs; it decides whether anything is rebuilt."""
    import hashlib  # noqa: PLC0415 - only a change of the data asks for it

    from kg.form import MAX_BYTES  # noqa: PLC0415 - as above

    digest = hashlib.sha256(str(FORMAT).encode())
    for name, entry in inputs:
        content = _read(entry.path, MAX_BYTES + 1)  # what is longer is refused as it is
        digest.update(os.fsencode(f"{name}\0{len(content)}\n") + content)
    return digest.hexdigest()[:32]


def _expect(content: str, folders: Sequence[str]) -> None:
    """Raise EnvironmentProblem where the inputs are no longer those of which a store is to be."""
    try:
        found = _digest(list(_list_inputs(folders)))
    except OSError as error:
        raise EnvironmentProblem(f"Cannot read the data: {error}.") from error
    if found != content:
        raise EnvironmentProblem("The data changed while it was read. Run the command again.")


def _write(path: Path, content: str) -> None:
    """Write a file beside its place and rename it, so that a reader never sees half of it."""
    import tempfile  # noqa: PLC0415 - only a change of the data writes

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
        os.replace(name, path)  # noqa: PTH105 - the name is text
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(name)  # noqa: PTH108 - the name is text
        raise


def _build(folders: Sequence[Path], home: Path, generation: Path, *, anew: bool) -> None:
    import shutil  # noqa: PLC0415 - an answer needs none of these
    import tempfile  # noqa: PLC0415 - as above
    from pathlib import Path  # noqa: PLC0415 - as above

    from kg.build import build_parts  # noqa: PLC0415 - as above
    from kg.question import read_catalogue  # noqa: PLC0415 - as above

    parts = build_parts(folders)
    catalogue = read_catalogue(place.bundled("queries"))
    beside = Path(tempfile.mkdtemp(dir=home, prefix=".new-"))
    try:
        new = beside / "new"
        new.mkdir()
        store = Store(str(new / "store"))
        batch: list[Quad] = []
        for part in parts:
            batch += part
            if len(batch) > BATCH:
                store.bulk_extend(batch)
                batch.clear()
        store.bulk_extend(batch)
        _expect(generation.name, [os.fspath(folder) for folder in folders])
        store.flush()
        store.optimize()  # fewer files: an answer spends its time on opening them
        del store
        _write(new / "catalogue.json", json.dumps(catalogue))
        if anew and generation.is_dir():
            generation.rename(beside / "former")
        try:
            new.rename(generation)
        except OSError:
            if not generation.is_dir():  # else another process was faster with the same content
                raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _sweep(home: Path, *, keep: Path) -> None:
    """Remove what nobody will open again; what is young may be in the hands of another process."""
    import shutil  # noqa: PLC0415 - only a build sweeps
    import time  # noqa: PLC0415 - as above

    for path in home.iterdir():
        with contextlib.suppress(OSError):
            if path.is_dir() and path != keep and time.time() - path.stat().st_mtime > YOUNG:
                shutil.rmtree(path)
