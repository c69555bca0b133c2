"""The ontology as files and as a list of terms: in order, and the terms that kg uses.

What a term or a module has to have is held by the rules and shapes that test_lint.py runs.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, get_type_hints
from xml.etree import ElementTree as ET

import pytest
from pyoxigraph import NamedNode
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from triples import make_graph

from kg import place
from kg.graph import camel
from kg.record import ACT_KINDS, BODY_KINDS, KINDS, RELATIONS, ROLES, SeatGroup, Step
from kg.threshold import BASES
from kg.vocabulary import BASE, GRAPH, ONTOLOGY, expand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pyoxigraph import Quad
    from rdflib.term import Node

pytestmark = pytest.mark.xdist_group("ontology")  # rdflib takes seconds to hold the real data
POL = Namespace(ONTOLOGY)
OURS = tuple(expand(prefix + ":") for prefix in ("pol", "role", "relation", "base", "end"))
FOLDER = place.bundled("ontology")
ROOT = FOLDER.parent
MODULES = sorted(FOLDER.glob("*.ttl"))
SECTIONS = [
    "Classes",
    "Concepts",
    "Object properties",
    "Datatype properties",
    "Annotation properties",
    "Mappings",
]
DECLARED_BY = (
    OWL.Class,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
    SKOS.Concept,
    SKOS.ConceptScheme,
)
CHARACTERISTICS = {OWL.AsymmetricProperty, OWL.IrreflexiveProperty}
TARGETS = {
    "Selection": POL.fills,
    "Removal": POL.empties,
    "Succession": POL.vacates,
    "Procedure": POL.concerns,
}
SDO = Namespace("https://schema.org/")
BUILT_IN = (str(RDF), str(RDFS), str(OWL), str(XSD))


def read(*paths: Path) -> Graph:
    """Return the triples of some modules, merged."""
    graph = Graph()
    for path in paths:
        graph.parse(path)
    return graph


ALL = read(*MODULES)
TERMS = sorted(
    {
        term
        for kind in DECLARED_BY
        for term in ALL.subjects(RDF.type, kind)
        if isinstance(term, URIRef) and str(term).startswith(OURS)
    }
)
PROPERTIES = {
    term
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    for term in ALL.subjects(RDF.type, kind)
    if term in TERMS
}
DECLARED = {term for kind in DECLARED_BY for term in ALL.subjects(RDF.type, kind)}


@pytest.fixture(scope="module")
def triples(built: tuple[Sequence[Quad], Sequence[Quad]]) -> list[tuple[Node, Node, Node]]:
    """Return the triples of the real data, asserted and derived, without the ontology."""
    quads, names = built
    ontology = NamedNode(GRAPH + "ontology")
    return list(make_graph(q for q in [*quads, *names] if q.graph_name != ontology))


def name(term: URIRef) -> str:
    """Return a term as people write it, for the names of test cases."""
    return str(term).removeprefix(BASE).removeprefix("ontology#")


def blocks(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the section and the subject of each block of a module, as they stand in the file."""
    section = ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# "):
            section = line[2:]
        elif line and line[0] not in "@#<\t":
            yield section, line


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_is_in_house_order(path: Path) -> None:
    """A module has prefixes, header and sections in order, and terms in order of their names."""
    lines = path.read_text("utf-8").splitlines()
    prefixes = [line for line in lines if line.startswith("@prefix")]
    assert lines[: len(prefixes)] == sorted(set(prefixes))
    assert lines[len(prefixes) + 1].startswith("<" + BASE + "ontology")
    shown = [line[2:] for line in lines if line.startswith("# ")]
    assert shown == [section for section in SECTIONS if section in shown]
    for section in shown:
        subjects = [subject for s, subject in blocks(path) if s == section]
        assert subjects == sorted(set(subjects), key=str.casefold)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_term_stands_in_the_section_of_its_kind(path: Path) -> None:
    """The heading above a term is the kind of term that it is."""
    kinds = dict(zip(SECTIONS, [(OWL.Class,), (SKOS.Concept, SKOS.ConceptScheme),
                                (OWL.ObjectProperty,), (OWL.DatatypeProperty,),
                                (OWL.AnnotationProperty,)], strict=False))  # fmt: skip
    graph = read(path)
    for section, subject in blocks(path):
        term = graph.namespace_manager.expand_curie(subject)
        types = set(graph.objects(term, RDF.type)) - CHARACTERISTICS
        assert types <= set(kinds.get(section, ())), subject
        assert bool(types) == (section != "Mappings"), subject


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_declares_only_the_prefixes_that_it_uses(path: Path) -> None:
    """No prefix stands in the head of a module for nothing."""
    text = path.read_text("utf-8")
    body = re.sub(r'^@prefix.*$|"[^"]*"|<[^>]*>', "", text, flags=re.MULTILINE)
    for prefix in re.findall(r"^@prefix (\w+):", text, re.MULTILINE):
        assert re.search(rf"(?<![\w:]){prefix}:", body), prefix


