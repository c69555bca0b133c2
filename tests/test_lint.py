"""The lint of the ontology: it passes every rule and shape, and each of them finds its fault."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml
from pyoxigraph import RdfFormat, Store
from pyshacl import validate
from rdflib import DCTERMS, RDF, SH, Graph, Namespace, URIRef, namespace

from kg import place
from kg.vocabulary import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rdflib.term import Node

ROOT = place.bundled("shapes").parent
MODULES = sorted(place.bundled("ontology").glob("*.ttl"))
RULES = {path.stem: path for path in sorted((place.bundled("shapes") / "lint").glob("*.rq"))}
LINT = Namespace(BASE + "lint/")
SHAPES = Graph().parse(place.bundled("shapes") / "ontology.ttl")
CASES = ROOT / "tests" / "cases" / "lint"
README = (place.bundled("shapes") / "lint" / "README.md").read_text("utf-8")
NAMES = PREFIXES | {
    "m8g": "http://data.europa.eu/m8g/",
    "schema": "https://schema.org/",
}
QUERIES = {
    path.stem: path.read_text("utf-8")
    for folder in (place.bundled("queries"), place.PACKAGE)
    for path in sorted(folder.rglob("*.rq"))
} | {
    str(constraint).rpartition("/")[2].rpartition("#")[2]: str(select)
    for path in sorted(place.bundled("shapes").glob("*.ttl"))
    for constraint, select in Graph().parse(path).subject_objects(SH.select)
}
"""The texts of all queries that the program asks, by name."""
ABOUT = {RDF.type, SH.path, SH.severity, SH.message, SH.property, SH.targetClass, SH.target,
         SH.qualifiedValueShape, DCTERMS.source}  # fmt: skip
"""What a shape says that is no constraint of its own."""

ROBOT = """\
annotation_whitespace deprecated_boolean_datatype deprecated_class_reference
deprecated_property_reference duplicate_definition duplicate_exact_synonym duplicate_label
duplicate_label_synonym duplicate_scoped_synonym equivalent_class_axiom_no_genus equivalent_pair
illegal_use_of_built_in_vocabulary invalid_entity_uri invalid_xref label_formatting
label_whitespace lowercase_definition missing_definition missing_label missing_obsolete_label
missing_ontology_description missing_ontology_license missing_ontology_title
missing_subset_declaration missing_superclass missing_synonymtype_declaration
misused_obsolete_label misused_replaced_by multiple_asserted_superclasses multiple_definitions
multiple_equivalent_class_definitions multiple_equivalent_classes multiple_labels"""
"""The queries of `robot report`: the 32 of the default profile, and one that it leaves out."""
FOOPS = """\
CN1 DOC1 FIND1 FIND2 FIND3 FIND_3_BIS HTTP1 OM1 OM2 OM3 OM4.1 OM4.2 OM5.1 OM5.2 PURL1 RDF1
URI1 URI2 VER1 VER2 VOC1 VOC2 VOC3 VOC4"""
ORIGINS = {
    "ROBOT": set(ROBOT.split()),
    "FOOPS": set(FOOPS.split()),
    "OOPS": {f"P{number:02}" for number in range(1, 42)},
}

LOOKED_UP = """\
eli:LegalResource eli:LegalResourceSubdivision eli:amends eli:based_on eli:date_document
eli:date_no_longer_in_force eli:first_date_entry_in_force eli:is_part_of eli:number
jolux:Citation jolux:LegalResourceImpact jolux:TreatyProcess jolux:dateNoLongerInForce
m8g:PublicOrganisation oa:FragmentSelector oa:SpecificResource oa:hasSelector oa:hasSource
rico:MandateRelation rico:Position rico:Rule telex:NonePrescribed telex:NotExtracted
telex:PendingCondition telex:openEnd ukme:houseSeatEnabledBy bibo:status"""
"""Terms that somebody found in what their owners publish; rdflib knows those of the others."""


def load(*paths: Path) -> Store:
    """Return some Turtle files as a store; a relative IRI in them becomes one of a file."""
    store = Store()
    for path in paths:
        store.load(path=path, format=RdfFormat.TURTLE, base_iri=f"file:///{path.name}")
    return store


def shorten(text: str) -> str:
    """Return a term in the notation of N-Triples with a prefix where there is one."""
    for prefix, space in NAMES.items():
        if match := re.fullmatch(rf"<{re.escape(space)}([\w-]+)>", text):
            return f"{prefix}:{match[1]}"
    return text


def find_rows(store: Store, rule: Path) -> list[tuple[str, ...]]:
    """Return what a rule finds: entity, property and value, empty where there is none."""
    rows = store.query(rule.read_text("utf-8"))
    return [tuple("" if term is None else shorten(str(term)) for term in row) for row in rows]


def find_results(graph: Graph) -> list[tuple[Node, str, str]]:
    """Return shape, focus node and constraint of each result of the shapes of the ontology."""
    _, report, _ = validate(graph, shacl_graph=SHAPES, inference="none", advanced=True)
    found = []
    for result in report.objects(None, SH.result):
        focus = report.value(result, SH.focusNode)
        component = str(report.value(result, SH.sourceConstraintComponent))
        found.append(
            (
                report.value(result, SH.sourceShape),
                shorten(focus.n3()) if isinstance(focus, URIRef) else "_",
                component.removeprefix(str(SH)).removesuffix("ConstraintComponent"),
            )
        )
    return found


def read_case(name: str) -> list[tuple[str, ...]]:
    """Return the rows that a case expects, in order, without their heading."""
    lines = (CASES / name / "expected.tsv").read_text("utf-8").splitlines()
    return sorted(tuple(line.split("\t")) for line in lines[1:])


def read_header(rule: Path) -> dict[str, object]:
    """Return the header of a rule, the YAML in its lines that begin with ``#+``."""
    lines = rule.read_text("utf-8").splitlines()
    return yaml.safe_load("\n".join(line[3:] for line in lines if line.startswith("#+ ")))


