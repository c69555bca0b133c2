"""What a page shows as data: Turtle and JSON-LD beside it, and a summary for search engines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from markupsafe import Markup
from pyoxigraph import NamedNode, Triple

from kg.dump import render_triples
from kg.site.render import BESIDE
from kg.turtle import write_turtle
from kg.vocabulary import BASE, expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.site.index import Index

_LICENCE = NamedNode("https://creativecommons.org/licenses/by/4.0/")
_KINDS = {
    "pol:Person": "Person",
    "pol:LegalAct": "Legislation",
    "pol:Treaty": "Legislation",
    "pol:Provision": "Legislation",
    "pol:State": "Country",
    "pol:StateBody": "GovernmentOrganization",
    "pol:Body": "Organization",
    "pol:Source": "CreativeWork",
    "pol:Statement": "Claim",
}
"""The class of schema.org for some of ours, the narrower first."""


def write_data(
    page: str, triples: Iterable[Triple], iris: Iterable[str], labels: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """Yield the files beside a page, by name: its triples, and what says that they belong to it.

    `labels` are the names that stand beside the IRIs in Turtle, as kg.turtle.read_labels has them.
    """
    whole = [*triples, *_describe_page(page, iris)]
    yield page + ".ttl", write_turtle(whole, labels).encode()
    yield page + ".jsonld", render_triples(whole, "jsonld")


def _describe_page(page: str, iris: Iterable[str]) -> Iterator[Triple]:
    """Yield of which things a page is, in which formats it can be had, and its licence."""
    document = NamedNode(f"{BASE}{page}.html")
    yield Triple(document, NamedNode(expand("rdf:type")), NamedNode(expand("foaf:Document")))
    yield Triple(document, NamedNode(expand("dcterms:license")), _LICENCE)
    for iri in iris:
        yield Triple(document, NamedNode(expand("foaf:primaryTopic")), NamedNode(iri))
        yield Triple(NamedNode(iri), NamedNode(expand("foaf:isPrimaryTopicOf")), document)
    for format_ in BESIDE:
        other = NamedNode(BASE + page + format_.ending)
        yield Triple(document, NamedNode(expand("dcterms:hasFormat")), other)


def summarize(index: Index, node: str, page: str) -> Markup:
    """Return what a node is in the words of schema.org, as JSON-LD to stand within a page."""
    kinds = set(index.follow(node, "rdf:type"))
    name = next((n for ours, n in _KINDS.items() if expand(ours) in kinds), "Thing")
    summary: dict[str, object] = {
        "@context": {"@vocab": "https://schema.org/"},
        "@id": node,
        "@type": name,
        "name": index.name(node),
        "url": {"@id": f"{BASE}{page}.html"},
    }
    more = {
        "alternateName": index.texts(node, "skos:altLabel"),
        "citation": index.texts(node, "dcterms:bibliographicCitation"),
        "additionalType": [{"@id": kind} for kind in index.kinds(node)],
    }
    summary |= {key: values for key, values in more.items() if values}
    text = json.dumps(summary, ensure_ascii=False, sort_keys=True)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - no tag can begin in it
