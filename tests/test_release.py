"""The release: the same bytes anywhere, described by what is counted in it."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import rdflib
import yaml
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from kg.build import read_modules
from kg.description import DATASET, SPACES, choose_examples, count_terms, describe_release
from kg.errors import DataError, EnvironmentProblem
from kg.release import main, write_release
from kg.vocabulary import BASE, GRAPH, ID, expand

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.release import Release

ROOT = Path(__file__).resolve().parent.parent
POWER = """\
- selection: chancellor
  fills: office/chancellor
  says: The King appoints the Chancellor.
  steps:
    - appoints: office/king
  from: 1900-01-01
  cite: para 10
- term: judge
  of: office/judge
  says: A judge serves for life.
  for-life: yes
  cite: para 12
"""
LINKS = """\
#curie_map:
#  xx: https://w3id.org/politeia/id/xx/
#  wd: http://www.wikidata.org/entity/
subject_id\tpredicate_id\tobject_id\tobject_label\tmapping_justification\tcomment
xx:office/king\tskos:exactMatch\twd:Q116\tmonarch\tsemapv:ManualMappingCuration\tSeen.
"""


def write_files(folder: Path, files: Mapping[str, str]) -> Path:
    """Write the invented State, with a rule, a term and a link, into a folder and return it."""
    added = {"xx/report/power.yaml": POWER, "xx/links.sssom.tsv": LINKS}
    for name, content in (files | added).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return folder


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory, ruritania_files: dict[str, str]) -> Release:
    """Return a release of the invented State."""
    data = write_files(tmp_path_factory.mktemp("one") / "data", ruritania_files)
    return write_release(tmp_path_factory.mktemp("out") / "release", [data])


@pytest.fixture(scope="module")
def described(released: Release) -> Store:
    """Return the description of that release in a store."""
    store = Store()
    store.load(path=str(released.folder / "description.ttl"), format=RdfFormat.TURTLE)
    return store


def ask(store: Store, where: str) -> list[tuple[Any, ...]]:
    """Return the rows for a graph pattern, in plain texts, in the order of its variables."""
    columns = " ".join(dict.fromkeys(re.findall(r"\?\w+", where)))
    prefixes = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in SPACES.items())
    rows = store.query(f"{prefixes}SELECT {columns} WHERE {{ {where} }}")
    return sorted(tuple(term.value for term in row) for row in rows)


def read_tree(folder: Path) -> dict[str, bytes]:
    """Return the content of each file below a folder, by its name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_two_runs_under_other_circumstances_give_the_same_bytes(
    released: Release, tmp_path: Path, ruritania_files: dict[str, str]
) -> None:
    """Another path, user, locale, time zone, hash seed, cache and umask change no byte."""
    reordered = dict(reversed(ruritania_files.items()))
    data = write_files(tmp_path / "another path" / "ä", reordered)
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": "4711",
        "POLITEIA_CACHE": str(tmp_path / "cache"),
        "LC_ALL": "C",
        "TZ": "Asia/Tokyo",
        "USER": "somebody",
        "HOME": str(tmp_path),
    }
    place = tmp_path / "there"
    command = ["-m", "kg.release", str(place), "--data", str(data)]
    done = subprocess.run(
        [sys.executable, *command],
        cwd=tmp_path,
        env=environment,
        umask=0o077,
        capture_output=True,
        check=True,
    )
    found, expected = read_tree(place), read_tree(released.folder)
    assert sorted(found) == sorted(expected)
    assert [name for name in found if found[name] != expected[name]] == []
    assert str(len(found) - 1).encode() in done.stderr  # SHA256SUMS does not list itself


def test_the_folder_has_every_part_in_every_format(released: Release) -> None:
    """The whole, the State, each module and the day of the report, each also packed."""
    names = set(read_tree(released.folder))
    parts = ["politeia", "state/xx", "module/power", "module/arrow", "in-force/1938-06-01"]
    wanted = {f"data/{p}.{f}{gz}" for p in parts for f in ("ttl", "nt", "trig", "jsonld")
              for gz in ("", ".gz")}  # fmt: skip
    assert wanted - names == set()
    others = {"ontology/catalog-v001.xml", "ontology/merged.owl", "shapes/power.ttl",
              "queries/appointments/who-appoints.rq", "queries/catalogue.ttl",
              "context.jsonld", "CITATION.cff",
              "CHANGELOG.md", "LICENSE-DATA", "links/links.ttl", "links/xx.sssom.tsv",
              "description.ttl", "SHA256SUMS"}  # fmt: skip
    assert others - names == set()