def constraints(shape: Node) -> set[str]:
    """Return the names of the constraint components of a shape."""
    names = {str(p).removeprefix(str(SH)) for p in SHAPES.predicates(shape) if p not in ABOUT}
    return {name[0].upper() + name[1:] for name in names}


def name_shapes() -> list[str]:
    """Return the names of the shapes that have constraints of their own."""
    kinds = (SH.NodeShape, SH.PropertyShape)
    shapes = {shape for kind in kinds for shape in SHAPES.subjects(RDF.type, kind)}
    return sorted(str(s).removeprefix(str(LINT)) for s in shapes if constraints(s))


NAMED = name_shapes()


@pytest.fixture(scope="module")
def ontology() -> Store:
    """Return all modules of the ontology as a store."""
    return load(*MODULES)


@pytest.mark.parametrize("name", RULES)
def test_the_ontology_breaks_no_rule(ontology: Store, name: str) -> None:
    """A rule finds nothing in the merged modules, whatever its severity."""
    assert find_rows(ontology, RULES[name]) == []


def test_the_ontology_conforms_to_its_shapes() -> None:
    """The shapes find nothing in the merged modules."""
    merged = Graph()
    for path in MODULES:
        merged.parse(path)
    assert find_results(merged) == []


@pytest.mark.parametrize("name", RULES)
def test_a_rule_finds_its_fault_and_nothing_else(name: str) -> None:
    """Of faulty and sound terms side by side, a rule finds exactly the faulty ones."""
    found = find_rows(load(CASES / name / "ontology.ttl"), RULES[name])
    assert sorted(found) == read_case(name)
    assert found


@pytest.mark.parametrize("name", RULES)
def test_another_engine_finds_the_same(name: str) -> None:
    """The rules are plain SPARQL 1.1: rdflib finds the same terms and properties as Oxigraph."""
    graph = Graph().parse(CASES / name / "ontology.ttl", publicID="file:///ontology.ttl")
    rows = graph.query(RULES[name].read_text("utf-8"))
    found = [tuple("" if term is None else shorten(term.n3()) for term in row[:2]) for row in rows]
    assert sorted(found) == [row[:2] for row in read_case(name)]


