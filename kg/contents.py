"""The files of a release, each sort by one writer: dumps, ontology, shapes, questions, texts."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import BlankNode, RdfFormat, Triple, serialize

from kg import place
from kg.catalogue import render_questions
from kg.dump import compress, render_dump
from kg.errors import EnvironmentProblem
from kg.excerpt import find_homes, keep_day, part_modules
from kg.jsonld import render_context
from kg.link import list_files, render_links
from kg.media import FORMATS
from kg.portion import LAYERS
from kg.question import read_catalogue
from kg.vocabulary import BASE, GRAPH, ID, PREFIXES, expand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kg.release import Release

DOCUMENTS = ("CHANGELOG.md", "CITATION.cff", "LICENSE-DATA")
"""What a release takes over from the top of the repository."""


class Part(NamedTuple):
    """A part of the data that has dumps of its own: its name, its title and its quads."""

    name: str
    title: str
    quads: list[Any]


def write_dumps(release: Release) -> None:
    """Write the whole graph and its parts in every format, each also packed."""
    quads: list[Any] = release.quads
    parts = [Part("politeia", "All that is published", quads)]
    states = sorted(
        {
            quad.graph_name.value.removeprefix(GRAPH).partition("/")[0]
            for quad in quads
            if quad.graph_name.value.endswith(LAYERS)
        }
    )
    for state in states:
        wanted = (f"{GRAPH}{state}/", GRAPH + "ontology")
        of_state = [q for q in quads if q.graph_name.value.startswith(wanted)]
        name = release.labels.get(f"<{ID}{state}>", state)
        parts.append(Part(f"state/{state}", f"All of {name}", of_state))
    for module, found in sorted(part_modules(quads, find_homes(release.modules)).items()):
        parts.append(Part(f"module/{module}", f"The module {module}", found))
    for day in list_days(quads):
        kept = keep_day(quads, release.ontology, day)
        parts.append(Part(f"in-force/{day}", f"The rules that certainly hold on {day}", kept))
    release.parts += parts
    whole: dict[str, bytes] = {}
    for part in parts:
        is_whole = part.quads == quads  # as where there is one State
        for form in FORMATS:
            if is_whole and form in whole:
                content = whole[form]
            else:
                content = render_dump(part.quads, form, release.labels, release.context)
            if is_whole:
                whole[form] = content
            if form in {"ttl", "trig"}:
                content = _write_head(release, part.title) + content
            title = f"{part.title}, in {FORMATS[form].name}"
            release.add(f"data/{part.name}.{form}", content, title, part.name)
            release.add(f"data/{part.name}.{form}.gz", compress(content), title, part.name)


def _write_head(release: Release, title: str) -> bytes:
    """Return what a dump says of itself, as comments of Turtle."""
    licence = release.read_header("dcterms:license")
    return f"# Politeia, version {release.version}: {title}\n# {licence}\n".encode()


def list_days(quads: Iterable[Any]) -> list[str]:
    """Return the days, known to the day, of which a source reports how things stood."""
    describes, day = expand("pol:describes"), expand("xsd:date")
    return sorted(
        {
            quad.object.value
            for quad in quads
            if quad.predicate.value == describes
            and quad.object.datatype.value == day
            and "/source/" in quad.subject.value
        }
    )


def write_ontology(release: Release) -> None:
    """Write the modules as they are, and all of them as one, in formats that reasoners read."""
    for path in sorted(place.bundled("ontology").iterdir()):
        if path.suffix in {".ttl", ".xml"}:
            release.add(f"ontology/{path.name}", path.read_bytes(), f"Ontology: {path.stem}")
    merged = list(_merge(release))
    for form, name in ((RdfFormat.N_TRIPLES, "nt"), (RdfFormat.RDF_XML, "owl")):
        content = serialize(merged, format=form, prefixes=PREFIXES) or b""
        release.add(f"ontology/merged.{name}", content, "Ontology: all modules in one")
    terms = "".join(f"{term}\n" for term in list_terms(release.modules))
    release.add("ontology/terms.txt", terms.encode(), "Ontology: every term, by its IRI")
    release.add("context.jsonld", render_context(release.context), "Context for JSON-LD")


def list_terms(modules: Mapping[str, Iterable[Any]]) -> list[str]:
    """Return the IRIs of all terms that the modules define and that are ours, sorted."""
    kind = expand("rdf:type")
    header = expand("owl:Ontology")
    return sorted(
        {
            quad.subject.value
            for quads in modules.values()
            for quad in quads
            if quad.predicate.value == kind
            and quad.object.value != header
            and not isinstance(quad.subject, BlankNode)
            and quad.subject.value.startswith(BASE)
        }
    )


def _merge(release: Release) -> Iterator[Triple]:
    """Yield the triples of all modules, the blank nodes by their number.

    A document has one ontology, so that the imports and the headers of the modules stay out. The
    files are read in the order of their names and each from its top, so that the numbers are the
    same every time.
    """
    numbers: dict[BlankNode, BlankNode] = {}
    counter = count(1)

    def name(node: Any) -> Any:
        if isinstance(node, BlankNode):
            return numbers.setdefault(node, BlankNode(f"b{next(counter)}"))
        return node

    imports = expand("owl:imports")
    headers = {f"{BASE}ontology/{module}" for module in release.modules}
    for quads in release.modules.values():
        for quad in quads:
            subject: Any = quad.subject
            if quad.predicate.value != imports and subject.value not in headers:
                yield Triple(name(subject), quad.predicate, name(quad.object))


def write_shapes(release: Release) -> None:
    """Write the shapes that the data holds to; the lint of the ontology is not among them."""
    for path in sorted(place.bundled("shapes").glob("*.ttl")):
        if path.stem == "ontology":
            continue
        release.add(f"shapes/{path.name}", path.read_bytes(), f"Shapes: {path.stem}")


def write_questions(release: Release) -> None:
    """Write the questions as they are, and the catalogue of them in RDF."""
    catalogue = render_questions(read_catalogue(place.bundled("queries")), "ttl")
    release.add("queries/catalogue.ttl", catalogue, "The questions as executables of SHACL")
    folder = place.bundled("queries")
    for path in sorted(folder.rglob("*.rq")):
        name = path.relative_to(folder).as_posix()
        release.add(f"queries/{name}", path.read_bytes(), f"Question: {path.stem}")


def write_links(release: Release) -> None:
    """Write the links to others as triples and as a mapping set, if there are any."""
    if release.links:
        release.add("links/links.ttl", render_links(release.links), "Links to others")
    for folder, path in list_files(release.data):
        state = path.relative_to(folder).parts[0]
        release.add(f"links/{state}.sssom.tsv", path.read_bytes(), "The same, with its evidence")


def write_documents(release: Release) -> None:
    """Write what belongs to the release as a text; raises EnvironmentProblem outside a checkout."""
    for name in DOCUMENTS:
        path = place.PACKAGE.parent / name
        if not path.is_file():
            raise EnvironmentProblem(f"There is no {path}; a release is made in a checkout.")
        release.add(name, path.read_bytes(), name)


WRITERS: list[Callable[[Release], None]] = [
    write_dumps,
    write_ontology,
    write_shapes,
    write_questions,
    write_links,
    write_documents,
]
"""Who adds what to a release, in this order."""
