"""Rows to what a reader looks for: one card a rule, with its sentence, its place and its steps.

It works on the names of columns, the same in every question: `rule` tells which rows belong
together, `says` and `citation` are what can be quoted, and a step is an order, what is done, by
whom, with which share of votes, under which condition.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cli.reply import Row
    from kg.answer import Cell

ORDER = ("order",)
DOES = ("role", "term")
WHO = ("actor", "value")
SHARE = ("threshold",)
UNDER = ("to", "condition")
STEP = (*ORDER, *DOES, *WHO, *SHARE, *UNDER)
QUOTED = ("says", "citation")
HIDDEN = ("rule",)
HEAD = ""
"""The key of a record under which its heading stands; no column has it for a name."""
COMPARED = ("aspect", "value", "verdict")
"""The columns of a comparison, whose sentence is made of what is compared."""


class Step(NamedTuple):
    """One line of a card; `more` holds to whom, on which condition, and whatever else varies."""

    order: str
    does: str
    who: str
    share: str
    more: str


class Card(NamedTuple):
    """What is shown of one rule; `heading` is empty where it is that of the card above."""

    heading: str
    says: str
    citation: str
    facts: tuple[str, ...]
    steps: tuple[Step, ...]


def has_cards(columns: Sequence[str]) -> bool:
    """Tell whether rows with these columns are rules that can be quoted."""
    return "rule" in columns and ("says" in columns or set(COMPARED) <= set(columns))


def make_cards(columns: Sequence[str], rows: Sequence[Row]) -> list[Card]:
    """Return one card for each run of rows that belong to one rule."""
    records = [dict(zip(columns, _texts(row), strict=True)) for row in rows]
    heading = _find_heading(columns)
    for record, row in zip(records, rows, strict=True):
        record[HEAD] = _head(heading, row[columns.index(heading)]) if heading else ""
        if heading in SHARE:
            record[heading] = ""  # no step says it again
    if "says" not in columns:
        columns = [column for column in columns if column not in COMPARED]
        for record in records:
            record["says"] = "{}: {} — {}".format(*(record.pop(column) for column in COMPARED))
    groups = [
        list(group) for _, group in groupby(records, key=lambda r: (r["rule"], r["says"], r[HEAD]))
    ]
    facts = [c for c in columns if c not in {heading, *STEP, *QUOTED, *HIDDEN}]
    varying = [c for c in facts if any(len({r[c] for r in group}) > 1 for group in groups)]
    cards: list[Card] = []
    above = ""
    for group in groups:
        first = group[0]
        cards.append(
            Card(
                heading=first[HEAD] if first[HEAD] != above else "",
                says=first["says"],
                citation=first.get("citation", ""),
                facts=tuple(_name_facts(first, [c for c in facts if c not in varying])),
                steps=tuple(step for r in group if any(step := _make_step(r, varying))),
            )
        )
        above = first[HEAD]
    return cards


def make_notes(columns: Sequence[str], rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Return each row of a table that is too wide as a heading and a line of all other cells.

    The heading is the first cell, and empty where it is that of the row above.
    """
    notes: list[tuple[str, str]] = []
    above = ""
    rest = [c for c in columns[1:] if c not in {*QUOTED, *HIDDEN}]
    for row in rows:
        record = dict(zip(columns, _texts(row), strict=True))
        cited = record.get("citation", "")
        parts = [*_name_facts(record, rest), *([f"[{cited}]"] if cited else [])]
        heading = record[columns[0]]
        notes.append((heading if heading != above else "", " · ".join(parts)))
        above = heading
    return notes


def make_table(columns: Sequence[str], rows: Sequence[Row]) -> tuple[list[str], list[list[str]]]:
    """Return the columns that hold anything, and their cells without what a row above said.

    A cell is left blank where it repeats the row above within one rule.
    """
    texts = [_texts(row) for row in rows]
    kept = [
        i
        for i, column in enumerate(columns)
        if column not in HIDDEN and any(cells[i] for cells in texts)
    ]
    rule = columns.index("rule") if "rule" in columns else None
    table = []
    for number, cells in enumerate(texts):
        above = texts[number - 1] if number else None
        same = above is not None and rule is not None and above[rule] == cells[rule]
        table.append(["" if same and above and above[i] == cells[i] else cells[i] for i in kept])
    return [name_column(columns[i]) for i in kept], table


def name_column(column: str) -> str:
    """Return the name of a column as it is read aloud."""
    return column.replace("_", " ")


def _find_heading(columns: Sequence[str]) -> str:
    """Return the column that heads a card: the first, or the first that is no part of a step."""
    if columns[0] in SHARE:
        return columns[0]
    return next((c for c in columns if c not in {*STEP, *QUOTED, *HIDDEN}), "")


def _head(column: str, cell: Cell) -> str:
    """Return a heading; a bare number is told with what it counts."""
    text = "" if cell is None else _text(cell)
    counts = isinstance(cell, int) and not isinstance(cell, bool)
    return f"{name_column(column)} {text}" if counts else text


def _texts(row: Row) -> list[str]:
    return ["" if cell is None else _text(cell) for cell in row]


def _text(cell: object) -> str:
    return {True: "yes", False: "no"}[cell] if isinstance(cell, bool) else str(cell)


def _name_facts(record: dict[str, str], columns: Iterable[str]) -> list[str]:
    return [f"{name_column(c)}: {record[c]}" for c in columns if record[c]]


def _make_step(record: dict[str, str], varying: Sequence[str]) -> Step:
    def first_of(columns: Sequence[str]) -> str:
        return next((record[c] for c in columns if record.get(c)), "")

    return Step(
        first_of(ORDER),
        first_of(DOES),
        first_of(WHO),
        first_of(SHARE),
        "; ".join(_name_facts(record, [c for c in (*UNDER, *varying) if c in record])),
    )