def test_the_catalogue_maps_every_module_to_its_file() -> None:
    """The OASIS catalogue leads from each module IRI to the file whose header has that IRI."""
    tree = ET.parse(FOLDER / "catalog-v001.xml")  # noqa: S314 - our own file
    mapped = {entry.attrib["name"]: entry.attrib["uri"] for entry in tree.getroot()}
    headers = {
        str(header): path.name
        for path in MODULES
        for header in read(path).subjects(RDF.type, OWL.Ontology)
    }
    assert mapped == headers


def imported(path: Path) -> set[Path]:
    """Return a module with all that it imports, directly or not."""
    found, waiting = set(), [path]
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += [
                FOLDER / (str(iri).rpartition("/")[2] + ".ttl")
                for iri in read(module).objects(None, OWL.imports)
            ]
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_imports_what_its_axioms_use(path: Path) -> None:
    """Every term in an axiom of a module is declared in the module or in what it imports."""
    known = read(*imported(path))
    declared = {term for kind in DECLARED_BY for term in known.subjects(RDF.type, kind)}
    annotations = set(known.subjects(RDF.type, OWL.AnnotationProperty)) | {RDFS.label}
    annotations |= {OWL.imports, OWL.versionIRI, OWL.versionInfo}
    for subject, predicate, value in read(path):
        if predicate in annotations:
            continue
        for term in (subject, predicate, value):
            if isinstance(term, URIRef) and not str(term).startswith(
                (*BUILT_IN, BASE + "ontology/")
            ):
                assert term in declared | {URIRef(BASE + "ontology")}, term


def test_the_data_use_only_declared_terms(triples: list[tuple[Node, Node, Node]]) -> None:
    """Every predicate, class and concept in the built graph is declared, ours and others'."""
    used = {predicate for _, predicate, _ in triples}
    used |= {value for _, predicate, value in triples if predicate == RDF.type}
    used |= {term for triple in triples for term in triple if str(term).startswith(OURS)}
    used = {term for term in used if isinstance(term, URIRef)}
    assert {str(term) for term in used - DECLARED if not str(term).startswith(BUILT_IN)} == set()


def test_code_rules_queries_and_shapes_use_only_declared_terms() -> None:
    """Every prefixed name of ours in a program, a rule, a query or a shape is declared."""
    pattern = re.compile(r"(?<![\w:/-])((?:pol|role|relation|base|end):[A-Za-z][\w-]*)")
    files = [*place.PACKAGE.glob("*.py"), *place.PACKAGE.glob("rules/*.rq")]
    files += [*place.bundled("queries").rglob("*.rq"), *place.bundled("shapes").glob("*.ttl")]
    files += place.bundled("shapes").glob("lint/*.rq")
    unknown = {
        (path.name, found)
        for path in files
        for found in pattern.findall(path.read_text("utf-8"))
        if URIRef(expand(found)) not in DECLARED
    }
    assert unknown == set()


