"""The embedded store, opened for reading, and built first if an input changed.

A store lives in the cache in a folder of its own for each set of data folders. `manifest.json`
names the generation that answers; a generation is a folder called after the content of all inputs,
and `kg/generation.py` makes it. This module stays light: an answer loads no more than it needs.
"""

from __future__ import annotations

import contextlib
import json
import os
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Store

from kg import place
from kg.errors import DataError, EnvironmentProblem, PoliteiaError
from kg.inputs import list_inputs, read, stamp, stamp_folder, sum_up_folders

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from kg.endpoint import Endpoint


MANY_FOLDERS = 300
"""With more folders of data than that, an answer about one State looks at its files only."""


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
        return _open(generation)._replace(stale=stale)
    except (OSError, ValueError) as error:
        raise EnvironmentProblem(
            f"Cannot open the store in {generation}: {error}. Run 'politeia build --anew'."
        ) from error


def _open(generation: str) -> Opened:
    """Return the store of a generation; raises OSError or ValueError where it is damaged."""
    store = Store.read_only(generation + "/store")
    return Opened(store, json.loads(read(generation + "/catalogue.json")), generation)


def open_for(folders: Sequence[str | Path], choose: Callable[[Opened], Collection[str]]) -> Opened:
    """Return the store of data folders for an answer about some States only.

    `choose` returns these from a store that may be older than the data; none of them means all.
    Where there are very many files, those of the other States are not looked at, and only whether
    a State came or went. Raises as open_store; what `choose` raises counts as all.
    """
    names = _name(folders)
    home = _home(names)
    manifest = _read_manifest(home)
    # What is damaged or not known is looked up, or told, in the long way.
    with contextlib.suppress(
        PoliteiaError, OSError, ValueError, LookupError, TypeError, AttributeError
    ):
        if int(manifest["folders"][""].split()[0]) > MANY_FOLDERS:
            opened = _open(f"{home}/{manifest['generation']}")
            if _is_current(names, manifest, opened, choose(opened)):
                return opened
    return open_store(folders)


def _is_current(
    folders: Sequence[str], manifest: dict[str, Any], opened: Opened, states: Collection[str]
) -> bool:
    """Tell whether the program, the list of States, and these with those they name are as built."""
    from kg.neighbour import close_over  # noqa: PLC0415 - only many States need it

    named = {
        name: part[-1] for name, part in json.loads(read(opened.generation + "/parts.json")).items()
    }
    wanted = {other for state in states for other in close_over(state, named)}
    found = list_inputs(folders, wanted)
    return (
        bool(states)
        and all(stamp(files) == manifest["stamps"][part] for part, files in found.parts.items())
        and all(stamp_folder(name) == mark for name, mark in manifest["folders"].items() if name)
    )


def open_last(folders: Sequence[str | Path] = ()) -> Opened | None:
    """Return the store as the last build left it, however old, or None if there is none.

    It builds nothing and raises nothing: for who would rather have no answer than wait.
    """
    try:
        return _open(_last_good(_home(_name(folders))))
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
    manifest = _read_manifest(home)
    last = f"{home}/{manifest.get('generation', 'none')}"
    try:
        inputs = list_inputs(folders)
        stamps = {name: stamp(files) for name, files in inputs.parts.items()}
        kept = manifest.get("stamps") == stamps and not anew and os.path.isdir(last)  # noqa: PTH112 - text
        if kept and manifest.get("folders") == sum_up_folders(inputs.folders, folders):
            return last, False
        from kg.generation import Wanted, make_generation  # noqa: PLC0415 - only a change needs it

        return make_generation(Wanted(folders, home, last, anew), inputs)
    except OSError as error:
        raise EnvironmentProblem(f"Cannot read the data: {error}.") from error


def _home(folders: Sequence[str]) -> str:
    named = "\n".join([place.HERE, *(os.path.realpath(folder) for folder in folders)])
    name = os.fsencode(named)  # no hashlib on the path of an answer: loading it takes milliseconds
    return f"{place.name_cache()}/{zlib.crc32(name):08x}{zlib.adler32(name):08x}"


def _read_manifest(home: str) -> dict[str, Any]:
    try:
        manifest = json.loads(read(home + "/manifest.json"))
    except (OSError, ValueError):
        return {}
    whole = isinstance(manifest, dict) and isinstance(manifest.get("generation"), str)
    return manifest if whole else {}
