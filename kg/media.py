"""The formats of what is published: by the end of a file's name, as every module takes them."""

from __future__ import annotations

from typing import Final

from pyoxigraph import RdfFormat

FORMATS: Final = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
}
"""The formats of a dump; the RDF library knows the name and the media type of each."""
TRIPLE_FORMATS: Final = ("ttl", "nt", "jsonld")
"""Those of them that know no graphs."""
PAGE_FORMATS: Final = ("ttl", "jsonld")
"""Those that stand beside each page of the site."""
MEDIA: Final = {ending: form.media_type for ending, form in FORMATS.items()} | {
    "rq": "application/sparql-query",
    "owl": RdfFormat.RDF_XML.media_type,
    "xml": "application/xml",
    "tsv": "text/tab-separated-values",
    "md": "text/markdown",
    "rdfp": "application/rdf-patch",
    "cff": "application/yaml",
    "html": "text/html",
    "css": "text/css",
    "svg": "image/svg+xml",
    "json": "application/json",
}
"""The media type of a file; what is not here is plain text."""


def find_ending(name: str) -> str:
    """Return the end of a file's name by which its format goes, also where it is packed."""
    return name.removesuffix(".gz").rpartition(".")[2]