def written_by_records() -> set[URIRef]:
    """Return the properties of ours that the fields of records become."""
    fields = [f for owner in (*KINDS.values(), Step, SeatGroup) for f in dataclasses.fields(owner)
              if f.name not in {"id", "mark", "order", "role"}]  # fmt: skip
    names = {f.metadata.get("term") or "pol:" + camel(f.name) for f in fields}
    hints = {h for owner in KINDS.values() for h in get_type_hints(owner).values()}
    assert hints  # the records can be read
    return {URIRef(expand(n)) for n in names if n.startswith("pol:") and n != "pol:steps"}


def test_every_key_of_a_record_has_a_property() -> None:
    """Each key that a curator may write becomes a declared property."""
    assert written_by_records() <= PROPERTIES


def test_no_property_stands_for_nothing() -> None:
    """Each property is written by a record, by kg or its rules, or carries an arrow, or is one."""
    made = [*place.PACKAGE.glob("*.py"), *place.PACKAGE.glob("rules/*.rq")]
    code = "\n".join(path.read_text("utf-8") for path in made)
    written = {URIRef(expand(found)) for found in re.findall(r"\bpol:\w+", code)}
    written |= {POL.startReason, POL.endReason}
    written |= {term + "NoEarlierThan" for term in (POL.validFrom, POL.validUntil)}
    chained = {
        step
        for chain in ALL.objects(None, OWL.propertyChainAxiom)
        for step in Collection(ALL, chain)
    }
    arrows = set(ALL.subjects(OWL.propertyChainAxiom))
    markers = {POL["arrowOf" + rule] for rule in (*TARGETS, "Subordination")}
    assert PROPERTIES - written - written_by_records() - chained - arrows - markers == set()


def local_names(terms: set[URIRef] | Iterator[URIRef], prefix: str) -> set[str]:
    """Return the names of terms within a namespace."""
    return {str(term).removeprefix(expand(prefix + ":")) for term in terms}


@pytest.mark.parametrize(
    ("prefix", "words"),
    [("role", set(ROLES)), ("relation", set(RELATIONS)), ("base", set(BASES.values()))],
    ids=["role", "relation", "base"],
)
def test_the_words_of_the_yaml_are_the_concepts(prefix: str, words: set[str]) -> None:
    """The words that a curator may choose from are the concepts of the scheme, no more, no less."""
    concepts = ALL.subjects(SKOS.inScheme, POL[prefix + "Scheme"])
    assert local_names(concepts, prefix) == words


@pytest.mark.parametrize(
    ("top", "classes"),
    [(POL.Body, set(BODY_KINDS.values()) | {"Body"}), (POL.LegalAct, set(ACT_KINDS.values()))],
    ids=["Body", "LegalAct"],
)
def test_the_kinds_of_the_yaml_are_the_classes(top: URIRef, classes: set[str]) -> None:
    """The kinds of body and of act that a curator may name are the classes below the top one."""
    assert local_names(ALL.transitive_subjects(RDFS.subClassOf, top), "pol") == classes


def test_every_kind_of_record_has_a_class() -> None:
    """The type that a kind of record becomes is a class."""
    for record in KINDS.values():
        assert (URIRef(expand(record.type)), RDF.type, OWL.Class) in ALL


def capitalised(concept: URIRef) -> str:
    """Return the name of a concept in the spelling of a class: swears-in is SwearsIn."""
    return "".join(word.capitalize() for word in str(concept).rpartition("/")[2].split("-"))


