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

ORDER = ("order",)
DOES = ("role", "term")
WHO = ("actor", "value")
SHARE = ("threshold",)
UNDER = ("to", "condition")
STEP = (*ORDER, *DOES, *WHO, *SHARE, *UNDER)
QUOTED = ("says", "citation")
HIDDEN = ("rule",)
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
    if "says" not in columns:
        columns = [column for column in columns if column not in COMPARED]
        for record in records:
            record["says"] = "{}: {} — {}".format(*(record.pop(column) for column in COMPARED))
    heading = next((c for c in columns if c not in {*STEP, *QUOTED, *HIDDEN}), "")
    groups = [
        list(group)
        for _, group in groupby(
            records, key=lambda r: (r["rule"], r["says"], r[heading] if heading else "")
        )
    ]
    facts = [c for c in columns if c not in {heading, *STEP, *QUOTED, *HIDDEN}]
    varying = [c for c in facts if any(len({r[c] for r in group}) > 1 for group in groups)]
    cards: list[Card] = []
    above = ""
    for group in groups:
        first = group[0]
        shown = first[heading] if heading else ""
        cards.append(
            Card(
                heading=shown if shown != above else "",
                says=first["says"],
                citation=first.get("citation", ""),
                facts=tuple(_name_facts(first, [c for c in facts if c not in varying])),
                steps=tuple(step for r in group if any(step := _make_step(r, varying))),
            )
        )
        above = shown
    return cards


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
