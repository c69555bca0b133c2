"""The names of things in another language: a query rewritten, so that it stays plain SPARQL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.form import LANGUAGE

if TYPE_CHECKING:
    from pyoxigraph import Store

ENGLISH = "en"
"""The language in which everything has a name."""
_LABEL = re.compile(
    r"(?P<label>(?P<thing>\?\w+) rdfs:label (?P<name>\?\w+)[^.{}]*\. )"
    r'FILTER\(LANG\((?P=name)\) = "en"\)'
)
_LANGUAGES = """
    PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    SELECT DISTINCT ?language
    WHERE { ?thing rdfs:label ?label . BIND(LANG(?label) AS ?language) FILTER(?language != "") }
    ORDER BY ?language"""


def translate(query: str, language: str) -> str:
    """Return a query that names things in a language, and in English what has no name in it.

    A query writes `?thing rdfs:label ?name . FILTER(LANG(?name) = "en")` for a name. Statements
    are texts of ours and stay English.
    """
    if language in {"", ENGLISH}:
        return query

    def widen(match: re.Match[str]) -> str:
        thing, name = match["thing"], match["name"]
        other = f'{thing} rdfs:label {name}_other . FILTER(LANG({name}_other) = "{language}")'
        return (
            f'{match["label"]}FILTER(LANG({name}) = "{language}" || '
            f'LANG({name}) = "en" && NOT EXISTS {{ {other} }})'
        )

    return _LABEL.sub(widen, query)


def check_language(store: Store, language: str) -> None:
    """Raise UsageError for a language in which nothing has a name."""
    if language in {"", ENGLISH}:
        return
    found: Any = store.query(_LANGUAGES, use_default_graph_as_union=True)
    known = [row["language"].value for row in found]
    if not re.fullmatch(LANGUAGE, language) or language not in known:
        raise UsageError(f"Nothing has a name in '{language}'; there are {', '.join(known)}.")
