"""The lines of a page: what a node is said to be, property by property, with links."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from kg.site.index import KIND, LABEL, SOURCE
from kg.vocabulary import expand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.site.index import Index

_SHOWN_ELSEWHERE = {
    KIND, LABEL, SOURCE,
    *map(expand, (
        "skos:altLabel", "skos:hiddenLabel", "pol:citation", "dcterms:bibliographicCitation",
        "pol:file", "pol:line", "pol:kindInPrint", "pol:standsIn", "pol:ofState",
        "pol:fromInPrint", "pol:untilInPrint", "pol:basisInPrint", "pol:touches",
        "pol:holdsFrom", "pol:holdsUntil", "pol:mayHoldFrom", "pol:mayHoldUntil",
        "pol:isStepOf", "pol:isPointOf", "qb:dataSet",
    )),
}  # fmt: skip
_OTHERS = {"eli:date_document": "date", "eli:number": "number", "dcterms:issued": "dated",
           "dcterms:dateSubmitted": "received", "dcterms:description": "about",
           "org:subOrganizationOf": "part of", "pol:citation": "cites", "dcterms:title": "title",
           "dcterms:replaces": "takes the place of"}  # fmt: skip


class Shown(NamedTuple):
    """A value as it is printed: text, its link or nothing, its language or nothing."""

    text: str
    link: str = ""
    language: str = ""


class Line(NamedTuple):
    """A property by its label, where the property is explained, and its values."""

    term: str
    link: str
    values: list[Shown]


def list_facts(
    index: Index, node: str, link: Callable[[str], str], *, arrows: frozenset[str]
) -> tuple[list[Line], list[Line]]:
    """Return what a node is said to be, and apart from that the arrows that were derived."""
    facts: list[Line] = []
    derived: list[Line] = []
    for property_, values in sorted(index.out.get(node, {}).items()):
        if property_ in _SHOWN_ELSEWHERE:
            continue
        line = Line(
            name_property(index, property_), link(property_),
            [show_value(index, value, link) for value in values],
        )  # fmt: skip
        (derived if property_ in arrows else facts).append(line)
    return _order(facts), _order(derived)


def list_leading(
    index: Index, node: str, link: Callable[[str], str], *, arrows: frozenset[str]
) -> list[Line]:
    """Return the things, not the statements, that lead to a node, by property."""
    lines = []
    for property_, nodes in sorted(index.into.get(node, {}).items()):
        things = [n for n in nodes if n in index.records and n not in index.statements]
        if things and property_ not in arrows | {expand("pol:ofState"), SOURCE}:
            shown = sorted(Shown(index.name(thing), link(thing)) for thing in set(things))
            name = name_property(index, property_)
            lines.append(Line(name, link(property_), shown))
    return _order(lines)


def name_property(index: Index, property_: str) -> str:
    """Return what a property is called in print."""
    known = {expand(name): words for name, words in _OTHERS.items()}
    return known.get(property_) or index.name(property_).removesuffix(" (derived)")


def show_value(index: Index, value: NamedNode | Literal, link: Callable[[str], str]) -> Shown:
    """Return a value in print; a node leads to where it is shown."""
    if isinstance(value, NamedNode):
        return Shown(index.name(value.value), link(value.value))
    return Shown(value.value, "", value.language or "")


def list_names(index: Index, node: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the names of a thing by language, each language apart, English first.

    A name stands with what it is: its label, another name, or one by which it is found.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for name, sort in (
        ("rdfs:label", "name"), ("skos:altLabel", "also"), ("skos:hiddenLabel", "found as"),
    ):  # fmt: skip
        for value in index.out.get(node, {}).get(expand(name), ()):
            if isinstance(value, Literal):
                found.setdefault(value.language or "", []).append((sort, value.value))
    return sorted(found.items(), key=lambda item: (item[0] != "en", item[0]))


def _order(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.term.lower(), line.link))
