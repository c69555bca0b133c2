"""Writes the whole site into a folder: pages, data beside them, and rules for web servers."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import BlankNode, RdfFormat, Triple, parse

from kg.arrow import find_arrows
from kg.dump import render_triples
from kg.site.address import Addresses
from kg.site.data_file import write_data
from kg.site.index import Index
from kg.site.listing import HOME, Tree
from kg.site.module_page import Manual
from kg.site.negotiation import gather_words, write_htaccess, write_nginx_map, write_nginx_server
from kg.site.node_page import Site, gather_node
from kg.site.render import Place, Renderer
from kg.site.term import list_texts, place_terms, read_modules
from kg.turtle import read_labels
from kg.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.site.term import Module
    from kg.store import Opened


class Written(NamedTuple):
    """What was written: how many pages, files and bytes."""

    pages: int
    files: int
    size: int


def write_files(folder: Path, opened: Opened) -> Written:
    """Write the site of an open store into a folder, which is made; the same bytes each time.

    What else stands in the folder stays. Raises OSError if it cannot be written.
    """
    pages = files = size = 0
    made: set[Path] = set()
    for name, content in list_files(opened):
        path = folder / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        _write(path, content)
        pages += name.endswith(".html")
        files += 1
        size += len(content)
    return Written(pages, files, size)


def _write(path: Path, content: bytes) -> None:
    """Write a file that is new or different; one that is cut first is slow on some file systems."""
    if path.is_file():
        if path.read_bytes() == content:
            return
        path.unlink()
    path.write_bytes(content)


def list_files(opened: Opened) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the site by its name within the folder, with its content."""
    index = Index(opened.store)
    modules = read_modules()
    terms = place_terms(modules)
    addresses = Addresses(index.nodes, index.records, terms)
    triples = [triple for about in index.triples.values() for triple in about]
    arrows = find_arrows(triples)
    parts: dict[str, list[str]] = {}
    for node in index.nodes:
        parts.setdefault(addresses.find(node)[0], []).append(node)
    site = Site(index, addresses, arrows, parts)
    tree = Tree(addresses.pages, index)
    version = next(text for text, _ in list_texts(modules[0].header, "owl:versionInfo"))
    states = [Place(index.name(BASE + page), page) for page in tree.states]
    renderer = Renderer(states, version)
    yield "style.css", (resources.files("kg.site") / "templates/style.css").read_bytes()
    yield from _list_nodes(site, tree, renderer, read_labels(triples))
    for page in tree.listings:
        text = renderer.render("listing.html", page, **tree.gather_listing(page))
        yield page + ".html", text.encode()
    yield from _list_modules(modules, Manual(modules, index, addresses), renderer)
    titles = [(m.page, list_texts(m.header, "dcterms:title")[0][0]) for m in modules]
    home = renderer.render("listing.html", "index", **tree.gather_home(titles))
    yield "index.html", home.encode()
    words = gather_words(
        (term.removeprefix(BASE), page)
        for term, (page, _) in terms.items()
        if term.startswith(BASE) and not term.startswith(BASE + "ontology")
    )
    yield ".htaccess", write_htaccess(words).encode()
    yield "nginx-map.conf", write_nginx_map().encode()
    yield "nginx-server.conf", write_nginx_server(words).encode()


def _list_nodes(
    site: Site, tree: Tree, renderer: Renderer, labels: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    for page in sorted(site.addresses.pages):
        shown = gather_node(site, page, tree.list_above(page))
        shown["groups"] = [tree.group(page, page)] if page in tree.states else []
        yield page + ".html", renderer.render("node.html", page, **shown).encode()
        nodes = site.parts[page]
        triples = [t for node in nodes for t in site.graph.triples[node]]
        iris = [BASE + page] if BASE + page in site.graph.out else nodes
        yield from write_data(page, triples, iris, labels)


def _list_modules(
    modules: list[Module], manual: Manual, renderer: Renderer
) -> Iterator[tuple[str, bytes]]:
    whole = modules[0]
    for module in modules:
        if module is whole:
            shown = manual.gather_ontology(module, [HOME])
            text = renderer.render("ontology.html", module.page, **shown)
        else:
            shown = manual.gather_module(module, [HOME, Place("Ontology", whole.page)])
            text = renderer.render("module.html", module.page, **shown)
        yield module.page + ".html", text.encode()
        yield module.page + ".ttl", Path(module.file).read_bytes()
        yield module.page + ".jsonld", render_triples(_read_in_order(module.file), "jsonld")


def _read_in_order(file: str) -> Iterator[Triple]:
    """Yield the triples of a file, its blank nodes named by the order in which they come."""
    blanks: dict[str, BlankNode] = {}

    def rename(term: Any) -> Any:
        if isinstance(term, BlankNode):
            return blanks.setdefault(term.value, BlankNode(f"b{len(blanks):04}"))
        return term

    for t in parse(path=file, format=RdfFormat.TURTLE):
        yield Triple(rename(t.subject), t.predicate, rename(t.object))
