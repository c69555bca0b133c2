"""The site: every node and term has its place, and every link leads somewhere."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from kg.answer import Scope, read_rows, solve
from kg.card import bind_card
from kg.dump import collect_dump
from kg.site.address import Addresses
from kg.site.card import list_sections
from kg.site.index import Index
from kg.site.term import place_terms, read_modules
from kg.vocabulary import BASE, ID, expand

if TYPE_CHECKING:
    from kg.store import Opened

ROOT = Path(__file__).resolve().parent.parent


class Page(HTMLParser):
    """What a page has that others rely on, or that a reader without sight does."""

    def __init__(self, text: str) -> None:
        """Read the page."""
        super().__init__()
        self.anchors: list[str] = []
        self.links: set[str] = set()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what a tag says."""
        found = dict(attrs)
        self.tags.append(tag)
        self.attributes.append((tag, found))
        if found.get("id"):
            self.anchors.append(str(found["id"]))
        if "href" in found:
            self.links.add(str(found["href"]))


@pytest.fixture(scope="module")
def pages(guide_site: Path) -> dict[str, Page]:
    """Return every page by its name within the site."""
    return {
        path.relative_to(guide_site).as_posix(): Page(path.read_text("utf-8"))
        for path in guide_site.rglob("*.html")
    }


def test_every_link_resolves(guide_site: Path, pages: dict[str, Page]) -> None:
    """A link within the site leads to a file, and to a place that is on its page."""
    wrong = []
    for name, page in pages.items():
        for link in page.links:
            if re.match(r"[a-z]+:", link):
                continue
            path, _, anchor = link.partition("#")
            target = os.path.normpath((Path(name).parent / path).as_posix()) if path else name
            there = (guide_site / target).is_file()
            if not there or (anchor and anchor not in pages[target].anchors):
                wrong.append(f"{name}: {link}")
    assert wrong == []


def test_no_link_to_our_own_terms_leaves_the_site(pages: dict[str, Page]) -> None:
    """Only the canonical link of a page, which is its IRI, begins with our base."""
    leaving = {
        (name, str(found["href"]))
        for name, page in pages.items()
        for tag, found in page.attributes
        if str(found.get("href")).startswith(BASE) and found.get("rel") != "canonical"
    }
    assert leaving == set()


def test_no_place_is_named_twice(pages: dict[str, Page]) -> None:
    """The anchors of a page are different from each other."""
    twice = [name for name, page in pages.items() if len(set(page.anchors)) < len(page.anchors)]
    assert twice == []


def test_every_published_node_is_on_its_page_and_in_its_turtle(
    guide_store: Opened, guide_site: Path, pages: dict[str, Page]
) -> None:
    """Each node of the dump has a page with its anchor, and Turtle with all that is said of it."""
    index = Index(guide_store.store)
    addresses = Addresses(index.nodes, index.records, place_terms(read_modules()))
    quads = [q for q in collect_dump(guide_store.store) if str(q.subject).startswith("<" + ID)]
    published: dict[str, set[str]] = {}
    for quad in quads:
        published.setdefault(quad.subject.value, set()).add(str(quad.triple))
    files: dict[str, set[str]] = {}
    for node, triples in published.items():
        page, anchor = addresses.find(node)
        if anchor:
            assert anchor in pages[page + ".html"].anchors, node
        if page not in files:
            turtle = parse(path=guide_site / (page + ".ttl"), format=RdfFormat.TURTLE)
            files[page] = {str(triple) for triple in turtle}
        assert triples <= files[page], node
    assert len(published) > 100


def test_turtle_and_json_ld_say_the_same(guide_site: Path) -> None:
    """The two files beside a page hold the same triples, and these name the page."""
    checked = 0
    for path in sorted(guide_site.glob("id/**/*.ttl")):
        turtle = {str(t) for t in parse(path=path, format=RdfFormat.TURTLE)}
        other = parse(path=path.with_suffix(".jsonld"), format=RdfFormat.JSON_LD)
        assert turtle == {str(quad.triple) for quad in other}
        page = BASE + path.relative_to(guide_site).with_suffix(".html").as_posix()
        assert any(f"<{expand('foaf:isPrimaryTopicOf')}> <{page}>" in line for line in turtle)
        checked += 1
    assert checked > 50


def test_a_page_and_its_data_lead_to_each_other(pages: dict[str, Page]) -> None:
    """The page of an office links to its Turtle and its JSON-LD, in its head and in its text."""
    found = [
        (tag, attributes["href"])
        for tag, attributes in pages["id/xr/office/chancellor.html"].attributes
        if str(attributes.get("href")).endswith((".ttl", ".jsonld"))
    ]
    own = [f"../../../id/xr/office/chancellor{ending}" for ending in (".ttl", ".jsonld")]
    assert found == [("link", own[0]), ("link", own[1]), ("a", own[0]), ("a", own[1])]


def test_the_summary_for_search_engines_is_json_ld(guide_site: Path) -> None:
    """What stands in the script of a page is read by a parser and names the thing of the page."""
    text = (guide_site / "id/xr/office/chancellor.html").read_text("utf-8")
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    triples = [q.triple for q in parse(input=script, format=RdfFormat.JSON_LD)]
    assert {t.subject.value for t in triples} == {ID + "xr/office/chancellor"}
    names = [t.object.value for t in triples if t.predicate.value == "https://schema.org/name"]
    assert names == [json.loads(script)["name"]] == ["Chancellor"]


