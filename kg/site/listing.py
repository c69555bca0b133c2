"""The pages that only list others, so that each path has a page and each page a path to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kg.site.address import link_page
from kg.site.render import Place
from kg.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kg.site.index import Index

HOME = Place("Politeia", "index")


class Entry(NamedTuple):
    """A line of a listing: what it leads to, its link, and a remark or nothing."""

    text: str
    link: str
    note: str = ""


class Tree:
    """The pages by their paths: what is under each, and what is above it."""

    def __init__(self, pages: Collection[str], index: Index) -> None:
        """Take the pages of nodes; what is between them and the root is a listing."""
        self._index = index
        self._under: dict[str, set[str]] = {}
        self._pages = set(pages)
        for page in pages:
            while page.count("/") > 1:
                above = page.rpartition("/")[0]
                self._under.setdefault(above, set()).add(page)
                page = above  # noqa: PLW2901 - it climbs
        self.listings = sorted(set(self._under) - self._pages)
        self.states = sorted(page for page in self._pages if page.count("/") == 1)

    def list_above(self, page: str) -> list[Place]:
        """Return the pages above one, the home page first."""
        steps = page.split("/")
        above = ["/".join(steps[:depth]) for depth in range(2, len(steps))]
        return [HOME, *(Place(self._name(path), path) for path in above)]

    def gather_listing(self, page: str) -> dict[str, Any]:
        """Return what the template `listing.html` shows of a listing, by name."""
        above = self.list_above(page)
        title = f"{above[-1].name}: {self._name(page)}"
        return {"title": title, "path": above, "words": "", "groups": [self.group(page, page)]}

    def group(self, page: str, here: str) -> dict[str, Any]:
        """Return the entries under a page as links from another, in the order of their names."""
        under = self._under.get(page, ())
        entries = [Entry(self._name(p), link_page(here, p), self._count(p)) for p in under]
        return {"title": "", "entries": sorted(entries, key=lambda e: (e.text.lower(), e.link))}

    def gather_home(self, modules: Sequence[tuple[str, str]]) -> dict[str, Any]:
        """Return what the home page shows: the States, and the modules by page and title."""
        states = [Entry(self._name(page), link_page("index", page)) for page in self.states]
        shown = [Entry(title, link_page("index", page)) for page, title in modules]
        return {
            "title": "Politeia",
            "words": "Who appoints whom: the powers of a State as an open, cited knowledge graph.",
            "groups": [
                {"title": "States", "entries": states},
                {"title": "The ontology", "entries": shown},
            ],
        }

    def _name(self, page: str) -> str:
        if page in self._pages:
            return self._index.name(BASE + page)
        first, _, last = page.rpartition("/")
        source = f"{first}/source/{last}"
        if source in self._pages:
            return (self._index.texts(BASE + source, "pol:shortName") or [last])[0]
        return last.replace("-", " ")

    def _count(self, page: str) -> str:
        return f"({len(self._under[page])})" if page in self._under else ""
