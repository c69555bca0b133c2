"""The published graph as static pages: a page a thing, a statement and a module of the ontology."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import EnvironmentProblem

if TYPE_CHECKING:
    from pathlib import Path

    from kg.site.write import Written
    from kg.store import Opened


def write_site(folder: Path, opened: Opened) -> Written:
    """Write the site of an open store into a folder, which is made; the same bytes each time.

    What else stands in the folder stays. Raises EnvironmentProblem if the templates cannot be
    filled because Jinja2 is not installed, or if the folder cannot be written.
    """
    try:
        from kg.site.write import write_files  # noqa: PLC0415 - only who writes a site needs it
    except ModuleNotFoundError as error:
        raise EnvironmentProblem(
            f"A site needs the package {error.name}: pip install 'politeia[site]'."
        ) from error
    try:
        return write_files(folder, opened)
    except OSError as error:
        raise EnvironmentProblem(f"Cannot write to {folder}: {error}.") from error
