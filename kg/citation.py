"""Places in sources: the nodes that a citation names, and how a record's places are quoted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.iri import slug
from kg.notation import extend, literal, node, text, typed
from kg.record import Thing
from kg.vocabulary import ID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.dataset import Dataset, Entry
    from kg.notation import Term, Triple
    from kg.record import Citation, Provision

_LOCATORS = {
    "para": "para. ",
    "art": "art. ",
    "annex": "annex ",
    "heading": "heading ",
    "page": "p. ",
    "entry": "",
}
_DIGITS = re.compile(r"\d+")
_PLURALS = {"para": "paras ", "art": "arts ", "annex": "annexes "}


class Place(NamedTuple):
    """A place that is cited: in which source, and of a law in which version of it."""

    source: str
    kind: str
    number: str
    version: str


def list_places(citation: Citation, entry: Entry, dataset: Dataset) -> list[Place]:
    """Return the places that a citation names: one, or of a law one for each version."""
    name, kind, number = citation.source or entry.source, citation.kind, citation.number
    versions = dataset.versions.get((entry.state, name))
    if not versions:
        return [Place(name, kind, number, "")]
    known = [version.id for version in versions]
    cited = known[known.index(citation.first) : known.index(citation.last) + 1]
    return [Place(name, kind, number, version) for version in cited]


def name_place(place: Place, state: str) -> Term:
    """Return the node of a place."""
    version = f"-{place.version}" if place.version else ""
    name = f"{place.kind}-{slug(place.number)}{version}"
    return f"<{ID}{state}/{place.source}/citation/{name}>"


def describe_place(subject: Term, place: Place, state: str, dataset: Dataset) -> Iterator[Triple]:
    """Yield what is said of the node of a place: where it stands, and its name."""
    source, kind, number, version = place
    selector = extend(subject, "selector")
    locator = _LOCATORS[kind] + number
    yield subject, node("rdf:type"), node("pol:Citation")
    yield subject, node("oa:hasSource"), f"<{ID}{state}/source/{source}>"
    if version:
        locator += f", {version}"
        yield subject, node("pol:ofVersion"), f"<{ID}{state}/{source}/version/{version}>"
    yield subject, node("oa:hasSelector"), selector
    yield selector, node("rdf:type"), node("oa:FragmentSelector")
    yield selector, node("rdf:value"), literal(subject[:-1].rpartition("/")[2])
    yield subject, node("pol:locator"), literal(locator)
    if kind == "para":
        paragraph = number.partition(" ")[0]
        yield subject, node("pol:paragraph"), typed(paragraph, "xsd:integer")
    found = dataset.source(state, source)
    if found:
        yield subject, node("rdfs:label"), text(f"{found.short_name}, {locator}")


def cite_in_print(entry: Entry, dataset: Dataset) -> str:
    """Return how the places that a record cites are quoted: `HRI/..., paras 84, 155`."""
    return "; ".join(cite_by_source(entry, dataset).values())


def cite_by_source(entry: Entry, dataset: Dataset) -> dict[str, str]:
    """Return how the places that a record cites are quoted, for each source by itself."""
    places: dict[str, dict[tuple[str, str], list[str]]] = {}
    for citation in entry.record.cite:
        name = citation.source or entry.source
        versions = " to ".join(dict.fromkeys(filter(None, [citation.first, citation.last])))
        kinds = places.setdefault(name, {})
        kinds.setdefault((citation.kind, versions), []).append(citation.number)
    quoted = {}
    for name, kinds in places.items():
        source = dataset.source(entry.state, name)
        called = source.short_name if source else name
        parts = []
        for (kind, versions), found in kinds.items():
            numbers = sorted(found, key=lambda n: [int(d) for d in _DIGITS.findall(n)])
            word = (_PLURALS if len(numbers) > 1 else _LOCATORS).get(kind, _LOCATORS[kind])
            place = f"{called}, {word}{', '.join(numbers)}"
            parts.append(f"{place}, {versions}" if versions else place)
        quoted[name] = "; ".join(parts)
    return quoted


def basis_in_print(entry: Entry, dataset: Dataset) -> str:
    """Return the legal basis of a statement as it is quoted, or an empty text."""
    basis = getattr(entry.record, "basis", ())
    return "; ".join(name_provision(value, entry, dataset) for value in basis)


def name_provision(value: Provision, entry: Entry, dataset: Dataset) -> str:
    """Return a provision as it is quoted: the name of the act, and the article."""
    label = name_of(dataset.entries[(entry.state, "", "act", value.act)])
    return f"{label}, art. {value.article}" if value.article else label


def name_of(entry: Entry) -> str:
    """Return the first label of a thing."""
    assert isinstance(entry.record, Thing)  # noqa: S101 - the links were checked
    return entry.record.label.names[0][1][0]
