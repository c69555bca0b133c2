"""The files that a store depends on: listed, stamped cheaply, and marked by their content.

This stays light, because every answer lists the inputs to see that nothing changed.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from kg import place
from kg.errors import EnvironmentProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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


def list_inputs(folders: Sequence[str]) -> Iterator[Input]:
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


def stamp(inputs: Iterable[Input]) -> str:
    """Return a cheap mark of the inputs: names, sizes and times. Equal marks mean no change."""
    lines = [str(FORMAT)]
    for name, entry in inputs:
        status = entry.stat()
        lines.append(f"{name} {status.st_size} {status.st_mtime_ns} {status.st_ino}")
    return "\n".join(lines)


def read(name: str, limit: int = -1) -> bytes:
    """Return the bytes of a file, at most `limit` of them; raises OSError."""
    with open(name, "rb") as file:  # noqa: PTH123 - see kg/place.py
        return file.read(limit)


def mark_parts(inputs: Iterable[Input], known: Mapping[str, Part]) -> dict[str, Part]:
    """Return a mark of the content of each State, by its name, and of PROGRAM.

    What still has its stamp of `known` is not read again. Files outside the folder of a State
    count as a State without a name.
    """
    import hashlib  # noqa: PLC0415 - only a change of the data asks for it

    parts: dict[str, list[Input]] = {}
    for name, entry in inputs:
        root, _, path = name.partition("/")
        state = path.partition("/")[0] if "/" in path else ""
        parts.setdefault(state if root.startswith("data") else PROGRAM, []).append((name, entry))
    marks = {}
    for part, found in parts.items():
        stamped = stamp(found).encode("utf-8", "surrogateescape")
        short = hashlib.sha256(stamped).hexdigest()[:32]
        if part in known and known[part].stamp == short:
            marks[part] = known[part]
        else:
            marks[part] = Part(short, *_digest(found))
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
