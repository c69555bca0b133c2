"""Pictures as inline SVG: boxes and lines between columns, and days along a line.

A picture scales no text: it has its own width, and where that is wider than the screen the frame
around it scrolls. What it shows is said in words in its description.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.site.index import Index
    from kg.site.scene import Scene, Tie

_BOX, _LINE, _GAP, _BETWEEN = 180, 16, 14, 210
_FLAT = 125
"""So long is the level end of a tie, on which its roles stand."""
_SLOT, _PAD, _WRAP = 16, 14, 22
_LONGEST_ROLES = 24
_TIMELINE, _TIMELINE_WRAP = 330, 40
_YEAR, _MOST_GAP = 7, 70
"""A year between two days is so high, and a gap at most so much."""


class Box(NamedTuple):
    """A named box: its corner, its size down, its lines of text, and where it leads."""

    x: int
    y: int
    height: int
    lines: list[str]
    link: str
    kind: str


def draw(scene: Scene, index: Index, link: Callable[[str], str], name: str) -> Markup:
    """Return a scene as an SVG element; `name` makes the identifiers on the page unique."""
    if scene.ties:
        body, width, height, words = _draw_ties(scene, index, link)
    else:
        body, width, height, words = _draw_days(scene, link)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}"'
        ' role="group" aria-labelledby="{2}-title {2}-words">'
        '<title id="{2}-title">{3}</title><desc id="{2}-words">{4}</desc>{5}</svg>'
    ).format(width, height, name, scene.title, words, body)


def _draw_ties(
    scene: Scene, index: Index, link: Callable[[str], str]
) -> tuple[Markup, int, int, str]:
    """Return boxes in two columns, or in three around the centre, with the ties between them."""
    into = [tie for tie in scene.ties if tie.target == scene.centre or not scene.centre]
    out = [tie for tie in scene.ties if scene.centre and tie.target != scene.centre]
    columns = [list(dict.fromkeys(tie.actor for tie in into))]
    columns.append(list(dict.fromkeys(tie.target for tie in into)) or [scene.centre])
    if out:
        columns.append(list(dict.fromkeys(tie.target for tie in out)))
    if not into:
        del columns[0]
    starts = [(tie, 0) for tie in into] + [(tie, 1 if into else 0) for tie in out]
    placed, height = _place(columns, starts, index, link, scene.centre)
    leaving = _list_slots(placed, [(n, tie.actor, (n + 1, tie.target)) for tie, n in starts])
    coming = _list_slots(placed, [(n + 1, tie.target, (n, tie.actor)) for tie, n in starts])
    parts = []
    for tie, n in starts:
        start, end = placed[n, tie.actor], placed[n + 1, tie.target]
        y1 = leaving[n, tie.actor, (n + 1, tie.target)]
        y2 = coming[n + 1, tie.target, (n, tie.actor)]
        parts.append(_draw_tie(tie, (start.x + _BOX, y1), (end.x, y2)))
    parts += [_draw_box(box) for box in placed.values()]
    words = "; ".join(
        f"{index.name(t.actor)} {t.roles}: {index.name(t.target)}" for t in scene.ties
    )
    width = len(columns) * _BOX + (len(columns) - 1) * _BETWEEN + 4
    return Markup("").join(parts), width, height, words + "."


def _place(
    columns: Sequence[Sequence[str]],
    starts: Sequence[tuple[Tie, int]],
    index: Index,
    link: Callable[[str], str],
    centre: str,
) -> tuple[dict[tuple[int, str], Box], int]:
    """Return the boxes by column and node, each column in the middle of the picture's height."""
    leaving = Counter((n, tie.actor) for tie, n in starts)
    coming = Counter((n + 1, tie.target) for tie, n in starts)
    lines, heights = {}, {}
    for number, column in enumerate(columns):
        for node in column:
            lines[node] = textwrap.wrap(index.name(node), _WRAP)[:4]
            ties = max(leaving[number, node], coming[number, node])
            heights[number, node] = max(len(lines[node]) * _LINE + _PAD, ties * _SLOT + _PAD)
    sums = [sum(heights[n, node] + _GAP for node in c) - _GAP for n, c in enumerate(columns)]
    height = max(sums) + 8
    placed = {}
    for number, column in enumerate(columns):
        y = (height - sums[number]) // 2
        for node in column:
            kind = "centre" if node == centre else "box"
            x, high = number * (_BOX + _BETWEEN) + 2, heights[number, node]
            placed[number, node] = Box(x, y, high, lines[node], link(node), kind)
            y += high + _GAP
    return placed, height


