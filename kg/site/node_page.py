"""The page of a node: a thing or a statement with its parts, or citations and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kg.site.card import list_sections
from kg.site.data_file import summarize
from kg.site.fact import Shown, list_facts, list_leading, list_names
from kg.site.picture import draw
from kg.site.render import BESIDE
from kg.site.scene import list_scenes
from kg.vocabulary import BASE, ID

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.site.address import Addresses
    from kg.site.index import Index
    from kg.site.render import Place

_LAYERS = {
    "asserted": "what the sources state",
    "derived": "what the program derives from it",
    "provenance": "in which file and line each record is written",
}


class Site(NamedTuple):
    """What all pages are made from: the graph, the addresses, and the arrows among the terms."""

    graph: Index
    addresses: Addresses
    arrows: frozenset[str]
    parts: dict[str, list[str]]


def gather_node(site: Site, page: str, path: Sequence[Place]) -> dict[str, Any]:
    """Return what the template `node.html` shows of a page, by name."""
    index, node = site.graph, BASE + page

    def link(iri: str) -> str:
        return site.addresses.link(page, iri)

    parts = [part for part in site.parts.get(page, ()) if part != node]
    steps = sorted((p for p in parts if index.follow(p, "pol:isStepOf")), key=_by_number)
    within = {t for step in steps for t in index.follow(step, "pol:threshold")}
    cells = [p for p in parts if index.follow(p, "qb:dataSet")]
    rest = [p for p in parts if p not in {*steps, *within, *cells}]
    facts, derived = list_facts(index, node, link, arrows=site.arrows)
    told = [_tell_step(index, step, link, page) for step in steps]
    is_statement = node in index.statements
    known = node in index.out
    return {
        "title": index.name(node) if known else _title_gathering(index, page, rest),
        "path": path,
        "iri": node if known else "",
        "formats": BESIDE,
        "embedded": summarize(index, node, page) if known else "",
        "kinds": [Shown(index.name(kind).lower(), link(kind)) for kind in index.kinds(node)],
        "statement": _tell_rule(index, node, link) if is_statement else None,
        "names": list_names(index, node) if node in index.records and not is_statement else [],
        "pictures": [
            scene._asdict() | {"svg": draw(scene, index, link, f"picture-{number}")}
            for number, scene in enumerate(list_scenes(index, node), 1)
        ]
        if node in index.records and not is_statement
        else [],
        "steps": told,
        "step_columns": {
            name: any(step[name] for step in told)
            for name in ("towards", "thresholds", "condition")
        },
        "lines": facts,
        "derived": derived,
        "grid": _lay_grid(index, node, cells, page) if cells else None,
        "leading": list_leading(index, node, link, arrows=site.arrows),
        "citations": _list_citations(index, node, link),
        "written": _say_where(index, node),
        "sections": _tell_sections(index, node, link),
        "parts_title": "Its parts" if known else "One by one",
        "parts": [
            {
                "anchor": site.addresses.find(part)[1],
                "title": _name_part(index, part, page),
                "lines": [*list_facts(index, part, link, arrows=site.arrows)[0]],
                "sections": _tell_sections(index, part, link),
            }
            for part in sorted(rest, key=_by_number)
        ],
        "layers": [
            {"name": name, "iri": f"{BASE}graph/{page[3:]}/{name}", "words": words}
            for name, words in _LAYERS.items()
            if "/" not in node.removeprefix(ID)
        ],
    }


def _title_gathering(index: Index, page: str, parts: Sequence[str]) -> str:
    """Return the title of a page that is of no node: of what sort its parts are, and of what."""
    kinds = {index.name(kind) for part in parts for kind in index.kinds(part)}
    about = {index.name(target) for part in parts for target in index.follow(part, "pol:target")}
    return f"{', '.join(sorted(kinds))}: {', '.join(sorted(about)) or page.rpartition('/')[2]}"


def _tell_sections(index: Index, node: str, link: Callable[[str], str]) -> list[dict[str, Any]]:
    return [
        {"title": s.title, "statements": [_tell_rule(index, rule, link) for rule in s.statements]}
        for s in list_sections(index, node)
    ]


def _tell_rule(index: Index, rule: str, link: Callable[[str], str]) -> dict[str, Any]:
    """Return a statement as it stands in a list: its words, who does what, citation and time."""
    steps = sorted(index.trace(rule, "pol:isStepOf"), key=_by_number)
    return {
        "says": index.name(rule),
        "link": link(rule),
        "citation": "; ".join(index.texts(rule, "dcterms:bibliographicCitation")),
        "basis": "; ".join(index.texts(rule, "pol:basisInPrint")),
        "from_": "; ".join(index.texts(rule, "pol:fromInPrint")),
        "until": "; ".join(index.texts(rule, "pol:untilInPrint")),
        "steps": [
            {
                "role": _name_all(index, step, "pol:role"),
                "actor": index.name(actor),
                "link": link(actor),
                "threshold": _name_all(index, step, "pol:threshold"),
            }
            for step in steps
            for actor in index.follow(step, "pol:actor")
        ],
    }


def _tell_step(index: Index, step: str, link: Callable[[str], str], page: str) -> dict[str, Any]:
    """Return a step as a row of the table of steps."""

    def shown(name: str) -> list[Shown]:
        return [Shown(index.name(iri), link(iri)) for iri in index.follow(step, name)]

    nobody = Shown("")
    return {
        "anchor": _anchor(step, page),
        "order": ", ".join(index.texts(step, "pol:order")),
        "role": next(iter(shown("pol:role")), nobody),
        "actor": next(iter(shown("pol:actor")), nobody),
        "towards": shown("pol:towards"),
        "thresholds": [
            {"anchor": _anchor(iri, page), "text": index.name(iri)}
            for iri in index.follow(step, "pol:threshold")
        ],
        "condition": " ".join(index.texts(step, "pol:condition")),
    }


def _lay_grid(index: Index, table: str, cells: Sequence[str], page: str) -> dict[str, Any]:
    """Return the cells of a table by row and column, in the order of the source."""

    def label(cell: str, name: str) -> tuple[int, str]:
        order = index.texts(cell, f"pol:{name}Order")
        return (int(order[0]) if order else 0, " ".join(index.texts(cell, f"pol:{name}")))

    by_place = {(label(cell, "row"), label(cell, "column")): cell for cell in cells}
    columns = sorted({column for _, column in by_place})
    rows = []
    for row in sorted({row for row, _ in by_place}):
        found = [by_place.get((row, column), "") for column in columns]
        texts = [" ".join(index.texts(c, "pol:value", "pol:note")) if c else "" for c in found]
        anchors = [_anchor(cell, page) if cell else "" for cell in found]
        shown = [{"anchor": a, "text": t} for a, t in zip(anchors, texts, strict=True)]
        rows.append({"name": row[1], "cells": shown})
    corner = " ".join(index.texts(table, "pol:rowsAre"))
    return {"corner": corner, "columns": [name for _, name in columns], "rows": rows}


def _list_citations(index: Index, node: str, link: Callable[[str], str]) -> list[Shown]:
    """Return each place that a node is cited from, with its own page."""
    return [Shown(index.name(iri), link(iri)) for iri in index.follow(node, "pol:citation")]


def _say_where(index: Index, node: str) -> str:
    files = index.texts(node, "pol:file")
    lines = index.texts(node, "pol:line")
    return f"Written in kg/data/{files[0]}, line {lines[0]}." if files and lines else ""


def _name_part(index: Index, part: str, page: str) -> str:
    """Return the label of a part, or what it says of an aspect, or else its path on the page."""
    said = index.texts(part, "pol:aspect", "pol:pointValue", "pol:verdict")
    if said:
        return " — ".join(said)
    return next(iter(index.texts(part, "rdfs:label")), _anchor(part, page).replace("/", " "))


def _name_all(index: Index, node: str, name: str) -> str:
    return ", ".join(index.name(iri) for iri in index.follow(node, name))


def _anchor(node: str, page: str) -> str:
    return node.removeprefix(f"{BASE}{page}/")


def _by_number(node: str) -> tuple[object, ...]:
    """Return a key that puts step 10 behind step 9."""
    return tuple((len(part) if part.isdigit() else 0, part) for part in node.split("/"))
