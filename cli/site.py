"""`politeia site`: the graph as static pages for any web host."""

from pathlib import Path
from typing import Annotated

import typer

from cli.options import Data
from cli.reply import open_data, warn
from kg.progress import show_progress
from kg.site import write_site


def site(
    folder: Annotated[
        str, typer.Argument(metavar="FOLDER", help="Where the pages go; made if it is not there.")
    ],
    data: Data = [],
) -> None:
    """Write a page for each thing and statement, Turtle and JSON-LD beside it, and the ontology."""
    opened = open_data(data)
    with show_progress("Writing pages"):
        written = write_site(Path(folder), opened)
    warn(f"Wrote {written.pages:,} pages, {written.files:,} files, {written.size:,} bytes.")
