"""The axioms of a term in words, with links to the terms that they name.

The forms and the words are those of the explanations of `politeia reason`; what no explanation
needs, a property chain or a property of a thing to itself, is said here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup
from pyoxigraph import BlankNode, Literal

from kg.axiom import FORMS
from kg.vocabulary import expand
from kg.wording import add_article, lower_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.site.term import Said

_WORDS = {form: words for form, _, words in FORMS}
_PAIRS = {
    "rdfs:domain": "domain",
    "rdfs:range": "range",
    "rdfs:subClassOf": "subclass",
    "rdfs:subPropertyOf": "above",
    "owl:inverseOf": "inverse",
    "owl:propertyDisjointWith": "apart",
}
_SORTS = {"owl:AsymmetricProperty": "asymmetric", "owl:IrreflexiveProperty": "irreflexive"}
_SAME_THING = "Every {0} has “{1}” to itself."
_CHAIN = Markup("Whatever leads along {1} to a thing has “{0}” to it.")


class Speaker:
    """Says axioms, with the names of terms and the links to them."""

    def __init__(
        self,
        name: Callable[[str], str],
        link: Callable[[str], str],
        trace: Callable[[str, str], list[str]],
    ) -> None:
        """Take what gives an IRI its name, its link, and the terms that lead to it by another."""
        self._name, self._link, self._trace = name, link, trace

    def list_axioms(self, term: str, said: dict[str, Said]) -> Iterator[Markup]:
        """Yield what holds of a term by its module, as sentences."""
        says = said[term]
        for name, form in _PAIRS.items():
            for value in says.get(expand(name), ()):
                if isinstance(value, BlankNode):
                    yield from self._say_restriction(term, value.value, said)
                elif name == "rdfs:range" and expand("owl:DatatypeProperty") in {
                    v.value for v in says[expand("rdf:type")]
                }:
                    yield self._say(_WORDS["datatype"], term, value.value)
                else:
                    yield self._say(_WORDS[form], term, value.value)
        for value in says.get(expand("owl:equivalentClass"), ()):
            yield from self._say_restriction(term, value.value, said)
        for name, form in _SORTS.items():
            if any(v.value == expand(name) for v in says.get(expand("rdf:type"), ())):
                yield self._say(_WORDS[form], term)
        for value in says.get(expand("owl:propertyChainAxiom"), ()):
            links = [self._quote(link) for link in _read_list(value.value, said)]
            yield _CHAIN.format(self._refer(term), Markup(", then ").join(links))
        yield from self._say_disjoint(term, said)

    def _say(self, words: str, *terms: str) -> Markup:
        articled = {f"a{n}": self._refer(term, articled=True) for n, term in enumerate(terms)}
        return Markup(words).format(  # noqa: S704 - the words are ours
            *map(self._refer, terms), **articled
        )

    def _say_restriction(self, term: str, node: str, said: dict[str, Said]) -> Iterator[Markup]:
        restriction = said.get(node, {})
        for property_ in restriction.get(expand("owl:onProperty"), ()):
            for value in restriction.get(expand("owl:hasValue"), ()):
                yield self._say(_WORDS["value"], term, property_.value, value.value)
            if restriction.get(expand("owl:hasSelf")):
                yield self._say(_SAME_THING, term, property_.value)

    def _say_disjoint(self, term: str, said: dict[str, Said]) -> Iterator[Markup]:
        """Yield one sentence for all classes that are apart from one, whichever of them says so."""
        key = expand("owl:disjointWith")
        others = {v.value for v in said[term].get(key, ()) if not isinstance(v, Literal)}
        others |= set(self._trace(term, key))
        if len(others) == 1:
            yield self._say(_WORDS["disjoint"], term, *others)
        elif others:
            named = [
                self._refer(o, articled=True)
                for o in sorted(others, key=lambda term: (self._name(term), term))
            ]
            yield Markup("Nothing is {} and at once one of these: {}.").format(
                self._refer(term, articled=True), Markup(", ").join(named)
            )

    def _refer(self, term: str, *, articled: bool = False) -> Markup:
        name = self._name(term)
        article = add_article(name).partition(" ")[0] + " " if articled else ""
        return Markup('{}<a href="{}">{}</a>').format(article, self._link(term), lower_name(name))

    def _quote(self, term: str) -> Markup:
        return Markup("“{}”").format(self._refer(term))


def _read_list(node: str, said: dict[str, Said]) -> Iterator[str]:
    first, rest = expand("rdf:first"), expand("rdf:rest")
    while node in said:
        (value,) = said[node][first]
        yield value.value
        (following,) = said[node][rest]
        node = following.value
