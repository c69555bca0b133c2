"""`politeia validate`: everything that is wrong in the data, at the line that was written."""

from typing import Annotated

import typer

from cli.complete import complete_words
from cli.findings import VALIDATE_FORMATS, tell_findings
from cli.options import Data
from kg.validate import ENGINES


def validate(
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            autocompletion=complete_words(VALIDATE_FORMATS),
            help=f"{', '.join(VALIDATE_FORMATS)}.",
        ),
    ] = "text",
    engine: Annotated[
        str,
        typer.Option(
            metavar="ENGINE",
            help=f"{', '.join(ENGINES)}: ours, or the reference, which takes minutes.",
        ),
    ] = "fast",
    data: Data = [],
) -> None:
    """Check the data: how it is written, what refers to what, and all that the shapes demand.

    Exit code 0 without a finding, 1 with some.
    """
    raise typer.Exit(tell_findings(data, form, engine))
