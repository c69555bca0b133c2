"""A thing to ask about: `python -m bench.pick DATA [IRI]` prints it as JSON, with its names."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from kg.answer import Scope, ask
from kg.errors import AmbiguousName, UnknownName
from kg.name import find_thing, fold
from kg.store import open_store
from kg.vocabulary import expand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

    from kg.store import Opened

_FILLS = NamedNode(expand("pol:fills"))
_LABEL = NamedNode(expand("rdfs:label"))


def find_offices(store: Store) -> Iterator[NamedNode]:
    """Yield the offices of the first State, those that most rules fill first."""
    first = min(g.value for g in store.named_graphs() if g.value.endswith("/asserted"))
    found = Counter(
        quad.object
        for quad in store.quads_for_pattern(None, _FILLS, None, NamedNode(first))
        if isinstance(quad.object, NamedNode) and "/office/" in quad.object.value
    )
    yield from sorted(found, key=lambda office: (-found[office], office.value))


def name_languages(store: Store, thing: NamedNode) -> dict[str, str]:
    """Return the labels of a thing by language."""
    labels: list[Any] = [q.object for q in store.quads_for_pattern(thing, _LABEL, None, None)]
    return {label.language or "": label.value for label in labels}


def misspell(name: str) -> str:
    """Return a name without the letter in its middle."""
    middle = len(name) // 2
    while not name[middle].isalpha():
        middle += 1
    return name[:middle] + name[middle + 1 :]


def pick(opened: Opened, wanted: str = "") -> dict[str, Any]:
    """Return an office that names in two scripts mean, these names, and the query about it."""
    store = opened.store
    for office in [NamedNode(wanted)] if wanted else find_offices(store):
        names = name_languages(store, office)
        other = next((n for tag, n in sorted(names.items()) if tag != "en"), "")
        if not other or len(fold(names["en"])) < 12:
            continue
        try:
            found = {find_thing(store, name, ("office",)) for name in (names["en"], other)}
        except (AmbiguousName, UnknownName):
            continue
        if found == {office}:
            query = ask(opened, "who-appoints", [names["en"]], Scope()).query
            return {
                "iri": office.value,
                "name": names["en"],
                "other": other,
                "typo": misspell(names["en"]),
                "query": query,
            }
    raise LookupError("No office has a name of its own in two scripts.")


if __name__ == "__main__":
    print(json.dumps(pick(open_store([sys.argv[1]]), sys.argv[2])))
