"""The card of a thing or a statement: all that the graph knows about it, line by line, cited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, Triple

from kg import place
from kg.answer import (
    Scope,
    bind_scope,
    find_label,
    find_named,
    find_sources,
    read_sources,
    resolve_state,
)
from kg.errors import EndpointProblem
from kg.language import check_language, translate
from kg.name import NAMES
from kg.question import bind, day_literal
from kg.vocabulary import ID, expand

if TYPE_CHECKING:
    from kg.question import Bound
    from kg.store import Opened

_SOURCE = NamedNode(expand("prov:hadPrimarySource"))
_LINKS_TO_WHOLE = tuple(NamedNode(expand(name)) for name in ("pol:isStepOf", "eli:is_part_of"))


def find_subject(opened: Opened, name: str, scope: Scope) -> NamedNode:
    """Return what a name means, thing or statement; raises UnknownName or AmbiguousName."""
    return find_named(opened, name, (), resolve_state(opened, scope).state)


def bind_card(opened: Opened, subject: NamedNode, scope: Scope) -> str:
    """Return the SPARQL of the card, restricted to the source and the day of the scope.

    A State restricts only the name, since a card is of one State anyway. The rows are of one
    kind: `section` says what they are about, `rule` which statement makes them (empty for names
    and the like), a step has `order`, `role`, `actor` and `threshold`, a detail `term` and
    `value`. Raises UsageError for a day that is none, UnknownName for a source.
    """
    check_language(opened.store, scope.lang)
    with open(place.HERE + "/card.rq", encoding="utf-8") as file:  # noqa: PTH123 - see kg/place.py
        text = translate(file.read(), scope.lang)
    values: dict[str, Bound] = {"thing": subject, "rule": subject} | bind_scope(
        opened, resolve_state(opened, scope)
    )
    values.pop("state", None)
    if scope.as_of:
        values["day"] = day_literal(scope.as_of)
    return bind(text, values)


def refuse_unsound(opened: Opened) -> None:
    """Raise EndpointProblem where the server is known to give a card rows that are wrong.

    Virtuoso 7.2 does not evaluate an OPTIONAL that holds a UNION as SPARQL 1.1 has it: rows are
    missing, and others do not belong there.
    """
    if opened.endpoint and opened.endpoint.server.startswith("Virtuoso"):
        raise EndpointProblem(
            f"{opened.endpoint.url} is a Virtuoso, which gives a card wrong rows. Leave out "
            "--endpoint, write --format ttl, or ask a question there ('politeia ask')."
        )


def name_subject(opened: Opened, subject: NamedNode, language: str = "") -> str:
    """Return a title: the label, or for a statement, whose label is long, its name."""
    if opened.endpoint:
        is_statement = opened.endpoint.ask(f"ASK {{ {subject} {_SOURCE} ?source }}")
    else:
        found = opened.store.quads_for_pattern(subject, _SOURCE, None, None)
        is_statement = any(True for _ in found)
    if is_statement:
        return subject.value.removeprefix(ID)
    return find_label(opened, subject, language)


def find_card_sources(
    opened: Opened, subject: NamedNode, scope: Scope
) -> tuple[tuple[str, str], ...]:
    """Return the sources that the card rests on, short name and day of which each speaks."""
    state = subject.value.removeprefix(ID).partition("/")[0]
    return read_sources(opened, state, find_sources(opened, resolve_state(opened, scope)))


def collect_card(opened: Opened, subject: NamedNode) -> list[Triple]:
    """Return the triples of a thing or statement and of its parts: steps, thresholds, articles.

    A part is a node whose IRI continues that of the whole. Sorted as N-Triples.
    """
    found: set[Triple] = set()
    waiting, seen = [subject], {subject}
    while waiting:
        node = waiting.pop()
        about, linked = _look_around(opened, node)
        found |= about
        parts = {triple.object for triple in about} | linked
        for part in parts - seen:
            if isinstance(part, NamedNode) and _is_part(part, subject):
                waiting.append(part)
                seen.add(part)
    return sorted(found, key=str)


def _look_around(opened: Opened, node: NamedNode) -> tuple[set[Triple], set[Any]]:
    """Return the triples of a node, and the nodes that say that they are parts of it."""
    if opened.endpoint:
        about = opened.endpoint.construct(
            f"CONSTRUCT {{ {node} ?property ?value }} WHERE {{ {node} ?property ?value }}"
        )
        links = "|".join(map(str, _LINKS_TO_WHOLE))
        rows = opened.endpoint.select(f"SELECT DISTINCT ?part WHERE {{ ?part {links} {node} }}")
        return set(about), {row["part"] for row in rows}
    quads = opened.store.quads_for_pattern(node, None, None, None)
    return {quad.triple for quad in quads if quad.graph_name != NAMES}, {
        quad.subject
        for link in _LINKS_TO_WHOLE
        for quad in opened.store.quads_for_pattern(None, link, node, None)
    }


def _is_part(part: NamedNode, whole: NamedNode) -> bool:
    """Tell whether an IRI continues another; that of a State begins all and has no parts."""
    return "/" in whole.value.removeprefix(ID) and part.value.startswith(whole.value + "/")
