"""The templates, and what every page has: its title, its formats, and where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.media import FORMATS, MEDIA, PAGE_FORMATS
from kg.site.address import link_page
from kg.site.fact import Shown

if TYPE_CHECKING:
    from collections.abc import Sequence

LANGUAGES: Final = {"": "no language", "de": "German", "en": "English", "kk": "Kazakh",
                    "la": "Latin", "ru": "Russian"}  # fmt: skip


class Format(NamedTuple):
    """A format in which what a page shows can be had, by its media type and file ending."""

    name: str
    media: str
    ending: str


BESIDE: Final = tuple(
    Format(FORMATS[ending].name, MEDIA[ending], f".{ending}") for ending in PAGE_FORMATS
)
"""The formats of the files beside a page."""


class Place(NamedTuple):
    """A page that is linked from the head of every page."""

    name: str
    page: str


class Renderer:
    """Fills templates with what pages show."""

    def __init__(self, states: Sequence[Place], version: str) -> None:
        """Take the States that every page links to, and the version."""
        self._environment = Environment(
            loader=PackageLoader("kg.site"), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
        )  # fmt: skip
        self._environment.filters["capitalize_first"] = lambda text: text[:1].upper() + text[1:]
        self._environment.filters["language_name"] = lambda code: LANGUAGES.get(code, code)
        self._environment.globals.update(states=states, version=version)

    def render(self, template: str, here: str, title: str, **shown: Any) -> str:
        """Return a page; `path` are the pages above it, by name, from the first."""
        path = [Shown(p.name, link_page(here, p.page)) for p in shown.pop("path", ())]
        whole = {"formats": (), "iri": "", "embedded": "", "path": path} | shown
        found = self._environment.get_template(template)
        return found.render(here=here, root="../" * here.count("/"), title=title, **whole)
