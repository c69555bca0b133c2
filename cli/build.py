"""`politeia build`: from YAML to the store that answers."""

from typing import Annotated

import typer

from cli.options import Data
from cli.reply import tell_build


def build(
    anew: Annotated[
        bool, typer.Option("--anew", help="Build even if nothing changed since the last time.")
    ] = False,
    data: Data = [],
) -> None:
    """Build the store from the data; all findings at once if the data is faulty.

    Every other command does this by itself when the data changed.
    """
    tell_build(data, anew=anew)