def test_two_states_of_one_size_have_each_its_own_dump(
    tmp_path: Path, ruritania_files: dict[str, str]
) -> None:
    """Two States that differ in nothing but their code have as many triples, and not the same."""
    files = {
        name.replace("xx/", f"{state}/"): content.replace("state: xx", f"state: {state}")
        for state in ("xx", "yy")
        for name, content in ruritania_files.items()
    }
    for name, content in files.items():
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    write_release(tmp_path / "release", [tmp_path / "data"])
    for form in ("ttl", "nt", "trig", "jsonld"):
        own, other = (
            (tmp_path / f"release/data/state/{state}.{form}").read_text("utf-8")
            for state in ("xx", "yy")
        )
        assert ("xx/office/king" in own, "yy/office/king" in own) == (True, False)
        assert ("xx/office/king" in other, "yy/office/king" in other) == (False, True)


def test_ontology_shapes_and_questions_are_those_of_the_repository(released: Release) -> None:
    """Every module, every file of shapes but the lint, and every question is there as it is."""
    tree = read_tree(released.folder)
    files = [path.relative_to(ROOT).as_posix() for path in [
        *ROOT.glob("ontology/*.ttl"), *ROOT.glob("shapes/*.ttl"), *ROOT.glob("queries/**/*.rq"),
    ] if path != ROOT / "shapes" / "ontology.ttl"]  # fmt: skip
    assert len(files) > 50
    assert [name for name in files if tree.get(name) != (ROOT / name).read_bytes()] == []
    assert "shapes/ontology.ttl" not in tree


def test_the_packed_files_hold_the_others(released: Release) -> None:
    """Each .gz is its neighbour."""
    tree = read_tree(released.folder)
    packed = [name for name in tree if name.endswith(".gz")]
    assert packed
    assert all(gzip.decompress(tree[name]) == tree[name[:-3]] for name in packed)


def test_the_trig_has_the_three_graphs(released: Release) -> None:
    """Asserted, derived and provenance stand apart in TriG."""
    read = parse(path=str(released.folder / "data/politeia.trig"), format=RdfFormat.TRIG)
    graphs = {str(quad.graph_name.value) for quad in read}
    layers = ("asserted", "derived", "provenance")
    assert graphs == {f"{GRAPH}xx/{layer}" for layer in layers} | {GRAPH + "ontology"}


def test_a_dump_says_what_it_is_and_whose_it_may_be(released: Release) -> None:
    """The first lines of the Turtle are title, version and licence, as comments."""
    text = (released.folder / "data/module/power.ttl").read_text("utf-8")
    assert text.startswith(
        f"# Politeia, version {released.version}: The module power\n"
        "# https://creativecommons.org/licenses/by/4.0/\n"
        "@base"
    )


def test_the_description_uses_terms_that_exist(released: Release) -> None:
    """Each class and property of DCAT, VoID, Dublin Core and FOAF is one that its owner defines."""
    # https://www.w3.org/TR/vocab-dcat-3/#dataset-versions, of which rdflib does not know yet
    versions = ("hasCurrentVersion", "hasVersion", "isVersionOf", "previousVersion", "version")
    of_dcat_3 = {SPACES["dcat"] + name for name in versions}
    spaces = (rdflib.DCAT, rdflib.VOID, rdflib.DCTERMS, rdflib.FOAF)
    known: dict[str, Any] = {str(space): space for space in spaces}
    quads = parse(path=str(released.folder / "description.ttl"), format=RdfFormat.TURTLE)
    used = {str(term.value) for quad in quads for term in (quad.predicate, quad.object)}
    for iri in used:
        space = next((space for space in known if iri.startswith(space)), iri)
        if space != iri and iri not in of_dcat_3:
            assert rdflib.URIRef(iri) in known[space], iri


def test_the_checksums_are_those_of_the_files(released: Release, described: Store) -> None:
    """SHA256SUMS, as sha256sum reads it, and the description name the same sums and sizes."""
    tree = read_tree(released.folder)
    lines = tree.pop("SHA256SUMS").decode().splitlines()
    assert lines == [f"{sha256(tree[name]).hexdigest()}  {name}" for name in sorted(tree)]
    found = ask(described, "?f spdx:checksum/spdx:checksumValue ?sum ; dcat:byteSize ?size")
    base = f"{DATASET}/{released.version}/file/"
    assert {(f.removeprefix(base), sum_, int(size)) for f, sum_, size in found} == {
        (name, sha256(content).hexdigest(), len(content))
        for name, content in tree.items()
        if name != "description.ttl"  # it cannot hold its own sum
    }


