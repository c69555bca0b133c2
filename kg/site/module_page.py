"""The pages of the ontology: one a module, and one on which every term has its fragment."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from pyoxigraph import Literal, NamedNode

from kg.site.axiom_text import Speaker
from kg.site.fact import Line, Shown
from kg.site.render import BESIDE
from kg.site.term import list_texts, name_anchor, trace_terms
from kg.vocabulary import ONTOLOGY, PREFIXES, expand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kg.site.address import Addresses
    from kg.site.index import Index
    from kg.site.render import Place
    from kg.site.term import Module, Said

_HEADER = {
    "owl:versionInfo": "Version", "owl:versionIRI": "IRI of the version",
    "owl:imports": "Imports", "dcterms:creator": "By", "dcterms:issued": "Issued",
    "dcterms:license": "Licence", "dcterms:conformsTo": "Profile",
    "dcterms:bibliographicCitation": "To cite it",
}  # fmt: skip
_LINKS = {
    "skos:editorialNote": "Note", "skos:inScheme": "In the scheme",
    "schema:domainIncludes": "Stands at", "schema:rangeIncludes": "Leads to",
    "pol:arrowOfSelection": "Arrow where an office is filled",
    "pol:arrowOfRemoval": "Arrow where an office is emptied",
    "pol:arrowOfProcedure": "Arrow in a procedure",
    "pol:arrowOfSubordination": "Arrow", "pol:arrowOfSuccession": "Arrow of succession",
}  # fmt: skip
_BACK = {
    "rdfs:subClassOf": "Narrower", "rdfs:domain": "Properties that it has",
    "rdfs:range": "Properties that lead to it", "skos:inScheme": "Its concepts",
    "schema:domainIncludes": "May also have", "schema:rangeIncludes": "May also be led to by",
}  # fmt: skip
_MATCHES = ("skos:closeMatch", "skos:exactMatch", "skos:broadMatch", "skos:narrowMatch",
            "skos:relatedMatch")  # fmt: skip
_MOST_EXAMPLES = 3
_SCHEMA = "https://schema.org/"


class Manual:
    """Tells what each term means and where the data uses it."""

    def __init__(self, modules: Sequence[Module], index: Index, addresses: Addresses) -> None:
        """Join what all modules say of each term, and count the properties of the data."""
        self._modules, self._index, self._addresses = modules, index, addresses
        self.said: dict[str, Said] = {}
        for module in modules:
            for node, says in module.said.items():
                for property_, values in says.items():
                    self.said.setdefault(node, {}).setdefault(property_, []).extend(values)
        self._led = trace_terms(self.said)
        self._data = set(index.nodes)
        self._used: Counter[str] = Counter()
        for node in index.nodes:
            for property_, values in index.out[node].items():
                self._used[property_] += len(values)

    def gather_module(self, module: Module, path: Sequence[Place]) -> dict[str, Any]:
        """Return what the template `module.html` shows of a module, by name."""

        def link(iri: str) -> str:
            return self._addresses.link(module.page, iri)

        groups = [
            {
                "title": title,
                "anchor": "sort-" + title.lower().replace(" ", "-"),
                "terms": [self._tell_term(term, link) for term in sorted(terms, key=self._name)],
            }
            for title, terms in module.terms.items()
            if terms
        ]
        return self._gather_header(module, link) | {"path": path, "groups": groups}

    def gather_ontology(self, module: Module, path: Sequence[Place]) -> dict[str, Any]:
        """Return what the template `ontology.html` shows: the modules and all of our terms."""

        def link(iri: str) -> str:
            return self._addresses.link(module.page, iri)

        terms = {term for m in self._modules for found in m.terms.values() for term in found}
        return self._gather_header(module, link) | {
            "path": path,
            "modules": [
                {
                    "link": link(m.iri),
                    "title": _first(m.header, "dcterms:title"),
                    "description": _first(m.header, "dcterms:description"),
                    "number": sum(map(len, m.terms.values())),
                }
                for m in self._modules
                if m.iri != module.iri
            ],
            "terms": [
                {
                    "anchor": name_anchor(term),
                    "link": link(term),
                    "short": shorten(term),
                    "definition": _first(self.said[term], "skos:definition"),
                }
                for term in sorted(terms, key=lambda term: (shorten(term).lower(), term))
                if term.startswith(ONTOLOGY)
            ],
        }

    def _gather_header(self, module: Module, link: Callable[[str], str]) -> dict[str, Any]:
        lines = [
            Line(words, "", [self._show(v, link) for v in module.header.get(expand(name), ())])
            for name, words in _HEADER.items()
        ]
        return {
            "title": _first(module.header, "dcterms:title"),
            "description": _first(module.header, "dcterms:description"),
            "iri": module.iri,
            "formats": BESIDE,
            "header": [line for line in lines if line.values],
        }

    def _name(self, term: str) -> str:
        """Return the label of one of our terms, and a prefixed name for those of others."""
        return (
            self._index.name(term)
            if list_texts(self.said.get(term, {}), "rdfs:label")
            else (shorten(term))
        )

    def _tell_term(self, term: str, link: Callable[[str], str]) -> dict[str, Any]:
        says = self.said[term]
        labels: dict[str, list[str]] = {}
        for text, language in list_texts(says, "rdfs:label"):
            labels.setdefault(language, []).append(text)
        examples = [text for text, _ in list_texts(says, "skos:example")]
        number, found = self._count(term)
        return {
            "anchor": name_anchor(term),
            "name": self._name(term),
            "iri": term,
            "labels": sorted(labels.items()),
            "definitions": [Shown(t, "", lang) for t, lang in list_texts(says, "skos:definition")],
            "examples": [text for text in examples if not text.startswith("Not: ")],
            "counter_examples": [
                text[5:6].upper() + text[6:] for text in examples if text.startswith("Not: ")
            ],
            "axioms": list(Speaker(self._name, link, self._trace).list_axioms(term, self.said)),
            "alignments": list(self._list_matches(term, link)),
            "lines": [*self._list_links(term, link), *self._list_back(term, link)],
            "use": number,
            "use_examples": [Shown(self._index.name(iri), link(iri)) for iri in found],
        }

    def _list_links(self, term: str, link: Callable[[str], str]) -> Iterator[Line]:
        for name, words in _LINKS.items():
            values = self.said[term].get(_widen(name), ())
            if values:
                yield Line(words, "", [self._show(value, link) for value in values])

    def _list_back(self, term: str, link: Callable[[str], str]) -> Iterator[Line]:
        for name, words in _BACK.items():
            nodes = self._trace(term, _widen(name))
            if nodes:
                shown = sorted(Shown(self._name(node), link(node)) for node in nodes)
                yield Line(words, "", shown)

    def _list_matches(self, term: str, link: Callable[[str], str]) -> Iterator[Markup]:
        for name in _MATCHES:
            words = {"close": "close to", "exact": "the same as", "broad": "narrower than",
                     "narrow": "wider than", "related": "related to"}[name[5:-5]]  # fmt: skip
            others = [v.value for v in self.said[term].get(expand(name), ())]
            others += self._trace(term, expand(name))
            for other in others:
                yield Markup('{} <a href="{}">{}</a>').format(words, link(other), shorten(other))

    def _trace(self, term: str, property_: str) -> list[str]:
        """Return the nodes of the ontology from which a property leads to a term."""
        return self._led.get(term, {}).get(property_, [])

    def _count(self, term: str) -> tuple[str, list[str]]:
        """Return in words how often the data uses a term, and the first nodes that do."""
        into = self._index.into.get(term, {})
        data = {p: [n for n in nodes if n in self._data] for p, nodes in into.items()}
        of_class = data.pop(expand("rdf:type"), [])
        if of_class:
            number = len(of_class)
            are = "node is" if number == 1 else "nodes are"
            return f"{number} {are} of it", of_class[:_MOST_EXAMPLES]
        if self._used[term]:
            return f"stated {self._used[term]} time" + "s" * (self._used[term] > 1), []
        led = sorted({node for nodes in data.values() for node in nodes})
        if led:
            number = len(led)
            return f"{number} node{'s' * (number > 1)} lead{'s' * (number == 1)} to it", led[
                :_MOST_EXAMPLES
            ]
        return "not used", []

    def _show(self, value: NamedNode | Literal, link: Callable[[str], str]) -> Shown:
        if isinstance(value, Literal):
            return Shown(value.value, "", value.language or "")
        name = self._name(value.value)
        return Shown(name, link(value.value))


def shorten(iri: str) -> str:
    """Return a prefixed name where there is a prefix for it, else what follows the host."""
    for prefix, base in sorted(PREFIXES.items(), key=lambda item: -len(item[1])):
        if iri.startswith(base):
            return f"{prefix}:{iri[len(base) :]}"
    return iri


def _widen(name: str) -> str:
    return _SCHEMA + name[7:] if name.startswith("schema:") else expand(name)


def _first(says: Said, name: str) -> str:
    return next((text for text, _ in list_texts(says, name)), "")