def test_the_sections_are_those_of_the_card(guide_store: Opened) -> None:
    """A page has the statements of `politeia show`, in its sections and in its order."""
    index = Index(guide_store.store)
    compared = 0
    for node in sorted(index.records - index.statements):
        query = bind_card(guide_store, NamedNode(node), Scope())
        columns, rows = read_rows(solve(guide_store, query))
        section, rule = columns.index("section"), columns.index("rule")
        shown: dict[str, list[str]] = {}
        for row in rows:
            if row[rule]:
                rules = shown.setdefault(str(row[section]), [])
                rules += [str(row[rule])] * (str(row[rule]) not in rules)
        found = {s.title: s.statements for s in list_sections(index, node)}
        assert {title: found.get(title) for title in shown} == shown
        assert [title for title in found if title in shown] == list(shown)
        compared += len(shown)
    assert compared > 10


def test_every_page_can_be_read_without_sight(pages: dict[str, Page]) -> None:
    """A page has one main part, one heading above all, a language, and names for its pictures."""
    for name, page in pages.items():
        assert page.tags.count("main") == page.tags.count("h1") == 1, name
        assert dict(page.attributes)["html"] == {"lang": "en"}
        levels = [int(tag[1]) for tag in page.tags if re.fullmatch("h[1-6]", tag)]
        assert all(b - a <= 1 for a, b in pairwise(levels)), name
        for tag, found in page.attributes:
            if tag == "svg":
                labels = str(found["aria-labelledby"]).split()
                assert set(labels) <= set(page.anchors), name
            if found.get("tabindex"):
                assert found.get("aria-label") or found.get("aria-labelledby"), name


def find_contrast(first: str, second: str) -> float:
    """Return the contrast of two colours by WCAG 2.2, from three or six hexadecimal digits."""

    def find_brightness(colour: str) -> float:
        digits = colour if len(colour) == 6 else "".join(digit * 2 for digit in colour)
        values = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
        linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dark = sorted(map(find_brightness, (first, second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_colours_have_enough_contrast(guide_site: Path) -> None:
    """Each colour of text stands out from each ground by 4.5 to 1, by day and by night."""
    assert round(find_contrast("000", "ffffff"), 1) == 21.0
    style = (guide_site / "style.css").read_text("utf-8")
    blocks = re.findall(r":root \{([^}]*)\}", style)
    assert len(blocks) == 2
    for block in blocks:
        colours = dict(re.findall(r"--(\w+): #(\w+)", block))
        for ink in ("ink", "quiet", "link", "strong"):
            for ground in ("paper", "soft"):
                assert find_contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)


def test_a_term_says_what_it_means_and_where_it_is_used(guide_site: Path, guide_data: Path) -> None:
    """A class has its definition, its axioms in words and its count at the anchor of its name."""
    text = (guide_site / "ontology/power.html").read_text("utf-8")
    block = text.partition('<section id="SelectionRule"')[2].partition('<section id="')[0]
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", block))
    assert "A selection rule says how an office, a number of seats in a body" in words
    assert "Every selection rule is a rule." in words
    assert "Nothing is a selection rule and at once one of these: a competence rule," in words
    text = "".join(path.read_text("utf-8") for path in guide_data.rglob("*.yaml"))
    number = len(re.findall(r"^- selection:", text, re.MULTILINE))
    assert f"{number} nodes are of it" in words


def test_an_arrow_has_its_chain_in_words(guide_site: Path) -> None:
    """What a property chain says can be read."""
    text = (guide_site / "ontology/arrow.html").read_text("utf-8")
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text))
    assert "Whatever leads along “is actor of”, then “acts as: appoints”" in words


def test_every_fragment_of_the_ontology_is_a_place_on_its_first_page(
    guide_site: Path, pages: dict[str, Page]
) -> None:
    """Who follows the IRI of a term with a fragment gets to the term on the page of all."""
    terms = {
        term.partition("#")[2]
        for term in place_terms(read_modules())
        if term.startswith(BASE + "ontology#")
    }
    assert len(terms) > 300
    assert terms <= set(pages["ontology.html"].anchors)
    assert (guide_site / "ontology.ttl").read_bytes() == (
        ROOT / "ontology/politeia.ttl"
    ).read_bytes()


def test_the_same_data_gives_the_same_bytes(
    guide_data: Path, guide_site: Path, tmp_path: Path
) -> None:
    """The command, in a process with another hash seed, writes the site byte for byte the same."""
    subprocess.run(
        [sys.executable, "-m", "cli.app", "site", tmp_path / "other", "--data", guide_data],
        env=os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT), "LC_ALL": "C"},
        check=True,
        capture_output=True,
    )
    other = tmp_path / "other"
    assert {p.relative_to(other) for p in other.rglob("*")} == {
        p.relative_to(guide_site) for p in guide_site.rglob("*")
    }
    for path in guide_site.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (other / path.relative_to(guide_site)).read_bytes(), path
