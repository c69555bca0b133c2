"""Axioms in words: what things and terms are called, and where they are written."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal

from kg import place
from kg.axiom import FACTS, FORMS
from kg.iri import read_iri
from kg.vocabulary import ID, PREFIXES, expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import Quad

    from kg.axiom import Axiom


class Place(NamedTuple):
    """Where something is written: a file of the data or of the ontology, and the line."""

    file: str
    line: int


class Sentence(NamedTuple):
    """One axiom in words. `places` are those of the records, or of the term in the ontology."""

    says: str
    is_data: bool
    places: tuple[Place, ...]


class _Index(NamedTuple):
    """Labels, places of records, what leads to what, and places of terms, all by IRI."""

    labels: dict[str, str]
    records: dict[str, Place]
    leading: dict[str, list[str]]
    terms: dict[str, Place]


class Names:
    """What things and terms are called, and where the records and terms are written."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        """Keep the quads of the ontology and of some States; they are read when first needed."""
        self._quads = quads

    @functools.cached_property
    def _index(self) -> _Index:
        labels: dict[str, str] = {}
        leading: dict[str, list[str]] = {}
        files, lines = {}, {}
        label, file, line = expand("rdfs:label"), expand("pol:file"), expand("pol:line")
        for quad in self._quads:
            subject, predicate, target = read_iri(quad.subject), quad.predicate.value, quad.object
            if not isinstance(target, Literal):
                leading.setdefault(read_iri(target), []).append(subject)
            elif predicate == label and target.language in {None, "en"}:
                labels.setdefault(subject, target.value)
            elif predicate == file:
                files[subject] = target.value
            elif predicate == line:
                lines[subject] = int(target.value)
        records = {name: Place(files[name], lines.get(name, 1)) for name in files}
        return _Index(labels, records, leading, dict(_list_terms()))

    def say(self, axiom: Axiom, *, is_data: bool) -> Sentence:
        """Return an axiom in words, with where the data, or else the ontology, has it."""
        template = next((words for form, _, words in FORMS if form == axiom.form), "")
        if not template:
            return Sentence(axiom.line, is_data=False, places=())
        names = [self.name(term) for term in axiom.terms]
        articled = {f"a{n}": add_article(name) for n, name in enumerate(names)}
        if axiom.form in FACTS:
            bare = [name if n == 1 or name.startswith('"') else f"“{name}”"
                    for n, name in enumerate(names)]  # fmt: skip
        else:
            bare = [lower_name(name) for name in names]
        find = self._find_records if is_data else self._find_terms
        places = find(axiom.terms)
        return Sentence(template.format(*bare, **articled), is_data, tuple(places))

    def name(self, term: str) -> str:
        """Return the English label of a node or a term, or what its IRI says of it."""
        index = self._index
        if term in index.labels:
            return index.labels[term]
        for whole in _list_wholes(term):
            if whole in index.labels and whole in index.records:
                return f"{term[len(whole) + 1 :].replace('/', ' ')} of {index.labels[whole]}"
        return _read_out(term)

    def _find_records(self, terms: Sequence[str]) -> list[Place]:
        """Return the places of the records that state a fact, which has a node for its subject.

        A record states what is said of itself. What is no record, such as a citation or an
        article, is stated by the records that lead to it, or is a part of one, such as a step.
        """
        index = self._index
        found: set[Place] = set()
        waiting, seen = [terms[0]], {terms[0]}
        while waiting:
            current = waiting.pop()
            if current in index.records:
                found.add(index.records[current])
                continue
            wholes = (whole for whole in _list_wholes(current) if whole in index.records)
            leading = set(index.leading.get(current) or [next(wholes, current)]) - seen
            waiting += leading
            seen |= leading
        return sorted(found)

    def _find_terms(self, terms: Sequence[str]) -> list[Place]:
        """Return the place of the term in whose block an axiom stands: it leads to the others."""
        index = self._index
        first = [
            term
            for term in terms
            if any(term in index.leading.get(other, ()) for other in terms if other != term)
        ]
        return [index.terms[term] for term in [*first, *terms] if term in index.terms][:1]


def _list_wholes(iri: str) -> Iterator[str]:
    """Yield what a node may be a part of by its IRI, the nearest first; a State has no parts."""
    while "/" in iri.removeprefix(ID):
        iri = iri.rpartition("/")[0]
        if "/" in iri.removeprefix(ID):
            yield iri


def _list_terms() -> Iterator[tuple[str, Place]]:
    """Yield each term of the ontology with the place where its block begins."""
    for path in sorted(place.bundled("ontology").glob("*.ttl"), reverse=True):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            prefix, colon, _ = line.partition(":")
            if colon and prefix in PREFIXES:
                yield expand(line.strip()), Place(f"ontology/{path.name}", number)


def _read_out(term: str) -> str:
    """Return what an IRI says of itself: `post in` for org:postIn; a literal stands as it is."""
    for base in PREFIXES.values():
        if term.startswith(base) and re.fullmatch(r"\w+", term[len(base) :]):
            return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", term[len(base) :]).lower()
    return term.removeprefix(ID)


def add_article(name: str) -> str:
    """Return the name of a class with its article: `a court`, `an act`, `a State body`."""
    shown = lower_name(name)
    vowel = shown[:1] in "aeio" or (shown.startswith("un") and not shown.startswith("unit"))
    return f"{'an' if vowel else 'a'} {shown}"


def lower_name(name: str) -> str:
    """Return the name of a class in small letters, but for the word State."""
    return name if name.startswith("State") else name[:1].lower() + name[1:]
