"""The IRIs of all that is stated: of records and of what they refer to."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.dataset import expand_reference
from kg.vocabulary import ID

if TYPE_CHECKING:
    from kg.dataset import Entry
    from kg.notation import Term
    from kg.record import Reference


def read_iri(term: object) -> str:
    """Return the IRI of a node, and an empty text for a blank node or a literal."""
    return term.value if isinstance(term, NamedNode) else ""


def iri_of(entry: Entry) -> Term:
    """Return the IRI of a record: `id/STATE/KIND/NAME`, with the source for a statement."""
    return _iri_of_name(*entry.name)


@functools.cache
def _iri_of_name(state: str, source: str, kind: str, name: str) -> Term:
    if kind == "state":
        return f"<{ID}{state}>"
    return f"<{ID}{'/'.join(filter(None, [state, source, kind, name]))}>"


def iri_of_reference(reference: Reference, entry: Entry) -> Term:
    """Return the IRI of what a record refers to."""
    return _iri_of_name(*expand_reference(reference.text, entry.state, entry.source))


@functools.cache
def slug(value: str) -> str:
    """Return the number of a place for an IRI: `83 (1)` is `83.1`, which is not article 83-1."""
    dotted = re.sub(r"\s*\(([^()]*)\)", r".\1", value.lower())
    return re.sub(r"[^a-z0-9.]+", "-", dotted).strip("-.")
