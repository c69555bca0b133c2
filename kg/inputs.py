"""The files that a store depends on: listed, stamped cheaply, and marked by their content.

This stays light, because every answer lists the inputs to see that nothing changed.
"""

from __future__ import annotations

import os
import zlib
from typing import TYPE_CHECKING, NamedTuple

from kg import place
from kg.errors import EnvironmentProblem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    Input = tuple[str, os.DirEntry[str]]

FORMAT = 2
"""The layout of a generation; a program that lays it out otherwise counts up."""
PROGRAM = "/program"
"""The name of the part that is no State: ontology, questions, rules and code."""


class Part(NamedTuple):
    """The mark of the content of one part, the stamp of its files then, and whom they may name."""

    stamp: str
    digest: str
    named: list[str]


class Inputs(NamedTuple):
    """The files on which a store depends, by part, and a stamp of each folder of the data.

    A file has the name under which it counts. Files outside the folder of a State are a part
    without a name.
    """

    parts: dict[str, list[Input]]
    folders: dict[str, str]


def list_inputs(folders: Sequence[str], states: Collection[str] | None = None) -> Inputs:
    """Return the inputs of a store: all of them, or of the data only those of some States.

    Raises EnvironmentProblem for a folder that is missing, OSError for one that cannot be read.
    """
    inputs = Inputs({PROGRAM: []}, {})
    roots = [
        ("ontology", place.name_bundled("ontology"), ".ttl"),
        ("queries", place.name_bundled("queries"), ".rq"),
        ("rules", place.HERE + "/rules", ".rq"),
        ("program", place.HERE, ".py"),
    ]
    for name, root, ending in roots:
        for entry in _walk(_need(root), ending, {}, deep=name != "program"):
            inputs.parts[PROGRAM].append((name + entry.path[len(root) :], entry))
    for number, root in enumerate(folders):
        tops = [_need(root)] if states is None else [f"{root}/{state}" for state in states]
        for top in tops:
            if states is not None and not os.path.isdir(top):  # noqa: PTH112 - see below
                continue
            for entry in _walk(top, ".yaml", inputs.folders, deep=True):
                path = entry.path[len(root) :].replace(os.sep, "/").lstrip("/")
                state, *inner = path.split("/", 1)
                found = inputs.parts.setdefault(state if inner else "", [])
                found.append((f"data{number}/{path}", entry))
    return inputs


def _need(root: str) -> str:
    if not os.path.isdir(root):  # noqa: PTH112 - the path of every answer: no Path objects
        raise EnvironmentProblem(f"There is no folder {root}.")
    return root


def _walk(
    root: str, ending: str, folders: dict[str, str], *, deep: bool
) -> Iterator[os.DirEntry[str]]:
    """Yield the files of a folder in the order of their names; adds the stamp of each folder."""
    folders[root] = stamp_folder(root)  # before it is read: what comes later shows
    with os.scandir(root) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if deep:
                yield from _walk(entry.path, ending, folders, deep=True)
        elif entry.name.endswith(ending) and entry.is_file():  # not an editor's dangling link
            yield entry


def stamp_folder(name: str) -> str:
    """Return a mark of what stands in a folder, by names; raises OSError."""
    status = os.stat(name)  # noqa: PTH116 - the path of every answer: no Path objects
    return f"{status.st_mtime_ns} {status.st_ino}"


def sum_up_folders(folders: Mapping[str, str], roots: Sequence[str]) -> dict[str, str]:
    """Return the stamps of the data folders, and under no name how many folders there are in all.

    Behind the number stands a mark of the stamps of all.
    """
    said = os.fsencode("\n".join(f"{name} {mark}" for name, mark in folders.items()))
    summed = {"": f"{len(folders)} {zlib.crc32(said):08x}{zlib.adler32(said):08x}"}
    return summed | {root: folders[root] for root in roots}


def stamp(inputs: Iterable[Input]) -> str:
    """Return a cheap mark of files: by names, sizes and times. Equal marks mean no change."""
    lines = []
    newest = 0
    for name, entry in inputs:
        status = entry.stat()
        newest = max(newest, status.st_mtime_ns)
        lines.append(f"{name} {status.st_size} {status.st_mtime_ns} {status.st_ino}")
    said = os.fsencode("\n".join(lines))  # no hashlib here: to load it takes milliseconds
    return f"{FORMAT} {len(lines)} {newest} {zlib.crc32(said):08x}{zlib.adler32(said):08x}"


def read(name: str, limit: int = -1) -> bytes:
    """Return the bytes of a file, at most `limit` of them; raises OSError."""
    with open(name, "rb") as file:  # noqa: PTH123 - see kg/place.py
        return file.read(limit)


def mark_parts(inputs: Inputs, known: Mapping[str, Part]) -> dict[str, Part]:
    """Return a mark of the content of each State, by its name, and of PROGRAM.

    What still has its stamp of `known` is not read again. Raises OSError.
    """
    marks = {}
    for part, files in inputs.parts.items():
        now = stamp(files)
        before = known.get(part)
        if before and before.stamp == now:
            marks[part] = before
        else:
            marks[part] = Part(now, *_digest(files))
    return marks


def mark_all(parts: Mapping[str, Part]) -> str:
    """Return one mark of the content of all parts."""
    import hashlib  # noqa: PLC0415 - only a change of the data asks for it

    lines = [str(FORMAT), *(f"{name} {part.digest}" for name, part in sorted(parts.items()))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


def _digest(inputs: Sequence[Input]) -> tuple[str, list[str]]:
    import hashlib  # noqa: PLC0415 - only a change of the data asks for it

    from kg.folder import name_states  # noqa: PLC0415 - as above
    from kg.form import MAX_BYTES  # noqa: PLC0415 - as above

    digest = hashlib.sha256()
    named: set[str] = set()
    for name, entry in inputs:
        content = read(entry.path, MAX_BYTES + 1)  # what is longer is refused as it is
        digest.update(os.fsencode(f"{name}\0{len(content)}\n") + content)
        named |= name_states(content) if name.startswith("data") else set()
    return digest.hexdigest()[:32], sorted(named)