def test_the_counts_are_those_of_the_dump(released: Release, described: Store) -> None:
    """VoID gives the triples of the whole and of each part as another reader counts them."""
    whole = f"{DATASET}/{released.version}"
    rows = ask(described, "?d a dcat:Dataset ; void:triples ?n")
    found = {dataset: int(number) for dataset, number in rows}
    assert found.keys() >= {whole, f"{whole}/state/xx", f"{whole}/module/power"}
    for dataset, number in found.items():
        name = dataset.removeprefix(whole).removeprefix("/") or "politeia"
        content = (released.folder / f"data/{name}.nt").read_bytes()
        assert len(content.splitlines()) == number
    modules = [number for name, number in found.items() if "/module/" in name]
    assert sum(modules) == found[whole]


def test_the_partitions_add_up(released: Release, described: Store) -> None:
    """The triples of all properties are the triples of the whole, and the King is an office."""
    whole = f"<{DATASET}/{released.version}>"
    properties = ask(described, f"{whole} void:propertyPartition ?p . ?p void:triples ?n")
    [(total,)] = ask(described, f"{whole} void:triples ?n")
    assert sum(int(number) for _, number in properties) == int(total)
    offices = ask(
        described, f"{whole} void:classPartition [ void:class pol:Office ; void:entities ?n ]"
    )
    assert offices == [("3",)]


def test_the_counts_of_a_few_triples() -> None:
    """Two graphs that say the same count once; a class is what is the object of a type."""
    king, office = NamedNode(ID + "xx/office/king"), NamedNode(expand("pol:Office"))
    kind, label = NamedNode(expand("rdf:type")), NamedNode(expand("rdfs:label"))
    quads = [
        Quad(king, kind, office, NamedNode("http://e/1")),
        Quad(king, kind, office, NamedNode("http://e/2")),
        Quad(king, label, Literal("King")),
        Quad(NamedNode(BASE + "role/elects"), label, Literal("King")),
    ]
    assert count_terms(quads) == {
        "triples": 3,
        "entities": 1,
        "distinctSubjects": 2,
        "distinctObjects": 2,
        "properties": 2,
        "classes": 1,
    }


def test_an_example_is_what_most_leads_to(released: Release, described: Store) -> None:
    """Of each class the example is the resource with most links to it, else the first by name."""
    first, second, third = (NamedNode(f"{ID}xx/office/{name}") for name in "abc")
    kind, heads = NamedNode(expand("rdf:type")), NamedNode(expand("pol:heads"))
    quads = [Quad(node, kind, NamedNode(expand("pol:Office"))) for node in (third, second, first)]
    assert choose_examples(quads) == [first.value]
    assert choose_examples([*quads, Quad(first, heads, second)]) == [second.value]
    examples = choose_examples(released.quads)
    assert ID + "xx/office/king" not in examples
    assert ID + "xx/office/chancellor" in examples
    assert ID + "xx/report/selection/chancellor" in examples
    shown = ask(described, "?d void:exampleResource ?r")
    assert sorted(r for _, r in shown) == sorted(examples)


def test_the_links_are_counted_by_place(described: Store) -> None:
    """One link to Wikidata is one linkset of one triple."""
    pattern = "a void:Linkset ; void:objectsTarget ?o ; void:linkPredicate ?p ; void:triples ?n"
    [(_, *found)] = ask(described, f"?l {pattern}")
    assert found == ["http://www.wikidata.org/", expand("skos:exactMatch"), "1"]


def test_the_version_is_that_of_the_ontology_and_of_the_citation(
    released: Release, described: Store
) -> None:
    """The description, owl:versionIRI, CITATION.cff and the header of the ontology agree."""
    whole = f"<{DATASET}/{released.version}>"
    cited = yaml.safe_load((released.folder / "CITATION.cff").read_text("utf-8"))
    assert ask(described, f"{whole} dcat:version ?v") == [(cited["version"],)]
    [(conforms,)] = ask(described, f"{whole} dcterms:conformsTo ?v")
    assert conforms == f"{BASE}ontology/{cited['version']}"
    [(licence,)] = ask(described, f"{whole} dcterms:license ?v")
    assert licence == "https://creativecommons.org/licenses/by/4.0/"
    assert "CC-BY-4.0" in cited["license"]
    [(title,)] = ask(described, f"<{DATASET}> dcterms:title ?t")
    assert cited["title"].startswith(title)
    [(text,)] = ask(described, f"{whole} dcterms:description ?t")
    assert re.sub(r"^A knowledge graph of h", "H", cited["abstract"].strip()) == text
    [(name,)] = ask(described, f"{whole} dcterms:creator/foaf:name ?n")
    assert [author["name"] for author in cited["authors"]] == [name]
    assert ask(described, f"{whole} dcat:previousVersion ?v") == []  # this is the first