@pytest.mark.parametrize("name", NAMED)
def test_a_shape_finds_its_fault_and_nothing_else(name: str) -> None:
    """Of faulty and sound terms side by side, a shape finds exactly the faulty ones."""
    graph = Graph().parse(CASES / name / "ontology.ttl")
    found = sorted(result[1:] for result in find_results(graph) if result[0] == LINT[name])
    assert found == read_case(name)
    assert found


def test_no_rule_and_no_shape_is_without_a_case() -> None:
    """The cases are those of the rules and shapes, no more and no less."""
    assert sorted(path.name for path in CASES.iterdir()) == sorted([*RULES, *NAMED])


@pytest.mark.parametrize("name", NAMED)
def test_every_constraint_of_a_shape_is_broken_by_its_case(name: str) -> None:
    """A case has a fault for each constraint of its shape."""
    assert {constraint for _, constraint in read_case(name)} == constraints(LINT[name])


@pytest.mark.parametrize("name", RULES)
def test_a_rule_explains_itself(name: str) -> None:
    """A rule has the header and the columns of all rules, and its rows are in order."""
    text = RULES[name].read_text("utf-8")
    header = read_header(RULES[name])
    assert list(header) == ["summary", "problem", "solution", "severity", "origin"]
    for key in ("summary", "problem", "solution"):
        assert re.fullmatch(r"[A-Z].*[^.]\.", header[key]), key
    assert header["severity"] in {"error", "warning", "info"}
    assert header["origin"]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    assert "\nSELECT DISTINCT ?entity ?property ?value\n" in text
    assert text.endswith("\nORDER BY ?entity ?property ?value\n")


def test_a_shape_says_what_is_wrong_and_what_to_do() -> None:
    """A shape has one severity, and one message: what holds, a colon, and what to do."""
    for name in NAMED:
        (message,) = SHAPES.objects(LINT[name], SH.message)
        assert re.fullmatch(r"[A-Z].*: .*\.", message), name
        assert list(SHAPES.objects(LINT[name], SH.severity)) == [SH.Violation]


def test_shapes_are_in_order_and_each_is_reached() -> None:
    """The shapes stand in the order of their names, and a node shape names each property shape."""
    text = (place.bundled("shapes") / "ontology.ttl").read_text("utf-8")
    names = re.findall(r"^lint:([\w-]+)$", text, re.MULTILINE)
    assert names == sorted(set(names), key=lambda name: (name.islower(), name.casefold()))
    reached = {str(shape).removeprefix(str(LINT)) for shape in SHAPES.objects(None, SH.property)}
    assert reached == {name for name in NAMED if "-" in name}


def test_shapes_of_the_data_and_of_the_ontology_are_apart() -> None:
    """Any file of shapes but ontology.ttl mirrors a module, and no shape has two homes."""
    files = {path.name for path in place.bundled("shapes").glob("*.ttl")}
    assert files - {path.name for path in MODULES} == {"ontology.ttl"}
    data = Graph()
    for name in files - {"ontology.ttl"}:
        data.parse(place.bundled("shapes") / name)
    assert not {s for s in data.subjects(SH.severity) if str(s).startswith(str(LINT))}
    assert not {s for s in SHAPES.subjects(SH.severity) if not str(s).startswith(str(LINT))}


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_names_terms_with_our_prefixes_alone(name: str) -> None:
    """What only needs the triples that a query names finds all of its names (kg.vocabulary)."""
    text = QUERIES[name]
    for prefix, iri in re.findall(r"^PREFIX ([^ ]+): <(.*)>$", text, re.MULTILINE):
        assert PREFIXES[prefix] == iri
    body = re.sub(r'^PREFIX .*$|#[^\n]*|"(?:[^"\\\n]|\\.)*"', "", text, flags=re.MULTILINE)
    assert re.findall(r"<[^<>\s]*>", body) == []
    assert {used for used in re.findall(r"([\w-]*):[\w-]+", body) if used not in PREFIXES} == set()