def test_arrows_and_chains_say_the_same() -> None:
    """An arrow is named by a role or relation if and only if a property chain derives it."""
    expected = set()
    for kind, target in TARGETS.items():
        for role, arrow in ALL.subject_objects(POL["arrowOf" + kind]):
            acts = POL["actsAs" + capitalised(role)]
            expected.add((arrow, (POL.isActorOf, acts, POL.isStepOf, target)))
    for relation, arrow in ALL.subject_objects(POL.arrowOfSubordination):
        stands = POL["standsAs" + capitalised(relation)]
        expected.add((arrow, (POL.isSubjectOf, stands, POL.superior)))
    chains = {
        (arrow, tuple(Collection(ALL, chain)))
        for arrow, chain in ALL.subject_objects(OWL.propertyChainAxiom)
    }
    assert chains == expected
    assert len({arrow for arrow, _ in chains}) == len(chains)


def test_every_role_and_relation_has_a_class_that_carries_it_into_chains() -> None:
    """A step in a role has, and it alone has, the self-property of the role; so for relations."""
    expected = {
        (POL[prefix + capitalised(concept)], on, concept, POL[acts + capitalised(concept)])
        for on, prefix, acts in ((POL.role, "Step", "actsAs"),
                                 (POL.relation, "Subordination", "standsAs"))
        for concept in ALL.subjects(SKOS.inScheme, POL[name(on) + "Scheme"])
    }  # fmt: skip
    found = set()
    for bearer, restriction in ALL.subject_objects(RDFS.subClassOf):
        if (restriction, OWL.hasSelf, Literal(True)) in ALL:  # noqa: FBT003 - an RDF term
            value = ALL.value(bearer, OWL.equivalentClass)
            found.add((bearer, ALL.value(value, OWL.onProperty), ALL.value(value, OWL.hasValue),
                       ALL.value(restriction, OWL.onProperty)))  # fmt: skip
    assert found == expected


def test_literals_have_the_datatype_of_the_range(
    triples: list[tuple[Node, Node, Node]],
) -> None:
    """A value in the built graph has the datatype that the range of its property names."""
    ranges = {p: ALL.value(p, RDFS.range) for p in ALL.subjects(RDF.type, OWL.DatatypeProperty)}
    wrong = set()
    for _, predicate, value in triples:
        wanted = ranges.get(predicate)
        if wanted is not None and isinstance(value, Literal):
            found = RDF.PlainLiteral if value.language else (value.datatype or XSD.string)
            if found != wanted:
                wrong.add((name(predicate), str(found)))
    assert wrong == set()


def test_properties_stand_where_the_ontology_says(
    triples: list[tuple[Node, Node, Node]],
) -> None:
    """What a property connects in the built graph is of a class or datatype that it hints at."""
    types: dict[object, set[object]] = {}
    for subject, predicate, value in triples:
        if predicate == RDF.type:
            types.setdefault(subject, set()).add(value)
    domains = {p: set(ALL.objects(p, SDO.domainIncludes)) for p in PROPERTIES}
    ranges = {p: set(ALL.objects(p, SDO.rangeIncludes)) for p in PROPERTIES}
    wrong = set()
    for subject, predicate, value in triples:
        found = {value.datatype} if isinstance(value, Literal) else types.get(value, set())
        if domains.get(predicate) and not domains[predicate] & types.get(subject, set()):
            wrong.add((name(predicate), subject))
        if ranges.get(predicate) and not ranges[predicate] & found:
            wrong.add((name(predicate), value))
    assert wrong == set()


@pytest.mark.parametrize("folder", ["ontology", "shapes", "queries", "kg", "cli"])
def test_nothing_but_the_data_names_a_state(folder: str) -> None:
    """No term, shape, query or program names a State or one State's institutions."""
    names = re.compile("kazakh|majilis|akim|maslikhat", re.IGNORECASE)
    top = {"kg": place.PACKAGE, "cli": ROOT / "cli"}.get(folder) or place.bundled(folder)
    files = [*top.glob("*.*"), *top.glob("rules/*.rq")] if folder == "kg" else [*top.rglob("*.*")]
    found = {
        (path.name, match[0])
        for path in files
        if path.suffix in {".ttl", ".rq", ".py", ".md", ".xml"} and path.is_file()
        for match in names.finditer(path.read_text("utf-8"))
    }
    assert found == set()
