"""The release as others read it: five stores, two reasoners' libraries, and SHACL on itself."""

from __future__ import annotations

import re
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import owlready2
import pyshacl
import pytest
import rdflib
from pyoxigraph import QueryResultsFormat, RdfFormat, Store, parse
from servers import run_virtuoso

from kg.answer import ask
from kg.media import FORMATS
from kg.release import write_release

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.release import Release

POWER = """\
- selection: chancellor
  fills: office/chancellor
  says: With the consent of the Diet, the King appoints the "first" servant \\ of the realm.
  steps:
    - consents: body/diet
      threshold: more than 1/2 of the total membership
    - appoints: office/king
  basis: charter art 4 (1)
  from: 1900-01-01
  cite: para 10
- removal: chancellor
  empties: office/chancellor
  says: The King dismisses the Chancellor.
  steps:
    - dismisses: office/king
  grounds: [Illness., Treason.]
  cite: para 11
- term: judge
  of: office/judge
  says: A judge serves for nine years.
  years: 9
  cite: para 12
- composition: court
  of: body/court
  says: The Court has seven judges.
  size: 7
  cite: para 13
- silence: judge
  about: office/judge
  question: selection
  searched: para 12
  says: The report does not say who appoints a judge.
  cite: para 12
- figure: inhabitants
  topic: population
  measure: inhabitants
  value: 1800000.50
  unit: persons
  says: So many live in Ruritania.
  cite: para 14
"""
QUESTIONS = (
    ("who-appoints", ["Chancellor"], 2),
    ("who-dismisses", ["Chancellor"], 1),
    ("appoints-whom", ["King"], 1),
    ("terms", ["Judge of the Constitutional Court"], 1),
    ("needs-consent", ["Diet of Ruritania"], 1),
    ("seats", ["Constitutional Court"], 1),
    ("bodies", [], 2),
    ("silences", [], 1),
    ("figures", [], 1),
    ("acts", [], 1),
)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory, ruritania_files: dict[str, str]) -> Release:
    """Return a release of the invented State."""
    data = tmp_path_factory.mktemp("in") / "data"
    for name, content in (ruritania_files | {"xx/report/power.yaml": POWER}).items():
        path = data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return write_release(tmp_path_factory.mktemp("out") / "release", [data])


@pytest.fixture(scope="module")
def triples(released: Release) -> int:
    """Return how many triples the dump has: the lines of its N-Triples."""
    return len((released.folder / "data/politeia.nt").read_bytes().splitlines())


def dump(released: Release, form: str) -> Path:
    """Return the dump of the whole in a format."""
    return released.folder / f"data/politeia.{form}"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.filterwarnings("error", "ignore::DeprecationWarning")
