"""Names near to one that nothing has: an index of trigrams for each State, and one for all.

The index is SQLite's (https://www.sqlite.org/fts5.html#the_trigram_tokenizer). It is opened when a
name was not found and only then, and it proposes; which names are near indeed, `kg/name.py` says.
To open two hundred of them takes longer than the rest of an answer, so that those of several States
are joined; a State that changed since is looked up in its own.
"""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.notation import read_value
from kg.vocabulary import ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from sqlite3 import Connection

    from kg.notation import Triple

ENDING = ".names"
"""How the file of an index ends; before it stands the State, and nothing in that of all States."""
LONGEST = 100
"""So many trigrams of a name are looked at; what is longer is no name."""
FOUND = 2000
"""About so many names of an index are looked at, those with the rarest trigrams."""
KEPT = 300
"""So many of them are proposed, those with most of the trigrams."""
APART = 8
"""So many States may have changed since the indexes were joined, before they are joined again."""
_SCHEMA = (
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; CREATE VIRTUAL TABLE names"
    " USING fts5(key, iri UNINDEXED, tokenize = 'trigram', detail = 'none')"
)


def name_index(state: str) -> str:
    """Return the name of the file of an index."""
    return state + ENDING


def write_index(names: Iterable[Triple], path: Path) -> None:
    """Write the index of what `kg.build.index_names` yields for a State to a new file."""
    rows = ((read_value(name), read_value(thing)) for thing, _, name in names)
    with _create(path) as base:
        base.executemany("INSERT INTO names VALUES (?, ?)", rows)


def join_indexes(folder: Path) -> None:
    """Write the index of all States in a folder, where there are several and many changed."""
    paths = _list_indexes(str(folder))
    joined = folder / ENDING
    if len(paths) <= 1:
        joined.unlink(missing_ok=True)
        return
    apart = paths.keys() - _try_joined(joined, paths)
    if joined.exists() and len(apart) <= min(APART, len(paths) // 2):
        return
    with _create(joined) as base:
        base.execute("CREATE TABLE joined(state PRIMARY KEY, mark)")
        for state, path in paths.items():
            base.execute("ATTACH ? AS part", (_name_for_reading(path),))
            base.execute("INSERT INTO names SELECT key, iri FROM part.names")
            base.execute("INSERT INTO joined VALUES (?, ?)", (state, _mark(path)))
            base.commit()
            base.execute("DETACH part")


def find_near(folder: str, name: str, state: str = "") -> list[tuple[str, NamedNode]] | None:
    """Return folded names that share trigrams with one, each with a thing that has it.

    `state` narrows the search. None is returned where there is no index that could tell: for a
    name shorter than a trigram, in a folder without indexes, and where one is damaged.
    """
    import sqlite3  # noqa: PLC0415 - only a miss searches

    trigrams = sorted({name[i : i + 3] for i in range(len(name) - 2)})[:LONGEST]
    paths = _list_indexes(folder)
    if state:
        paths = {own: path for own, path in paths.items() if own == state}
    if not trigrams or not paths:
        return None
    found: list[tuple[str, NamedNode]] = []
    try:
        joined = f"{folder}/{ENDING}"
        if not state and os.path.exists(joined):  # noqa: PTH110 - see kg/place.py
            known = _read_joined(joined, paths)
            found += [pair for pair in _search(joined, trigrams) if _state_of(pair[1]) in known]
            paths = {own: path for own, path in paths.items() if own not in known}
        for path in paths.values():
            found += _search(path, trigrams)
    except (sqlite3.Error, OSError):
        return None
    return found


def _list_indexes(folder: str) -> dict[str, str]:
    """Return the indexes of a folder by their States, sorted."""
    with contextlib.suppress(OSError):
        found = sorted(os.listdir(folder))  # noqa: PTH208 - see kg/place.py
        return {
            name.removesuffix(ENDING): f"{folder}/{name}"
            for name in found
            if name.endswith(ENDING) and name != ENDING
        }
    return {}


def _mark(path: str) -> str:
    """Return what tells an index from the one that was in its place before; links keep it."""
    status = os.stat(path)  # noqa: PTH116 - see kg/place.py
    return f"{status.st_size} {status.st_mtime_ns}"


def _try_joined(path: Path, own: dict[str, str]) -> set[str]:
    """Return what _read_joined does, and nothing of an index that is damaged."""
    import sqlite3  # noqa: PLC0415 - only a build and a miss need it

    with contextlib.suppress(sqlite3.Error):
        return _read_joined(path, own)
    return set()


def _read_joined(path: str | Path, own: dict[str, str]) -> set[str]:
    """Return the States whose own indexes are those that were joined; raises sqlite3.Error."""
    with _open(path) as base:
        marks = dict(base.execute("SELECT state, mark FROM joined"))
    return {state for state, place in own.items() if marks.get(state) == _mark(place)}


def _state_of(thing: NamedNode) -> str:
    return thing.value.removeprefix(ID).partition("/")[0]


@contextlib.contextmanager
def _create(path: Path) -> Iterator[Connection]:
    """Give an empty index in a new file, and save it."""
    import sqlite3  # noqa: PLC0415 - only a build and a miss need it

    path.unlink(missing_ok=True)  # it may be a link: never written into
    with contextlib.closing(sqlite3.connect(path, uri=True)) as base:
        base.executescript(_SCHEMA)
        yield base
        base.commit()


@contextlib.contextmanager
def _open(path: str | Path) -> Iterator[Connection]:
    """Give an index to read."""
    import sqlite3  # noqa: PLC0415 - as above

    with contextlib.closing(sqlite3.connect(_name_for_reading(path), uri=True)) as base:
        yield base


def _name_for_reading(path: str | Path) -> str:
    from pathlib import Path  # noqa: PLC0415 - see kg/place.py

    return f"{Path(path).resolve().as_uri()}?mode=ro&immutable=1"


def _search(path: str, trigrams: list[str]) -> list[tuple[str, NamedNode]]:
    with _open(path) as base:
        return list(_find(base, trigrams))


def _find(base: Connection, trigrams: list[str]) -> Iterator[tuple[str, NamedNode]]:
    base.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, names, 'row')")
    marks = ", ".join("?" * len(trigrams))
    known = base.execute(
        f"SELECT term, doc FROM vocabulary WHERE term IN ({marks}) ORDER BY doc, term",  # noqa: S608 - marks
        trigrams,
    ).fetchall()
    shared: Counter[int] = Counter()
    total = 0
    for term, count in known:
        if total and total + count > FOUND:
            break
        total += count
        phrase = '"' + term.replace('"', '""') + '"'
        rows = base.execute("SELECT rowid FROM names WHERE names MATCH ?", (phrase,))
        shared.update(row for (row,) in rows)
    for row, _ in shared.most_common(KEPT):
        for key, iri in base.execute("SELECT key, iri FROM names WHERE rowid = ?", (row,)):
            yield key, NamedNode(iri)