def test_every_query_of_the_program_is_read() -> None:
    """The rules, the questions, the card and the difference, and the constraints of the shapes."""
    assert {"who-appoints", "card", "diff", "filled-through", "SelectionRule-filled-twice"} <= {
        *QUERIES
    }


def read_table(origin: str) -> dict[str, tuple[set[str], str]]:
    """Return the table of an origin: by identifier what holds it, and why nothing does."""
    section = README.partition(f"\n## {origin}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([\w.]+) \| (.*?) ?\| (.*?) ?\|$", section, re.MULTILINE)
    assert len({row[0] for row in rows}) == len(rows)
    return {name: (set(re.findall(r"`(.*?)`", by)), why) for name, by, why in rows}


def read_origins() -> Iterator[tuple[str, str, str]]:
    """Yield origin, identifier and rule or shape, as rules and shapes say it themselves."""
    said: list[tuple[str, Iterable[object]]] = [
        (name, read_header(path)["origin"]) for name, path in RULES.items()
    ]
    said += [(name, SHAPES.objects(LINT[name], DCTERMS.source)) for name in NAMED]
    for name, origins in said:
        for each in origins:
            origin, _, identifier = str(each).partition(" ")
            yield origin, identifier, name


@pytest.mark.parametrize("origin", ORIGINS)
def test_the_table_has_all_that_an_origin_checks(origin: str) -> None:
    """Each check of an origin is held by something that exists, or has a reason, and not both."""
    table = read_table(origin)
    assert set(table) == ORIGINS[origin]
    for identifier, (by, why) in table.items():
        assert bool(by) != bool(why), identifier
        for each in by - set(RULES) - set(NAMED):
            path, _, test = each.partition("::")
            assert f"\ndef {test}(" in (ROOT / path).read_text("utf-8"), each


@pytest.mark.parametrize("origin", ORIGINS)
def test_the_table_says_what_rules_and_shapes_say(origin: str) -> None:
    """What a rule or a shape names as its origin stands in the table, and the other way round."""
    said = {(identifier, name) for o, identifier, name in read_origins() if o == origin}
    table = {(identifier, name) for identifier, (by, _) in read_table(origin).items() for name in by
             if "::" not in name}  # fmt: skip
    assert said == table


def test_every_origin_is_known() -> None:
    """A rule comes from one of the three lists, from OWL 2, or from this house."""
    assert {origin for origin, _, _ in read_origins()} == {*ORIGINS, "House", "OWL"}


@pytest.mark.parametrize("origin", ORIGINS)
def test_the_numbers_are_those_of_the_table(origin: str) -> None:
    """The README counts what an origin has, what applies, what needs a network and what is left."""
    table = read_table(origin)
    (row,) = re.findall(rf"^\| {origin} \| (.*) \|$", README, re.MULTILINE)
    held = [name for name, (by, _) in table.items() if by]
    network = [name for name, (_, why) in table.items() if why.startswith("Needs the network")]
    counts = [len(table), len(held), len(network), len(table) - len(held) - len(network)]
    assert [int(number) for number in row.split(" | ")] == counts


def test_nothing_is_written_in_the_vocabulary_of_obo() -> None:
    """What is left out because it is about the OBO format has nothing to judge here."""
    for path in MODULES:
        assert not re.search("oboInOwl|purl.obolibrary.org", path.read_text("utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_two_parsers_read_the_same_from_a_module(path: Path) -> None:
    """A module is Turtle that two libraries read alike."""
    assert len(load(path)) == len(Graph().parse(path))


def test_terms_of_others_are_terms_of_theirs() -> None:
    """A term of others is in the vocabulary that rdflib ships, or somebody has looked it up."""
    graph = Graph().parse(place.bundled("ontology") / "align.ttl")
    names = ("DCTERMS", "FOAF", "ORG", "PROV", "QB", "SDO", "SKOS", "VANN")
    known = [getattr(namespace, name) for name in names]
    theirs = {s for s in graph.subjects() if not str(s).startswith(BASE)}
    left = {term for term in theirs if not any(term in space for space in known)}
    assert {term.n3(graph.namespace_manager) for term in left} == set(LOOKED_UP.split())
