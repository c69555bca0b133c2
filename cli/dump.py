"""`politeia dump`: the graph as a file that any triple store loads."""

import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from cli.options import Data, State
from cli.reply import choose_format, open_data, write
from kg.answer import Scope, resolve_state
from kg.dump import FORMATS, dump_store
from kg.errors import EnvironmentProblem


def dump(
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=f"{', '.join(FORMATS)}; ttl if none is given. Only trig keeps apart what was "
            "asserted, what was derived, and where it was written.",
        ),
    ] = "ttl",
    output: Annotated[
        str, typer.Option(metavar="FILE", help="Write to a file, all of it or nothing.")
    ] = "",
    state: State = "",
    data: Data = [],  # noqa: B006 - Typer copies it
) -> None:
    """Write all that is published: the same bytes for the same data, without blank nodes."""
    chosen = choose_format(form, tuple(FORMATS))
    opened = open_data(data)
    scope = resolve_state(opened, Scope(state=state))
    content = dump_store(opened.store, chosen, scope.state)
    if output:
        _write_file(Path(output), content)
    else:
        write(content)


def _write_file(path: Path, content: bytes) -> None:
    """Write beside the place and rename, so that nobody ever reads half of a dump."""
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    except OSError as error:
        raise EnvironmentProblem(f"Cannot write to {path.parent}: {error.strerror}.") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        mask = os.umask(0)
        os.umask(mask)
        Path(beside).chmod(0o666 & ~mask)  # mkstemp keeps it to its owner
        Path(beside).replace(path)
    except OSError as error:
        Path(beside).unlink(missing_ok=True)
        raise EnvironmentProblem(f"Cannot write {path}: {error.strerror}.") from error
