"""A term that was published is a promise: it stays, and says what took its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import RdfFormat, parse

from kg.build import read_modules
from kg.contents import list_terms
from kg.vocabulary import PREFIXES, expand

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parent.parent


def find_broken_promises(published: Iterable[str], quads: Iterable[Any]) -> list[str]:
    """Return what is wrong with terms that were published, one sentence a fault.

    A term must be there. If it is deprecated, what `dcterms:isReplacedBy` names must be a term
    that is not, and it may have no axiom.
    """
    said: dict[str, dict[str, list[Any]]] = {}
    for quad in quads:
        subject = said.setdefault(getattr(quad.subject, "value", ""), {})
        subject.setdefault(quad.predicate.value, []).append(quad.object)
    gone = [f"{term} is gone" for term in published if term not in said]
    deprecated = {term for term, about in said.items() if expand("owl:deprecated") in about}
    wrong = []
    for term in sorted(deprecated):
        about = said[term]
        wrong += [
            f"{term} is replaced by {other.value}, which is none"
            for other in about.get(expand("dcterms:isReplacedBy"), [])
            if other.value not in said or other.value in deprecated
        ]
        axioms = [p for p in about if p.startswith((PREFIXES["owl"], PREFIXES["rdfs"] + "sub"))]
        if axioms != [expand("owl:deprecated")]:
            wrong.append(f"{term} is deprecated and has axioms")
    return gone + wrong


def read(block: str) -> list[Any]:
    """Return the quads of Turtle with our prefixes."""
    head = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items())
    return list(parse(head + block, format=RdfFormat.TURTLE))


def test_no_published_term_is_gone() -> None:
    """Every term of `ontology/terms.txt` is defined, or deprecated with what replaced it."""
    published = (ROOT / "ontology" / "terms.txt").read_text("utf-8").split()
    quads = [quad for module in read_modules().values() for quad in module]
    assert len(published) > 200
    assert published == sorted(set(published))
    assert find_broken_promises(published, quads) == []


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("pol:new a owl:Class .", ["pol:old is gone"]),
        ("pol:new a owl:Class . pol:old a owl:Class ; owl:deprecated true .", []),
        (
            "pol:old a owl:Class; owl:deprecated true; dcterms:isReplacedBy pol:n . pol:n a 1 .",
            [],
        ),
        (
            "pol:old a owl:Class ; owl:deprecated true ; dcterms:isReplacedBy pol:newer .",
            ["pol:old is replaced by pol:newer, which is none"],
        ),
        (
            "pol:old a owl:Class ; owl:deprecated true ; rdfs:subClassOf owl:Thing .",
            ["pol:old is deprecated and has axioms"],
        ),
    ],
)
def test_a_term_that_is_given_up_stays_without_axioms(block: str, expected: list[str]) -> None:
    """Removed is wrong; deprecated is right, with a replacement that exists if there is one."""
    found = find_broken_promises([expand("pol:old")], read(block))
    assert [text.replace(expand("pol:"), "pol:") for text in found] == expected


def test_the_list_of_terms_has_ours_and_no_header() -> None:
    """Terms of others and the headers of the modules are not ours to promise."""
    quads = read(
        "pol:x a owl:Class . org:Post a owl:Class . _:b a owl:Restriction . "
        "<https://w3id.org/politeia/ontology> a owl:Ontology . role:elects a skos:Concept ."
    )
    assert list_terms({"one": quads}) == [expand("pol:x"), expand("role:elects")]