def test_a_later_version_names_the_one_before(released: Release) -> None:
    """Where the header has owl:priorVersion, the description says which version that was."""
    header = released.modules["politeia"]
    prior = Quad(
        NamedNode(BASE + "ontology"),
        NamedNode(expand("owl:priorVersion")),
        NamedNode(BASE + "ontology/0.0.9"),
    )
    released.modules["politeia"] = [*header, prior]
    try:
        text = describe_release(released)
    finally:
        released.modules["politeia"] = header
    assert f"\tdcat:previousVersion <{DATASET}/0.0.9> ;\n" in text


def test_another_writer_adds_its_files(tmp_path: Path, ruritania_files: dict[str, str]) -> None:
    """What a writer adds is summed, and described if it asks for it; a second release replaces."""
    data = write_files(tmp_path / "data", ruritania_files)

    def add_page(release: Release) -> None:
        release.add("page/king.html", b"<p>King", "The King")
        release.add("page/judge.html", b"<p>Judge", "A judge", described=False)

    place = tmp_path / "release"
    former = write_release(place, [data], [add_page])
    assert former.files["page/king.html"].media == "text/html"
    described = (place / "description.ttl").read_text("utf-8")
    for name, expected in (("page/king.html", True), ("page/judge.html", False)):
        assert f"  {name}\n" in (place / "SHA256SUMS").read_text("utf-8")
        assert (f"/file/{name}>" in described) is expected
    old = tmp_path / "old"
    place.rename(old)
    (data / "xx/report/power.yaml").write_text(POWER.partition("- term")[0])
    write_release(place, [data], former=str(old))
    assert not (place / "page").exists()
    told = (place / "changes.rdfp").read_text("utf-8")
    assert "# retracted: xx/report/term/judge: A judge serves for life.\n" in told
    assert (place.stat().st_mode & 0o777, (place / "data").stat().st_mode & 0o555) == (0o755, 0o555)


def test_the_pages_are_part_of_a_release(tmp_path: Path, ruritania_files: dict[str, str]) -> None:
    """With --pages the folder has a page for a thing, its rules for servers, and all their sums."""
    data = write_files(tmp_path / "data", ruritania_files)
    out = tmp_path / "release"
    assert main([str(out), "--data", str(data), "--pages"]) == 0
    sums = (out / "SHA256SUMS").read_text("utf-8")
    for name in ("index.html", "id/xx/office/king.html", "id/xx/office/king.ttl", ".htaccess"):
        assert f"{sha256((out / name).read_bytes()).hexdigest()}  {name}\n" in sums
    assert (out / "ontology/power.ttl").read_bytes() == (ROOT / "ontology/power.ttl").read_bytes()
    description = (out / "description.ttl").read_text("utf-8")
    assert "index.html" in description
    assert "king.html" not in description


def test_faulty_data_is_not_released(
    tmp_path: Path, ruritania_files: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    """Where the data became faulty, the store of the day before is not released in its place."""
    data = write_files(tmp_path / "data", ruritania_files)
    write_release(tmp_path / "good", [data])
    (data / "xx/report/power.yaml").write_text("- term: judge\n  of: office/nobody\n", "utf-8")
    with pytest.raises(DataError):
        write_release(tmp_path / "release", [data])
    assert main([str(tmp_path / "release"), "--data", str(data)]) == 1
    assert "xx/report/power.yaml:1:3: missing-citation" in capfd.readouterr().err
    assert not (tmp_path / "release").exists()


def test_what_is_no_release_is_not_overwritten(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A folder with something else in it, or a file, stays as it is, and the exit code is 3."""
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(EnvironmentProblem, match="no release"):
        write_release(tmp_path)
    assert main([str(tmp_path)]) == 3
    assert "it was not touched" in capfd.readouterr().err
    assert main([str(tmp_path / "thesis.txt")]) == 3
    assert "thesis.txt holds what is no release" in capfd.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_every_module_has_a_version_iri_and_what_vann_asks() -> None:
    """owl:versionIRI, owl:versionInfo, vann and dcterms:conformsTo stand in each header."""
    for name, quads in read_modules().items():
        iri = f"{BASE}ontology" + ("" if name == "politeia" else f"/{name}")
        header: dict[str, str] = {
            quad.predicate.value: quad.object.value
            for quad in quads
            if quad.subject == NamedNode(iri)
        }
        version = header[expand("owl:versionInfo")]
        assert header[expand("owl:versionIRI")] == f"{iri}/{version}"
        assert header["http://purl.org/vocab/vann/preferredNamespacePrefix"] == "pol"
        assert header["http://purl.org/vocab/vann/preferredNamespaceUri"] == expand("pol:")
        assert header[expand("dcterms:conformsTo")] == "http://www.w3.org/ns/owl-profile/DL"
