"""The axioms of an explanation: how Pellet writes each form, and how we say it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.vocabulary import expand

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FORMS = [
    ("type", r"(\S+) type (\S+)", "{0} is {a1}."),
    ("irreflexive", r"Irreflexive (\S+)", "Nothing has “{0}” to itself."),
    ("asymmetric", r"Asymmetric (\S+)",
     "Where one thing has “{0}” to another, the other never has it to the first."),
    ("domain", r"(\S+) domain (\S+)", "Whatever has “{0}” is {a1}."),
    ("range", r"(\S+) range (e\d+)", "Whatever “{0}” leads to is {a1}."),
    ("datatype", r"(\S+) range (\S+)", "Every value of “{0}” is of the type {1}."),
    ("above", r"(\S+) subPropertyOf (\S+)", "Whatever has “{0}” to a thing has “{1}” to it."),
    ("inverse", r"(\S+) inverseOf (\S+)", "“{0}” is “{1}” in the other direction."),
    ("value", r"(\S+) equivalentTo (\S+) value (\S+)",
     "Whatever has “{1}” {2}, and nothing else, is {a0}."),
    ("subclass", r"(\S+) subClassOf (\S+)", "Every {0} is {a1}."),
    ("apart", r"(\S+) propertyDisjointWith (\S+)",
     "“{0}” and “{1}” never lead from one thing to the same thing."),
    ("disjoint", r"(\S+) disjointWith (\S+)", "Nothing is {a0} and {a1} at once."),
    ("link", r"(e\d+) (e\d+) (.+)", "{0} — {1} — {2}."),
]  # fmt: skip
"""How Pellet writes each form of axiom, and how we say it; data first, then the ontology."""
_LADDERS = ("subclass", "above")
"""The forms of which one leads to the next; they are shown from below."""
_MUTUAL = ("apart", "disjoint")
"""The forms that say the same in both directions."""
FACTS = ("type", "link")
"""The forms that say something of one thing, and not of all."""


class Axiom(NamedTuple):
    """One axiom of an explanation: its form, its terms as IRIs or literals, and Pellet's line."""

    form: str
    terms: tuple[str, ...]
    line: str

    @property
    def fact(self) -> tuple[str, str, str] | None:
        """What it says of one thing, as IRIs or the literal as Pellet writes it; else None."""
        if self.form == "type":
            return (self.terms[0], expand("rdf:type"), self.terms[1])
        if self.form == "link":
            return (self.terms[0], self.terms[1], self.terms[2])
        return None


def read_axiom(line: str, known: Mapping[str, str]) -> Axiom:
    """Return the axiom in a line of Pellet, with the IRIs of the short names that are known."""
    full = re.sub(r"\be\d+\b", lambda match: known.get(match[0], match[0]), line)
    for form, pattern, _ in FORMS:
        match = re.fullmatch(pattern, line)
        if match:
            terms = [known.get(term, term) for term in match.groups()]
            return Axiom(form, tuple(sorted(terms) if form in _MUTUAL else terms), full)
    return Axiom("", (), full)


def order_axioms(axioms: Sequence[Axiom]) -> list[Axiom]:
    """Return axioms as they are read best: the facts first, then what the ontology says of all."""
    order = [form for form, _, _ in FORMS]

    def rank(axiom: Axiom) -> tuple[bool, int, int, tuple[str, ...]]:
        place = order.index(axiom.form) if axiom.form else len(order)
        return (axiom.fact is None, place, _count_below(axiom, axioms), axiom.terms)

    return sorted(axioms, key=rank)


def _count_below(axiom: Axiom, all_: Sequence[Axiom]) -> int:
    """Return how many of the axioms lead up to one, class by class or property by property."""
    if axiom.form not in _LADDERS:
        return 0
    others = [a for a in all_ if a.form == axiom.form and a != axiom]
    below = [a for a in others if a.terms[1] == axiom.terms[0]]
    return max((1 + _count_below(a, others) for a in below), default=0)
