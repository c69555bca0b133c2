"""Answers for a terminal: cards that can be read and quoted, or a table."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.layout import has_cards, make_cards, make_notes, make_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cli.layout import Card
    from cli.reply import Row

MEASURE = 100
"""The most characters in a line of prose; longer lines are hard to read."""
COLUMN = 18
"""The fewest characters in which words can be read one below the other."""
GAP = 3
"""The characters between two columns."""
BRIEF = 40
"""The most characters of a fact that stands beside the citation; a longer one has its own line."""


def render_table(title: str, columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Return rows under a title, in the width of the terminal and in colour where it has any."""
    console = Console(highlight=False, markup=False, emoji=False)
    with console.capture() as captured:
        _print_rows(console, title, columns, rows)
    return "\n".join(line.rstrip(" ") for line in captured.get().split("\n"))


def render_page(page: str) -> str:
    """Return a page in Markdown laid out for the terminal; what is code stays as it is."""
    from rich.markdown import Markdown  # noqa: PLC0415 - a table needs no parser of Markdown

    console = Console(highlight=False, emoji=False)
    with console.capture() as captured:
        # The theme has colours and no background, which suits a dark and a light terminal.
        shown = Markdown(page, code_theme="ansi_light")
        console.print(shown, width=min(console.width, MEASURE))
    return captured.get()


def _print_rows(console: Console, title: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    width = min(console.width, MEASURE)
    console.print(Text(_fill(title, width), "italic"))
    console.print()
    if not has_cards(columns):
        if _find_width(*make_table(columns, rows)) > console.width:
            _print_notes(console, columns, rows)
        else:
            console.print(_lay_out(columns, rows))
        return
    cards = make_cards(columns, rows)
    does = max((len(step.does) for card in cards for step in card.steps), default=0)
    for number, card in enumerate(cards):
        if number:
            console.print()
        for text, style in _lay_out_card(card, width, min(does, width // 3)):
            console.print(Text(text, style))


def _print_notes(console: Console, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Print a table that is wider than the terminal, row by row."""
    width = min(console.width, MEASURE)
    for number, (heading, note) in enumerate(make_notes(columns, rows)):
        if heading:
            console.print(Text("\n" if number else "", end=""), end="")
            console.print(Text(_fill(heading, width), "bold"))
        console.print(Text(_fill(note, width, "  ", "    ")))


def _lay_out_card(card: Card, width: int, does: int) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs of a card with their styles; `does` is the width of what is done."""
    if card.heading:
        yield _fill(card.heading, width), "bold"
    if card.says:
        yield _indent(card.says, width), ""
    place = f"[{card.citation}]" if card.citation else ""
    brief = " · ".join(filter(None, [place, *(f for f in card.facts if len(f) <= BRIEF)]))
    if brief:
        yield _indent(brief, width), "cyan"
    for fact in card.facts:
        if len(fact) > BRIEF:
            yield _indent(fact, width), "cyan"
    ordered = any(step.order for step in card.steps)
    order = ""
    for step in card.steps:
        number = f"{step.order if step.order != order else '':>3}  " if ordered else ""
        order = step.order
        start = f"  {number}{step.does:{does}}  " if step.does else f"  {number}"
        what = " — ".join(filter(None, [step.who, step.share, step.more]))
        line = _fill(what, width, start, " " * (len(number) + does + 4))
        yield line or start.rstrip(), ""  # an actor is not named again where it was asked for


def _indent(text: str, width: int) -> str:
    return _fill(text, width, "  ", "  ")


def _fill(text: str, width: int, first: str = "", further: str = "") -> str:
    """Return a text in lines; an IRI stays whole, so that it can be copied."""
    return textwrap.fill(
        text,
        width,
        initial_indent=first,
        subsequent_indent=further,
        break_on_hyphens=False,
        break_long_words=False,
    )


def _find_width(names: Sequence[str], cells: Sequence[Sequence[str]]) -> int:
    """Return how wide a table must be to be read, if no cell of words is broken below COLUMN."""
    width = GAP * (len(names) - 1)
    for number, name in enumerate(names):
        column = [row[number] for row in cells]
        most = max(map(len, [name, *column]))
        words = any(" " in cell for cell in column)
        width += min(most, COLUMN) if words else most
    return width


def _lay_out(columns: Sequence[str], rows: Sequence[Row]) -> Table:
    names, cells = make_table(columns, rows)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for number, name in enumerate(names):
        numeric = all(row[number].isdigit() for row in cells if row[number])
        table.add_column(Text(name), justify="right" if numeric else "left", overflow="fold")
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    return table
