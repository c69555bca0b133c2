"""Where each IRI is shown: the page, and the place on the page.

A page is named by its path without the ending, `id/xx/office/king`, so that the IRI of a thing is
the base and its page. A part of a record (a step, a provision) is a place on the page of the
record. What is no record and no part of one (a citation, a period) has a page of its own too; where
such nodes share four steps of their path, as comparisons of one office do, they share the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.vocabulary import BASE, GRAPH, ID

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_DEPTHS = (4, 3, 1)
"""The steps in the path of a statement, of a thing, and of a State."""


class Addresses:
    """The page and the place of every node and of every term."""

    def __init__(
        self,
        nodes: Collection[str],
        records: Collection[str],
        terms: Mapping[str, tuple[str, str]],
    ) -> None:
        """Take all nodes, those of them that are records, and the places of all terms."""
        self.pages = {record.removeprefix(BASE) for record in records}
        self._terms = terms
        known = set(nodes)
        for node in sorted(known - set(records)):
            if not self._find_page(node)[0]:
                whole = _cut(node, 3)
                self.pages.add((whole if whole in known else _cut(node, 4)).removeprefix(BASE))

    def find(self, iri: str) -> tuple[str, str]:
        """Return the page and the anchor; the page of what is not ours is empty."""
        if iri in self._terms:
            return self._terms[iri]
        if iri.startswith(GRAPH):
            state, _, layer = iri.removeprefix(GRAPH).partition("/")
            return ("id/" + state, "graph/" + layer) if layer else ("ontology", "")
        return self._find_page(iri) if iri.startswith(ID) else ("", "")

    def link(self, here: str, iri: str) -> str:
        """Return the relative link from a page to where an IRI is shown.

        What has no page of ours is linked by its own IRI.
        """
        page, anchor = self.find(iri)
        if not page:
            return iri
        return link_page(here, page) + (f"#{anchor}" if anchor else "")

    def _find_page(self, node: str) -> tuple[str, str]:
        for depth in _DEPTHS:
            page = _cut(node, depth)
            if page.removeprefix(BASE) in self.pages and (depth > 1 or page == node):
                return page.removeprefix(BASE), node[len(page) + 1 :]
        return "", ""


def _cut(node: str, depth: int) -> str:
    return ID + "/".join(node.removeprefix(ID).split("/")[:depth])


def link_page(here: str, page: str, ending: str = ".html") -> str:
    """Return the relative link from one page to another file of the site."""
    return "../" * here.count("/") + page + ending
