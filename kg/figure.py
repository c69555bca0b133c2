"""Records of figures: single numbers in the text, and the tables of annexes cell by cell."""

from __future__ import annotations

from dataclasses import dataclass

from kg.field import Number, Reference, Text, Word, key, record
from kg.partial_date import PartialDate
from kg.rule import Statement
from kg.thing import THINGS

PRECISIONS = ("about", "more-than", "less-than", "at-least", "almost")


@record
class Figure(Statement):
    """A number with its unit, its day or year, what it counts and of whom."""

    kind = "figure"
    type = "pol:Figure"
    topic: Word
    measure: Text
    value: Number = key("pol:value")
    unit: Word
    on: PartialDate | None = key(default=None)
    period: Text | None = key(default=None)
    of: Text | None = key("pol:ofWhom", default=None)
    about: tuple[Reference, ...] = key(kinds=THINGS, default=())
    precision: Word | None = key(choices=PRECISIONS, default=None)
    part_of: Reference | None = key(
        "pol:partOfTotal", kinds=("figure",), default=None, acyclic=True
    )
    share_of: Text | None = key(default=None)


@dataclass(frozen=True, slots=True)
class Rows:
    """The cells of a table: the name of each row with its numbers, in the order of the columns."""

    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Sums:
    """Which columns of a table are the sum of which others: total to parts."""

    sums: tuple[tuple[str, tuple[str, ...]], ...]


@record
class Table(Statement):
    """A table of an annex; each cell becomes an observation that can be asked for."""

    kind = "table"
    type = "pol:Table"
    topic: Word
    rows_are: Text
    columns_are: Text
    columns: tuple[Word, ...] = key("pol:column")
    units: tuple[Word, ...] = key("pol:unit")
    cells: Rows = key("pol:value")
    total_row: Word | None = key("pol:partOfTotal", default=None)
    column_sums: Sums | None = key("pol:partOfTotal", default=None)
