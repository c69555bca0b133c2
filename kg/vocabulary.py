"""The IRIs that the library mints and the terms of others that it writes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

BASE: Final = "https://w3id.org/politeia/"
ONTOLOGY: Final = BASE + "ontology#"
ID: Final = BASE + "id/"
GRAPH: Final = BASE + "graph/"

PREFIXES: Final = {
    "base": BASE + "base/",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "end": BASE + "end/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "pol": ONTOLOGY,
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "relation": BASE + "relation/",
    "role": BASE + "role/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def expand(name: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Return the IRI of a prefixed name such as ``pol:fills``; an unknown prefix is a KeyError."""
    prefix, _, local = name.partition(":")
    return prefixes[prefix] + local


def find_names(query: str) -> frozenset[str]:
    """Return the IRIs that a query names with our prefixes, or by `a`.

    A query that names all its properties sees nothing else of a graph.
    """
    names = re.findall(rf"\b(?:{'|'.join(PREFIXES)}):\w+", query)
    types = [expand("rdf:type")] if re.search(r"\sa\s", query) else []
    return frozenset([*map(expand, names), *types])


def graph_iri(state: str, layer: str) -> str:
    """Return the IRI of one named graph of a State: asserted, derived or provenance."""
    return f"{GRAPH}{state}/{layer}"
