"""Names in another language by the English ones, for texts that were made of names.

A point is a text: who appoints, how many seats whom. A query cannot name its parts in another
language, as `kg/language.py` does it for things; here each name within such a text is replaced.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.answer import solve
from kg.language import ENGLISH, check_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.store import Opened

Glossary = dict[str, str]
"""English names and what they are called in one other language."""

_NAMES = """
    PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    SELECT DISTINCT ?name ?other
    WHERE {{
      ?thing rdfs:label ?other . FILTER(LANG(?other) = "{language}")
      ?thing rdfs:label ?name . FILTER(LANG(?name) = "en")
    }}
    ORDER BY ?name ?other"""
_LAST = re.compile(r"(?<=: )[^:]+?(?=, [a-z -]+: |$)")
"""A name in an aspect: `seats, appoints: King` and `threshold, removal: dismisses: King`."""


def find_glossary(opened: Opened, language: str) -> Glossary:
    """Return all names in a language; none for English, which needs no translation.

    Where things of one English name are called differently, none is chosen and it stays English.
    Raises UsageError for a language in which nothing has a name.
    """
    check_language(opened.store, language)
    if language in {"", ENGLISH}:
        return {}
    found: dict[str, set[str]] = {}
    for row in solve(opened, _NAMES.format(language=language)):
        name, other = row["name"], row["other"]
        found.setdefault(name.value, set()).add(other.value)
    return {name: others.pop() for name, others in found.items() if len(others) == 1}


def translate_name(name: str, glossary: Mapping[str, str]) -> str:
    """Return what a thing is called in the other language, or the English name."""
    return glossary.get(name, name)


def translate_aspect(aspect: str, glossary: Mapping[str, str]) -> str:
    """Return an aspect with the names in it in the other language; its words stay English."""
    return _LAST.sub(lambda match: translate_name(match[0], glossary), aspect)
