"""Place by place: what was taken from a source, why nothing was, and what nobody accounts for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.answer import solve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.store import Opened

_UNUSED = "unused place"

_SOURCES = """
    PREFIX pol: <https://w3id.org/politeia/ontology#>
    SELECT ?source ?name ?paragraphs ?annexes
    WHERE {
      ?source a pol:Source ; pol:shortName ?name ; pol:paragraphs ?paragraphs .
      OPTIONAL { ?source pol:annexes ?annexes }
    }
    ORDER BY ?name"""

_CITED = """
    PREFIX oa: <http://www.w3.org/ns/oa#>
    PREFIX pol: <https://w3id.org/politeia/ontology#>
    PREFIX prov: <http://www.w3.org/ns/prov#>
    PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    SELECT ?source ?locator ?paragraph ?kind ?says
    WHERE {
      ?statement prov:hadPrimarySource ?source ; pol:citation ?place ; pol:kindInPrint ?kind ;
        rdfs:label ?says .
      ?place oa:hasSource ?source ; pol:locator ?locator .
      OPTIONAL { ?place pol:paragraph ?paragraph }
    }
    ORDER BY ?source ?locator ?kind ?says"""


class Place(NamedTuple):
    """One paragraph or annex: how many statements of each kind cite it, or why none does.

    `fault` is empty, `not accounted for`, or `called empty and cited`.
    """

    source: str
    locator: str
    taken: tuple[tuple[str, int], ...]
    reason: str
    fault: str


def read_coverage(opened: Opened) -> list[Place]:
    """Return every numbered paragraph and annex of every source that says how many it has.

    The places stand in the order of the sources; only statements count, not the names of things.
    """
    cited: dict[tuple[str, str], dict[str, list[str]]] = {}
    for row in solve(opened, _CITED):
        number = row["paragraph"]
        locator = f"para. {number.value}" if number else row["locator"].value
        kinds = cited.setdefault((row["source"].value, locator), {})
        kinds.setdefault(row["kind"].value, []).append(row["says"].value)
    places = []
    for row in solve(opened, _SOURCES):
        annexes = int(row["annexes"].value) if row["annexes"] else 0
        locators = [f"para. {n}" for n in range(1, int(row["paragraphs"].value) + 1)]
        locators += [f"annex {n}" for n in range(1, annexes + 1)]
        for locator in locators:
            kinds = cited.get((row["source"].value, locator), {})
            places.append(_account(row["name"].value, locator, kinds))
    return places


def _account(source: str, locator: str, kinds: dict[str, list[str]]) -> Place:
    taken = tuple((kind, len(said)) for kind, said in sorted(kinds.items()) if kind != _UNUSED)
    reason = " ".join(kinds.get(_UNUSED, []))
    fault = ""
    if not kinds:
        fault = "not accounted for"
    elif reason and taken:
        fault = "called empty and cited"
    return Place(source, locator, taken, reason, fault)


def count_accounted(places: Sequence[Place]) -> dict[str, tuple[int, int]]:
    """Return for each source how many of its places are accounted for, and how many it has."""
    counts: dict[str, tuple[int, int]] = {}
    for place in places:
        good, all_ = counts.get(place.source, (0, 0))
        counts[place.source] = (good + (not place.fault), all_ + 1)
    return counts
