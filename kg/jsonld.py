"""JSON-LD that programmers read: short names by a published context, one node a line.

The context is made from the ontology alone, so that it is the same for every dump of one version.
A dump carries a copy of it, because a reader without network cannot fetch the published one. Who
only refers to that sets `@base` as well: by JSON-LD 1.1 a context from elsewhere has no base.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from kg.turtle import find_place, shorten_below
from kg.vocabulary import BASE, ONTOLOGY, PREFIXES, expand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_TYPE = expand("rdf:type")
_KINDS = {
    expand("owl:ObjectProperty"): {"@type": "@id"},
    expand("owl:DatatypeProperty"): {},
    expand("owl:AnnotationProperty"): {},
}
_NATIVE: dict[str, Callable[[str], object]] = {
    expand("xsd:integer"): int,
    expand("xsd:boolean"): lambda text: text == "true",
}
_OTHERS = {prefix: space for prefix, space in PREFIXES.items() if not space.startswith(BASE)}
_SPACES = [(space, prefix) for prefix, space in _OTHERS.items()] + [(ONTOLOGY, "pol")]
_BUILT_IN = {"label": {"@id": "rdfs:label"}, "rdf:value": {"@id": "rdf:value"}}
"""Terms that every ontology has without declaring them."""


def make_context(ontology: Iterable[Any]) -> dict[str, Any]:
    """Return the context: the prefixes, and a term for each property that the ontology names.

    A property of ours goes by its own name (`fills`), one of others with its prefix
    (`dcterms:title`); what leads to a thing has its IRI as a plain text.
    """
    terms: dict[str, Any] = dict(_BUILT_IN)
    for quad in ontology:
        kind = _KINDS.get(quad.object.value) if isinstance(quad.object, NamedNode) else None
        if quad.predicate.value == _TYPE and kind is not None:
            iri = quad.subject.value
            term = {"@id": _compact(iri), **kind}
            known = terms.setdefault(_name(iri), term)
            known.update(term)
    return {
        "@base": BASE,
        "id": "@id",
        "type": "@type",
        "pol": ONTOLOGY,
        **_OTHERS,
        **{name: terms[name] for name in sorted(terms)},
    }


def render_context(context: Mapping[str, Any]) -> bytes:
    """Return the context as a file of its own, as it is published."""
    return (json.dumps({"@context": context}, ensure_ascii=False, indent=1) + "\n").encode()


def render_jsonld(triples: Iterable[Any], context: Mapping[str, Any]) -> bytes:
    """Return triples as JSON-LD in the order of a reader; the triples have no blank node."""
    return b"".join(stream_jsonld([triples], context))


def stream_jsonld(portions: Iterable[Iterable[Any]], context: Mapping[str, Any]) -> Iterator[bytes]:
    """Yield the same in pieces, one for each portion of triples; no two have the same subject."""
    writer = _Writer(context)
    yield f'{{"@context":{_dump(context)},\n"@graph":['.encode()
    separator = "\n"
    for triples in portions:
        about: dict[str, list[Any]] = {}
        for triple in triples:
            about.setdefault(str(triple.subject), []).append(triple)
        places = sorted((find_place(subject), subject) for subject in about)
        nodes = [_dump(writer.write_node(about[subject])) for _, subject in places]
        if nodes:
            yield (separator + ",\n".join(nodes)).encode()
            separator = ",\n"
    yield b"\n]}\n"


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _compact(iri: str) -> str:
    """Return an IRI with its prefix, or as it is if nothing safe remains behind a prefix."""
    for space, prefix in _SPACES:
        rest = iri.removeprefix(space)
        if rest != iri and rest and rest.replace("-", "").replace("_", "").isalnum():
            return f"{prefix}:{rest}"
    return iri


def _name(iri: str) -> str:
    if iri == expand("rdfs:label"):
        return "label"
    return iri.removeprefix(ONTOLOGY) if iri.startswith(ONTOLOGY) else _compact(iri)


class _Writer:
    """Writes nodes by one context."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        self.context = context
        self.names: dict[str, str] = {}

    def write_node(self, triples: list[Any]) -> dict[str, Any]:
        subject = triples[0].subject.value
        found: dict[str, list[Any]] = {}
        for triple in sorted(triples, key=str):
            iri = triple.predicate.value
            name = self.names.get(iri) or self.names.setdefault(iri, self._choose(iri))
            found.setdefault(name, []).append(self._write_value(name, triple.object))
        node: dict[str, Any] = {"id": shorten_below(subject, BASE) or _compact(subject)}
        for name in sorted(found, key=lambda name: (name != "type", name)):
            values = found[name]
            node[name] = values[0] if len(values) == 1 else values
        return node

    def _choose(self, iri: str) -> str:
        if iri == _TYPE:
            return "type"
        name = _name(iri)
        # A term that the context lacks is written in full, so that nothing is lost.
        return name if name in self.context else _compact(iri)

    def _write_value(self, name: str, value: Any) -> Any:
        term = self.context.get(name)
        coerced = isinstance(term, dict) and term.get("@type") == "@id"
        if isinstance(value, Literal):
            written = self._write_literal(value)
            # A bare value under such a term would be read back as an IRI.
            return {"@value": written} if coerced and not isinstance(written, dict) else written
        if name == "type":  # an IRI in the vocabulary, which the base does not shorten
            return _compact(value.value)
        iri = shorten_below(value.value, BASE) or _compact(value.value)
        return iri if coerced else {"id": iri}

    def _write_literal(self, value: Literal) -> Any:
        if value.language:
            return {"@language": value.language, "@value": value.value}
        datatype = value.datatype.value
        if datatype == expand("xsd:string"):
            return value.value
        native = _NATIVE.get(datatype)
        if native:
            read = native(value.value)
            if _dump(read) == value.value:  # else the lexical form would be lost
                return read
        return {"@type": _compact(datatype), "@value": value.value}