def test_rdflib_counts_the_same(
    released: Release, triples: int, form: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Rdflib reads each format without a warning; it logs a literal that it cannot read.

    Its own use of what it has deprecated is none of ours.
    """
    named = {"jsonld": "json-ld", "ttl": "turtle"}
    graph = rdflib.Dataset(default_union=True)
    graph.parse(dump(released, form), format=named.get(form, form))
    assert len({*graph.triples((None, None, None))}) == triples
    assert caplog.records == []


@pytest.mark.parametrize("form", FORMATS)
def test_oxigraph_counts_the_same(released: Release, triples: int, form: str) -> None:
    """Oxigraph reads each format."""
    read = parse(path=str(dump(released, form)), format=FORMATS[form])
    assert len({quad.triple for quad in read}) == triples


@pytest.mark.parametrize("form", ["ttl", "nt", "trig"])
def test_raptor_counts_the_same(
    released: Release, triples: int, form: str, require_program: Callable[[str], str]
) -> None:
    """Raptor reads each format that it knows, and prints no warning."""
    rapper = require_program("rapper")
    named = {"ttl": "turtle", "nt": "ntriples", "trig": "trig"}
    command = [rapper, "--quiet", "--input", named[form], "--output", "ntriples"]
    done = subprocess.run([*command, dump(released, form)], capture_output=True, check=True)
    assert len(set(done.stdout.splitlines())) == triples
    assert done.stderr == b""


@pytest.mark.parametrize("form", ["ttl", "trig"])
def test_jena_counts_the_same(released: Release, triples: int, form: str, java: str) -> None:
    """Jena's command-line reader, the one that owlready2 brings, checks each term and says nothing.

    The reader of Debian's libapache-jena-java 4.5.0-2 does not start, because the package has its
    messages in another folder than its classes.
    """
    jars = Path(owlready2.__file__).parent / "pellet" / "*"
    command = [java, "-cp", str(jars), "riotcmd.riot", "--check"]
    done = subprocess.run([*command, dump(released, form)], capture_output=True, check=True)
    # In N-Quads the graph comes last, and a triple may stand in several.
    graph = re.compile(rb" <https://w3id\.org/politeia/graph/[^<>]*> \.$")
    assert len({graph.sub(b" .", line) for line in done.stdout.splitlines()}) == triples
    assert done.stderr == b""


@pytest.fixture(scope="module")
def virtuoso(
    released: Release,
    tmp_path_factory: pytest.TempPathFactory,
    require_program: Callable[[str], str],
) -> Iterator[Callable[[str], str]]:
    """Return a function that runs SQL on a Virtuoso of its own and returns what is printed."""
    program, client = require_program("virtuoso-t"), require_program("isql-vt")
    folder = tmp_path_factory.mktemp("virtuoso")
    with run_virtuoso(program, folder, released.folder) as server:

        def run(sql: str) -> str:
            words = ["VERBOSE=OFF", "BANNER=OFF", "PROMPT=OFF", "ERRORS=STDOUT", f"EXEC={sql}"]
            command = [client, str(server.sql), "dba", "dba", *words]
            done = subprocess.run(command, capture_output=True, check=False, text=True)
            return done.stdout.strip()

        yield run


def test_virtuoso_counts_the_same(
    released: Release, triples: int, virtuoso: Callable[[str], str]
) -> None:
    """Virtuoso loads the Turtle and the N-Triples, and says nothing but the count."""
    for form in ("ttl", "nt"):
        loaded = virtuoso(
            f"log_enable(2,1); DB.DBA.TTLP (file_to_string_output ('{dump(released, form)}'), "
            f"'', 'urn:{form}', 0);"
        )
        assert loaded == ""
        count = "SPARQL SELECT COUNT(*) FROM <urn:FORM> WHERE { ?s ?p ?o };"
        assert virtuoso(count.replace("FORM", form)) == str(triples)


@pytest.fixture(scope="module")
def stores(released: Release) -> tuple[Store, rdflib.Graph]:
    """Return the release's Turtle in Oxigraph and in rdflib."""
    store = Store()
    store.load(path=str(dump(released, "ttl")), format=RdfFormat.TURTLE)
    return store, rdflib.Graph().parse(dump(released, "ttl"), format="turtle")


@pytest.mark.parametrize(("name", "arguments", "rows"), QUESTIONS)
def test_two_stores_answer_ten_questions_alike(
    released: Release,
    stores: tuple[Store, rdflib.Graph],
    name: str,
    arguments: list[str],
    rows: int,
) -> None:
    """A question, bound and pasted into another store, has the rows that the source has."""
    query = ask(released.opened, name, arguments).query
    ours = stores[0].query(query).serialize(format=QueryResultsFormat.TSV)
    theirs = stores[1].query(query)
    assert ours is not None
    assert len(ours.splitlines()) - 1 == rows
    assert len(theirs) == rows


def test_owlready_loads_the_merged_ontology(released: Release) -> None:
    """Every class and object property of ours arrives, and nothing is fetched."""
    world = owlready2.World()
    ontology = world.get_ontology(f"file://{released.folder}/ontology/merged.owl").load()
    merged = rdflib.Graph().parse(released.folder / "ontology/merged.nt", format="nt")
    classes = {str(s) for s in merged.subjects(rdflib.RDF.type, rdflib.OWL.Class)
               if isinstance(s, rdflib.URIRef)}  # fmt: skip
    assert {found.iri for found in ontology.classes()} == classes
    assert "https://w3id.org/politeia/ontology#SelectionRule" in classes
    assert list(ontology.imported_ontologies) == []


def test_the_merged_files_hold_the_modules(released: Release) -> None:
    """RDF/XML and N-Triples say the same: what the modules say, under one header, no imports."""
    folder = released.folder / "ontology"
    modules = rdflib.Graph()
    for path in folder.glob("*.ttl"):
        modules.parse(path, format="turtle")
    modules.remove((None, rdflib.OWL.imports, None))
    whole = rdflib.URIRef("https://w3id.org/politeia/ontology")
    for header in set(modules.subjects(rdflib.RDF.type, rdflib.OWL.Ontology)) - {whole}:
        modules.remove((header, None, None))
    xml = rdflib.Graph().parse(folder / "merged.owl", format="xml")
    lines = rdflib.Graph().parse(folder / "merged.nt", format="nt")
    assert len(modules) == len(xml) == len(lines)
    named = [{t for t in graph if not any(isinstance(x, rdflib.BNode) for x in t)}
             for graph in (modules, xml, lines)]  # fmt: skip
    assert named[0] == named[1] == named[2]
    assert set(lines.subjects(rdflib.RDF.type, rdflib.OWL.Ontology)) == {whole}


def test_the_catalogue_resolves_every_import_offline(released: Release) -> None:
    """From the first module on, each import is found through catalog-v001.xml, as Protégé does."""
    folder = released.folder / "ontology"
    spaces = {"c": "urn:oasis:names:tc:entity:xmlns:xml:catalog"}
    tree = ET.parse(folder / "catalog-v001.xml")  # noqa: S314 - our own file
    places = {u.get("name"): u.get("uri") for u in tree.findall("c:uri", spaces)}
    seen: set[str] = set()
    wanted = ["https://w3id.org/politeia/ontology"]
    while wanted:
        iri = wanted.pop()
        if iri in seen:
            continue
        seen.add(iri)
        graph = rdflib.Graph().parse(folder / str(places[iri]), format="turtle")
        assert (rdflib.URIRef(iri), rdflib.RDF.type, rdflib.OWL.Ontology) in graph
        wanted += [str(other) for other in graph.objects(None, rdflib.OWL.imports)]
    assert seen == set(places)


def test_the_release_conforms_to_its_own_shapes(released: Release) -> None:
    """Who validates the dump with the shapes beside it finds nothing; a broken rule is found."""
    shapes = rdflib.Graph()
    for path in (released.folder / "shapes").glob("*.ttl"):
        shapes.parse(path, format="turtle")
    data = rdflib.Graph().parse(dump(released, "ttl"), format="turtle")
    conforms, _, text = pyshacl.validate(data, shacl_graph=shapes)
    assert conforms, text
    pol = rdflib.Namespace("https://w3id.org/politeia/ontology#")
    data.remove((None, pol.fills, None))
    assert not pyshacl.validate(data, shacl_graph=shapes)[0]
