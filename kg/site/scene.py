"""What the picture of a thing shows: who acts upon which office, or what happened when."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.vocabulary import expand

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.site.index import Index

MOST = 12
"""So many actors, or offices, are drawn; the sections below the picture have them all."""
_DECIDES = ("appoints", "elects", "sits-ex-officio", "forms", "selects", "succeeds")
"""The roles that fill an office, those of most interest first."""


class Tie(NamedTuple):
    """An actor, whom or what it acts upon, and in which roles; `decides` if it fills the office."""

    actor: str
    target: str
    roles: str
    decides: bool


class Happening(NamedTuple):
    """A day as the source has it, what happened, its node, and where that is shown."""

    day: str
    what: str
    node: str


class Scene(NamedTuple):
    """A picture before it is drawn; one of `ties` and `happenings` is empty."""

    title: str
    ties: list[Tie]
    happenings: list[Happening]
    centre: str = ""
    left_out: int = 0


def list_scenes(index: Index, thing: str) -> list[Scene]:
    """Return what is worth a picture for a thing: none, or one, or two."""
    kinds = set(_wider(index, thing))
    scenes = []
    if "Office" in kinds:
        scenes.append(_show_office(index, thing))
    elif "Actor" in kinds:
        targets = [thing, *index.trace(thing, "org:postIn")]
        scenes.append(_limit(f"Who fills the seats: {index.name(thing)}",
                             _gather_ties(index, targets)))  # fmt: skip
    scenes.append(Scene(f"In time: {index.name(thing)}", [], _list_happenings(index, thing)))
    return [s for s in scenes if s.ties or len(s.happenings) > 1]


def _wider(index: Index, thing: str) -> Iterable[str]:
    return (kind.rpartition("#")[2] for kind in index.follow(thing, "rdf:type"))


def _show_office(index: Index, office: str) -> Scene:
    """Return who fills an office on one side of it, and whose offices it fills on the other."""
    filled = _gather_ties(index, [office])
    rules = {
        rule
        for step in index.trace(office, "pol:actor")
        for rule in index.follow(step, "pol:isStepOf")
    }
    targets = sorted({t for rule in rules for t in index.follow(rule, "pol:fills")} - {office})
    fills = [tie for tie in _gather_ties(index, targets, office) if tie.decides]
    left, right = _limit("", filled), _limit("", fills)
    return Scene(
        f"Who appoints whom around: {index.name(office)}",
        [*left.ties, *right.ties], [], office, left.left_out + right.left_out,
    )  # fmt: skip


def _gather_ties(index: Index, targets: Iterable[str], actor_only: str = "") -> list[Tie]:
    """Return one tie for each actor, or of one, and target, whatever the source and the time."""
    roles: dict[tuple[str, str], set[str]] = {}
    for target in targets:
        for rule in index.trace(target, "pol:fills"):
            for step in index.trace(rule, "pol:isStepOf"):
                for actor in index.follow(step, "pol:actor"):
                    if actor_only in {"", actor}:
                        found = roles.setdefault((actor, target), set())
                        found |= set(index.follow(step, "pol:role"))
    ranks = {expand(f"role:{name}"): rank for rank, name in enumerate(_DECIDES)}
    ties: list[tuple[int, Tie]] = []
    for (actor, target), found in roles.items():
        rank = min((ranks.get(role, len(ranks)) for role in found), default=len(ranks))
        words = ", ".join(sorted(map(index.name, found)))
        ties.append((rank, Tie(actor, target, words, rank < len(ranks))))
    ties.sort(key=lambda ranked: (ranked[0], index.name(ranked[1].actor), ranked[1]))
    return [tie for _, tie in ties]


def _limit(title: str, ties: list[Tie]) -> Scene:
    """Return a scene of as many actors and targets as can be read; those who decide come first."""
    actors = list(dict.fromkeys(tie.actor for tie in ties))[:MOST]
    targets = list(dict.fromkeys(tie.target for tie in ties))[:MOST]
    kept = [tie for tie in ties if tie.actor in actors and tie.target in targets]
    return Scene(title, kept, [], left_out=len(ties) - len(kept))


def _list_happenings(index: Index, thing: str) -> list[Happening]:
    """Return what happened to a thing on which day, the first first.

    What several sources report alike is told once, with all of them.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for event in index.trace(
        thing, "pol:adopted", "pol:amended", "pol:changes", "pol:treaty", "pol:memberOf"
    ):
        for day in index.texts(event, "pol:on", "pol:began"):
            found.setdefault((day, _tell(index, event)), []).append(event)
    for event in index.trace(thing, "pol:holder", "pol:heldOffice"):
        for word, name in (("from", "pol:began"), ("until", "pol:ended")):
            for day in index.texts(event, name):
                found.setdefault((day, f"{word}: {index.name(event)}"), []).append(event)
    told = {act for events in found.values() for e in events for act in _find_acts(index, e)}
    for act in set(index.trace(thing, "pol:amends")) - told:
        for day in index.texts(act, "eli:date_document"):
            found.setdefault((day, f"amendment: {index.name(act)}"), []).append(act)
    return [
        Happening(day, what + _name_sources(index, events), min(events))
        for (day, what), events in sorted(found.items())
    ]


def _tell(index: Index, event: str) -> str:
    """Return what kind of event one is, and by or with what; the sentence stands on its page."""
    kinds = index.texts(event, "pol:treatyActionKind", "pol:kindOfChange") or [
        index.name(kind).lower() for kind in index.kinds(event)
    ]
    named = [index.name(thing) for thing in _find_acts(index, event)]
    named += index.texts(event, "pol:report")
    told = ", ".join(kind.replace("-", " ") for kind in kinds)
    return f"{told}: {', '.join(named)}" if named else told


def _find_acts(index: Index, event: str) -> list[str]:
    return index.follow(event, "pol:amendedBy", "pol:member")


def _name_sources(index: Index, events: Iterable[str]) -> str:
    sources = {
        source for event in events for source in index.follow(event, "prov:hadPrimarySource")
    }
    names = sorted(name for source in sources for name in index.texts(source, "pol:shortName"))
    return f" ({'; '.join(names)})" if names else ""
