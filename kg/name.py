"""Names of things: folding, look-up by an index in the store, and what was nearly meant."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.errors import AmbiguousName, UnknownName
from kg.vocabulary import GRAPH, ID, expand

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pyoxigraph import Store

NAMES = NamedNode(GRAPH + "names")
KEY = NamedNode(expand("pol:nameKey"))
HIDDEN_KEY = NamedNode(expand("pol:hiddenNameKey"))
_LABEL = NamedNode(expand("rdfs:label"))


def fold(name: str) -> str:
    """Return a name without case, diacritics, punctuation and a leading article, for comparison."""
    sound = name.encode("utf-8", "replace").decode()  # an argument may hold bytes of no text
    decomposed = unicodedata.normalize("NFKD", sound.replace("\u2019", "").replace("'", ""))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return re.sub(r"[\W_]+", " ", plain).strip().removeprefix("the ")


def find_thing(
    store: Store,
    name: str,
    kinds: Collection[str] = (),
    state: str = "",
    folder: str = "",
) -> NamedNode:
    """Return the one thing that a name means: a label in any language, an identifier or an IRI.

    An identifier may stand alone (`president`), with its kind as in the YAML files
    (`office/president`) or with its State too (`xx/office/president`).

    A name goes before a word by which people look for a thing that is not called so.
    `kinds` (office, body, ...) and `state` narrow the search. `folder` holds the indexes of near
    names (`kg/near.py`); without it a miss is compared with all names. Raises AmbiguousName if
    several things have the name, UnknownName, with the nearest names, if none has.
    """
    for named in (
        _find_by_iri(store, name),
        _find_by_key(store, name, KEY),
        _find_by_key(store, name, HIDDEN_KEY),
    ):
        found = {n for n in named if _fits(n, kinds, state)}
        if found:
            break
    if len(found) == 1:
        return found.pop()
    if found:
        candidates = sorted((label_of(store, n), n.value) for n in found)
        raise AmbiguousName(f"'{name}' is the name of {len(found)} things.", candidates)
    raise UnknownName(f"Nothing is called '{name}'.", _propose(store, name, kinds, state, folder))


def propose_names(
    store: Store, start: str, kinds: Collection[str] = (), state: str = ""
) -> list[tuple[str, str]]:
    """Return the identifiers that begin so, each with the label of its thing, sorted.

    An identifier stands alone, or behind its kind or State where `start` has a slash. One that
    several things have is returned once, with their number for a label.
    """
    parts = 1 + start.count("/")
    found: dict[str, set[NamedNode]] = {}
    for quad in store.quads_for_pattern(None, KEY, None, NAMES):
        if isinstance(quad.subject, NamedNode) and _fits(quad.subject, kinds, state):
            path = quad.subject.value.removeprefix(ID).split("/")
            found.setdefault("/".join(path[-parts:]), set()).add(quad.subject)
    return sorted(
        (
            name,
            f"{len(things)} things" if len(things) > 1 else label_of(store, min(things, key=str)),
        )
        for name, things in found.items()
        if name.startswith(start)
    )


def label_of(store: Store, thing: NamedNode, language: str = "") -> str:
    """Return the label of a thing in a language, else its English label, else its IRI."""
    labels = {
        quad.object.language: quad.object.value
        for quad in store.quads_for_pattern(thing, _LABEL, None, None)
        if isinstance(quad.object, Literal)
    }
    return labels.get(language) or labels.get("en", thing.value)


def kind_of(thing: NamedNode) -> str:
    """Return the kind in an IRI of ours: office, body, selection, ..."""
    return thing.value.removeprefix(ID).split("/")[-2] if "/" in thing.value[len(ID) :] else "state"


def _fits(thing: NamedNode, kinds: Collection[str], state: str) -> bool:
    return (not kinds or kind_of(thing) in kinds) and (
        not state or f"{thing.value}/".startswith(f"{ID}{state.lower()}/")
    )


def _find_by_iri(store: Store, name: str) -> set[NamedNode]:
    """Return the thing whose IRI, or whose IRI without the common part, is the name."""
    if not re.fullmatch(r"[A-Za-z0-9:/._#-]+", name) or "/" not in name:
        return set()
    iri = name if name.startswith(ID) else ID + name
    thing = NamedNode(iri)
    if any(True for _ in store.quads_for_pattern(thing, None, None, None)):
        return {thing}
    return set()


def _find_by_key(store: Store, name: str, index: NamedNode) -> set[NamedNode]:
    kind, slash, identifier = name.rpartition("/")
    keys = {name} | ({identifier} if slash else set())
    return {
        quad.subject
        for key in keys
        for quad in store.quads_for_pattern(None, index, Literal(fold(key)), NAMES)
        if isinstance(quad.subject, NamedNode)
        and (key == name or quad.subject.value.endswith(f"/{kind}/{identifier}"))
    }


def _propose(store: Store, name: str, kinds: Collection[str], state: str, folder: str) -> list[str]:
    """Return up to five labels of things whose names are nearest to the one given."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a miss needs it

    from kg.near import find_near  # noqa: PLC0415 - as above

    keys: dict[str, set[NamedNode]] = {}
    near = find_near(folder, fold(name), state.lower()) if folder else None
    for key, thing in _list_names(store) if near is None else near:
        if _fits(thing, kinds, state):
            keys.setdefault(key, set()).add(thing)
    found = process.extract(fold(name), list(keys), scorer=fuzz.WRatio, limit=8, score_cutoff=70)
    labels: dict[str, None] = {}
    for key, _, _ in found:
        for thing in sorted(keys[key], key=lambda n: n.value):
            labels[label_of(store, thing)] = None
    return list(labels)[:5]


def _list_names(store: Store) -> Iterator[tuple[str, NamedNode]]:
    """Yield every folded name with a thing that has it."""
    for quad in store.quads_for_pattern(None, None, None, NAMES):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            yield quad.object.value, quad.subject
