"""The statements about a thing, in the sections of its card.

The sections and their order are those of `kg/card.rq`, which reads one card from a store; here
thousands are read from memory. A test holds the two together. What no section of the card has
follows by the property that leads to the thing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.vocabulary import expand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.site.index import Index

_DIRECT = {
    "emptied by": ("pol:empties",),
    "term": ("pol:termOf",),
    "eligibility": ("pol:eligibleFor",),
    "may not be held beside": ("pol:incompatibleWith",),
    "succession": ("pol:vacates",),
    "composition": ("pol:sizeOf",),
}
_AFTER = {
    "stands under": ("pol:subject",),
    "stands above": ("pol:superior",),
    "has held": ("pol:holder",),
}
_OF_THE_STATEMENT = tuple(
    "pol:" + name
    for name in (
        "fills", "filled", "empties", "termOf", "sizeOf", "eligibleFor", "vacates", "subject",
    )
)  # fmt: skip
_NAMED = {
    "pol:about": "remarks on it",
    "pol:action": "who may do it",
    "pol:adopted": "its adoption",
    "pol:amended": "its amendments",
    "pol:changes": "what happened to it",
    "pol:citation": "what rests on it",
    "pol:concerns": "procedures about it",
    "pol:contentOf": "what it provides",
    "pol:endedBy": "rules that it ended",
    "pol:introducedBy": "rules that it introduced",
    "pol:heldOffice": "who held it",
    "pol:member": "member of",
    "pol:memberOf": "its members",
    "pol:powerHolder": "powers",
    "pol:standsIn": "rules that stood in it",
    "pol:submittedTo": "reports to it",
    "pol:treaty": "what the State did about it",
    "pol:visitor": "visits",
}
_SILENT = set(map(expand, ("pol:ofState", "prov:hadPrimarySource")))


class Section(NamedTuple):
    """Statements about one thing, and what they have in common."""

    title: str
    statements: list[str]


def list_sections(index: Index, thing: str) -> list[Section]:
    """Return the statements about a thing or a statement by section; no section is empty."""
    found = [Section(title, sorted(set(rules))) for title, rules in _list_card(index, thing)]
    shown = {rule for section in found for rule in section.statements}
    for property_, nodes in sorted(index.into.get(thing, {}).items()):
        if property_ not in _SILENT:
            rest = sorted({n for n in nodes if n in index.statements} - shown)
            found.append(Section(_title(index, property_), rest))
    return [section for section in found if section.statements]


def _title(index: Index, property_: str) -> str:
    names = {expand(name): title for name, title in _NAMED.items()}
    return names.get(property_) or f"“{index.name(property_)}” leads here"


def _list_card(index: Index, thing: str) -> Iterator[tuple[str, Iterable[str]]]:
    def reach(nodes: Iterable[str], *names: str) -> list[str]:
        return [rule for node in nodes for rule in index.trace(node, *names)]

    yield "filled by", index.trace(thing, "pol:fills", "pol:filled")
    posts = index.trace(thing, "org:postIn")
    yield "its posts are filled by", reach(posts, "pol:fills", "pol:filled")
    cases = _close(thing, lambda node: index.trace(node, "pol:kindOf"))
    yield "its special cases are filled by", reach(cases, "pol:fills", "pol:filled")
    wider = _close(thing, lambda node: index.follow(node, "pol:kindOf"))
    yield "filled as a case of a wider office", reach(wider, "pol:fills")
    for title, names in _DIRECT.items():
        yield title, index.trace(thing, *names)
    groups = index.trace(thing, "pol:memberOffice")
    yield (
        "part of the composition",
        [*index.trace(thing, "pol:consistsOf"), *reach(groups, "pol:seatGroup")],
    )
    steps = index.trace(thing, "pol:actor", "pol:towards")
    yield "takes part in", [r for step in steps for r in index.follow(step, "pol:isStepOf")]
    for title, names in _AFTER.items():
        yield title, index.trace(thing, *names)
    bases = [thing, *index.trace(thing, "eli:is_part_of")]
    yield "rest on it", reach(bases, "pol:legalBasis", "pol:leftTo")
    yield "apply to it alone", index.trace(thing, "pol:appliesOnlyTo")
    yield "not stated", _only(index, index.trace(thing, "pol:about"), "pol:Silence")
    between = [thing, *index.trace(thing, *_OF_THE_STATEMENT)]
    against = [*index.trace(thing, "pol:about"), *reach(between, "pol:between")]
    yield "contradictions", _only(index, against, "pol:Contradiction")


def _only(index: Index, rules: Iterable[str], kind: str) -> list[str]:
    return [rule for rule in rules if expand(kind) in index.kinds(rule)]


def _close(thing: str, step: Callable[[str], list[str]]) -> list[str]:
    found: list[str] = []
    waiting = [thing]
    while waiting:
        for node in step(waiting.pop()):
            if node not in found:
                found.append(node)
                waiting.append(node)
    return found
