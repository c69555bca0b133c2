"""The published graph as static pages: a page a thing, a statement and a module of the ontology."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import EnvironmentProblem

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from kg.release import Release
    from kg.site.write import Written
    from kg.store import Opened


def write_site(folder: Path, opened: Opened) -> Written:
    """Write the site of an open store into a folder, which is made; the same bytes each time.

    What else stands in the folder stays. Raises EnvironmentProblem if the templates cannot be
    filled because Jinja2 is not installed, or if the folder cannot be written.
    """
    write = _load()
    try:
        written: Written = write.write_files(folder, opened)
    except OSError as error:
        raise EnvironmentProblem(f"Cannot write to {folder}: {error}.") from error
    return written


def add_pages(release: Release) -> None:
    """Add the site to a release, as a writer of `kg.release`; only the two entries are described.

    What the release has under the same name, a module of the ontology, it keeps.
    """
    titles = {"index.html": "The pages of all things", "ontology.html": "The pages of all terms"}
    for name, content in _load().list_files(release.opened):
        if name not in release.files:
            release.add(name, content, titles.get(name, name), described=name in titles)


def _load() -> ModuleType:
    """Return the module that writes; raises EnvironmentProblem if Jinja2 is not installed."""
    try:
        from kg.site import write  # noqa: PLC0415 - only who writes a site needs it
    except ModuleNotFoundError as error:
        raise EnvironmentProblem(
            f"A site needs the package {error.name}: pip install 'politeia[site]'."
        ) from error
    return write
