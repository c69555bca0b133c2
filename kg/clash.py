"""Why some statements cannot be true together: a minimal set of axioms, in words, with places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from kg.axiom import order_axioms, read_axiom
from kg.iri import read_iri
from kg.logic import write_axioms
from kg.reasoner import explain
from kg.vocabulary import expand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.axiom import Axiom
    from kg.wording import Names, Sentence

_KEPT = tuple(expand(prefix + ":") for prefix in ("owl", "rdf", "rdfs", "xsd"))
_SHORT = "urn:x:#"


class Clash(NamedTuple):
    """Statements that cannot be true together; without any one of them they can.

    There are no sentences where Pellet does not see what HermiT sees. `triples` are those of the
    data that take part.
    """

    sentences: tuple[Sentence, ...]
    triples: tuple[Triple, ...] = ()


def find_clash(
    axioms: Sequence[Triple], data: Sequence[Triple], names: Names, empty_class: str = ""
) -> Clash:
    """Return why axioms of the ontology and triples of the data cannot be true together.

    With a class it is why nothing can be in that class.
    """
    found = find_axioms([*axioms, *data], empty_class)
    taking_part: list[Triple] = []
    sentences = []
    for axiom in found:
        mine = [t for t in data if axiom.fact and _says(t, axiom.fact)]
        taking_part += mine
        sentences.append(names.say(axiom, is_data=bool(mine)))
    return Clash(tuple(sentences), tuple(taking_part))


def _says(triple: Triple, fact: tuple[str, str, str]) -> bool:
    """Tell whether a triple says a fact; Pellet writes literals in its own way."""
    subject, predicate, target = fact
    if (read_iri(triple.subject), triple.predicate.value) != (subject, predicate):
        return False
    return isinstance(triple.object, Literal) or read_iri(triple.object) == target


def find_axioms(axioms: Sequence[Triple], empty_class: str = "") -> list[Axiom]:
    """Return a minimal set of axioms that cannot be true together, or that empty a class."""
    names: dict[str, str] = {}
    text = write_axioms(Triple(*(_shorten(term, names) for term in t)) for t in axioms)
    known = {short: iri for iri, short in names.items()}
    lines = explain(text, f"{_SHORT}{names[empty_class]}" if empty_class else "")
    return order_axioms([read_axiom(line, known) for line in lines])


def _shorten(term: Any, names: dict[str, str]) -> Any:
    """Return an IRI that Pellet, which prints the last part of each, cannot confuse."""
    if not isinstance(term, NamedNode) or term.value.startswith(_KEPT):
        return term
    return NamedNode(_SHORT + names.setdefault(term.value, f"e{len(names)}"))
