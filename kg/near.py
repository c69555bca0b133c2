"""Names near to one that nothing has: an index of trigrams for each State, beside its part.

The index is SQLite's (https://www.sqlite.org/fts5.html#the_trigram_tokenizer). It is opened when a
name was not found and only then, and it proposes; which names are near indeed, `kg/name.py` says.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from sqlite3 import Connection

    from pyoxigraph import Quad

ENDING = ".names"
"""How the file of an index ends; before it stands the State."""
LONGEST = 100
"""So many trigrams of a name are looked at; what is longer is no name."""
FOUND = 1000
"""About so many names are looked at, those with the rarest trigrams.

Where there are several States each has its share of them, and a tenth at least.
"""
KEPT = 100
"""So many of them are proposed, those with most of the trigrams, shared in the same way."""


def name_index(state: str) -> str:
    """Return the name of the file of an index."""
    return state + ENDING


def write_index(names: Iterable[Quad], path: Path) -> None:
    """Write the index of the quads that `kg.build.index_names` makes for a State to a new file."""
    import sqlite3  # noqa: PLC0415 - only a build and a miss need it

    path.unlink(missing_ok=True)  # it may be a link: never written into
    with contextlib.closing(sqlite3.connect(path)) as base:
        base.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; CREATE VIRTUAL TABLE names"
            " USING fts5(key, iri UNINDEXED, tokenize = 'trigram', detail = 'none')"
        )
        rows = (
            (quad.object.value, quad.subject.value)
            for quad in names
            if isinstance(quad.object, Literal) and isinstance(quad.subject, NamedNode)
        )
        base.executemany("INSERT INTO names VALUES (?, ?)", rows)
        base.commit()


def find_near(folder: str, name: str, state: str = "") -> list[tuple[str, NamedNode]] | None:
    """Return folded names that share trigrams with one, each with a thing that has it.

    `state` narrows the search. None is returned where there is no index that could tell: for a
    name shorter than a trigram, in a folder without indexes, and where one is damaged.
    """
    import sqlite3  # noqa: PLC0415 - only a miss searches
    from pathlib import Path  # noqa: PLC0415 - see kg/place.py

    trigrams = sorted({name[i : i + 3] for i in range(len(name) - 2)})[:LONGEST]
    paths = [path for path in sorted(Path(folder).glob(f"*{ENDING}")) if state in {"", path.stem}]
    if not trigrams or not paths:
        return None
    found: list[tuple[str, NamedNode]] = []
    for path in paths:
        try:
            with contextlib.closing(
                sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            ) as base:
                found += _search(base, trigrams, max(1 / len(paths), 0.1))
        except sqlite3.Error:
            return None
    return found


def _search(base: Connection, trigrams: list[str], share: float) -> Iterator[tuple[str, NamedNode]]:
    base.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, names, 'row')")
    marks = ", ".join("?" * len(trigrams))
    known = base.execute(
        f"SELECT term, doc FROM vocabulary WHERE term IN ({marks}) ORDER BY doc, term",  # noqa: S608 - marks
        trigrams,
    ).fetchall()
    shared: Counter[int] = Counter()
    total = 0
    for term, count in known:
        if total and total + count > FOUND * share:
            break
        total += count
        phrase = '"' + term.replace('"', '""') + '"'
        rows = base.execute("SELECT rowid FROM names WHERE names MATCH ?", (phrase,))
        shared.update(row for (row,) in rows)
    for row, _ in shared.most_common(round(KEPT * share)):
        for key, iri in base.execute("SELECT key, iri FROM names WHERE rowid = ?", (row,)):
            yield key, NamedNode(iri)
