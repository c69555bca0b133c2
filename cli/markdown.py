"""Answers in Markdown: a quotation with its place a rule, or a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cli.layout import has_cards, make_cards, make_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cli.layout import Card, Step
    from cli.reply import Row

_SPECIAL = re.compile(r"([\\`*_\[\]<|])")


def render_markdown(title: str, columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Return rows under a title as Markdown."""
    if has_cards(columns):
        parts = [part for card in make_cards(columns, rows) for part in _render_card(card)]
    else:
        parts = [_render_table(columns, rows)]
    return "\n\n".join([_escape(title), *parts]) + "\n"


def _render_card(card: Card) -> list[str]:
    """Return the paragraphs of a card: heading, quotation, steps."""
    parts = [f"### {_escape(card.heading)}"] if card.heading else []
    below = " · ".join(_escape(t) for t in (card.citation, *card.facts) if t)
    if card.says:
        parts.append(f"> {_escape(card.says)}" + (f"\n>\n> — {below}" if below else ""))
    elif below and not card.steps:
        parts.append(f"- {below}")
    if card.steps:
        parts.append("\n".join(_render_step(step) for step in card.steps))
    return parts


def _render_step(step: Step) -> str:
    order = f"({step.order}) " if step.order else ""
    rest = " — ".join(_escape(t) for t in (step.who, step.share, step.more) if t)
    return f"- {order}" + ": ".join(filter(None, [_escape(step.does), rest]))


def _render_table(columns: Sequence[str], rows: Sequence[Row]) -> str:
    names, cells = make_table(columns, rows)
    lines = [names, ["---"] * len(names), *cells]
    return "\n".join("| " + " | ".join(_cell(c) for c in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return text if text == "---" else _escape(text).replace("\n", " ")


def _escape(text: str) -> str:
    """Return a text in which no character is read as Markdown."""
    return _SPECIAL.sub(r"\\\1", text)