def _list_slots(
    placed: Mapping[tuple[int, str], Box], ends: Sequence[tuple[int, str, tuple[int, str]]]
) -> dict[tuple[int, str, tuple[int, str]], int]:
    """Return where each line meets its box, so that no two lines meet it at one point."""
    others: dict[tuple[int, str], list[tuple[int, str]]] = {}
    for number, node, other in ends:
        others.setdefault((number, node), []).append(other)
    slots = {}
    for (number, node), found in others.items():
        box = placed[number, node]
        for place, other in enumerate(sorted(found, key=lambda key: placed[key].y), 1):
            slots[number, node, other] = box.y + box.height * place // (len(found) + 1)
    return slots


def _draw_box(box: Box) -> Markup:
    first = box.y + box.height // 2 - len(box.lines) * _LINE // 2 + 12
    texts = Markup("").join(
        Markup('<text x="{}" y="{}">{}</text>').format(box.x + _BOX // 2, first + n * _LINE, line)
        for n, line in enumerate(box.lines)
    )
    return Markup(
        '<a href="{}" class="{}"><rect x="{}" y="{}" width="{}" height="{}" rx="5"/>{}</a>'
    ).format(box.link, box.kind, box.x, box.y, _BOX, box.height, texts)


def _draw_tie(tie: Tie, start: tuple[int, int], end: tuple[int, int]) -> Markup:
    """Return a curve from an actor to what it acts upon, with the roles where it arrives."""
    (x1, y1), (x2, y2) = start, end
    flat = x2 - _FLAT
    half = (x1 + flat) // 2
    shown = textwrap.shorten(tie.roles, _LONGEST_ROLES, placeholder=" …")
    return Markup(
        '<path class="{}" d="M{} {}C{} {} {} {} {} {}H{}"/>'
        '<text class="role" x="{}" y="{}">{}</text>'
    ).format(
        "decides" if tie.decides else "helps", x1, y1, half, y1, half, y2, flat, y2, x2,
        x2 - 6, y2 - 3, shown,
    )  # fmt: skip


def _draw_days(scene: Scene, link: Callable[[str], str]) -> tuple[Markup, int, int, str]:
    """Return the days from above to below, further apart where more years lie between them.

    It is as narrow as a phone.
    """
    parts, y, year = [], 14, 0
    for happening in scene.happenings:
        now = int(happening.day[:4])
        y += min((now - year) * _YEAR, _MOST_GAP) if year else 0
        year = now
        lines = textwrap.wrap(happening.what, _TIMELINE_WRAP)
        texts = Markup("").join(
            Markup('<text x="28" y="{}">{}</text>').format(y + 5 + n * _LINE, line)
            for n, line in enumerate(lines, 1)
        )
        parts.append(
            Markup(
                '<circle cx="12" cy="{}" r="5"/><text class="day" x="28" y="{}">{}</text>'
                '<a href="{}" class="text">{}</a>'
            ).format(y, y + 5, happening.day, link(happening.node), texts)
        )
        y += (len(lines) + 1) * _LINE + _GAP
    line = Markup('<path class="axis" d="M12 4V{}"/>').format(y - _GAP)
    words = "; ".join(f"{h.day}: {h.what}" for h in scene.happenings)
    return line + Markup("").join(parts), _TIMELINE, y, words
