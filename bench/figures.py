"""Figures and tables of a synthetic State: numbers that add up where the shapes add them up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bench.draw import draw_number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from bench.scene import Record
    from bench.values import Drawer

FIGURE = "figure"
PARTS = 6
"""So many parts a total has at most, and so many shares a whole."""


def make_figure(drawer: Drawer, measured: dict[str, Any]) -> Record:
    """Return a figure; whether its parts add up is for `settle_figures` to see to."""
    return drawer.draw_fields(FIGURE, measured, {"part-of"}) | _mark_part(drawer, measured)


def _mark_part(drawer: Drawer, measured: dict[str, Any]) -> Record:
    about = measured.get("part-of")
    drawn = about is not None and drawer.random.random() < about["share"]
    return {"part-of": "figure/"} if drawn else {}


def settle_figures(random: Random, records: Sequence[Record]) -> None:
    """Give the parts of totals, and the shares of wholes, values that add up."""
    figures = [record for record in records if FIGURE in record]
    parts = [figure for figure in figures if "part-of" in figure and "value" in figure]
    totals = [figure for figure in figures if "part-of" not in figure and "share-of" not in figure]
    for number, start in enumerate(range(0, len(parts), PARTS)):
        group = parts[start : start + PARTS]
        if number >= len(totals):
            for part in group:
                del part["part-of"]
            continue
        total = totals[number]
        values = [random.randint(1, 10_000) for _ in group]
        total["value"] = str(sum(values))
        for part, value in zip(group, values, strict=True):
            part["part-of"] = f"figure/{total[FIGURE]}"
            part["value"] = str(value)
            part.pop("share-of", None)
    shares = [figure for figure in figures if "share-of" in figure]
    for start in range(0, len(shares), PARTS):
        group = shares[start : start + PARTS]
        for share in group:
            share["share-of"] = group[0]["share-of"]
            share["value"] = str(random.randint(1, 100 // PARTS))


def make_table(drawer: Drawer, measured: dict[str, Any]) -> Record:
    """Return a table whose last row and column are sums where it says so."""
    random, scene = drawer.random, drawer.scene
    shaped = {"cells", "columns", "units", "total-row", "column-sums"}
    record = drawer.draw_fields("table", measured, shaped)
    height = max(draw_number(random, measured["cells"]["rows"]), 3)
    width = max(draw_number(random, measured["cells"]["columns"]), 3)
    columns = [scene.name("en", 1) for _ in range(width)]
    rows = [scene.name("en", 2) for _ in range(height)]
    cells = [[random.randint(0, 10_000) for _ in columns] for _ in rows]
    record |= {"columns": columns, "units": drawer.scene.english.speak(random, 1)[0]}
    if random.random() < measured.get("column-sums", {"share": 0})["share"]:
        record["column-sums"] = {columns[-1]: columns[:-1]}
        for row in cells:
            row[-1] = sum(row[:-1])
    if random.random() < measured.get("total-row", {"share": 0})["share"]:
        record["total-row"] = rows[-1]
        cells[-1] = [sum(column) for column in zip(*cells[:-1], strict=True)]
    record["cells"] = {
        row: [str(cell) for cell in numbers] for row, numbers in zip(rows, cells, strict=True)
    }
    return record
