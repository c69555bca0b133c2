"""`politeia dump`: the graph as a file that any triple store loads."""

import os
import tempfile
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer
from pyoxigraph import Quad

from cli.complete import complete_words
from cli.options import Data, State
from cli.reply import choose_format, open_data, write
from kg.answer import Scope, resolve_state
from kg.dump import (
    collect_dump,
    collect_ontology,
    render_dump,
    write_pieces,
)
from kg.errors import EnvironmentProblem, UnknownName, UsageError
from kg.media import FORMATS
from kg.progress import show_progress
from kg.question import read_literal
from kg.store import Opened
from kg.stream import stream_dump
from kg.turtle import read_labels


def dump(
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            autocompletion=complete_words(FORMATS),
            help=f"{', '.join(FORMATS)}; ttl if none is given. Only trig keeps apart what was "
            "asserted, what was derived, and where it was written.",
        ),
    ] = "",
    output: Annotated[
        str,
        typer.Option(
            metavar="FILE",
            help="Write to a file, all of it or nothing; gzip if its name ends in .gz.",
        ),
    ] = "",
    *,
    in_force_on: Annotated[
        str,
        typer.Option(
            metavar="DATE",
            help="Of the statements only the rules that certainly hold on this day, with arrows "
            "that are true of it.",
        ),
    ] = "",
    module: Annotated[
        str,
        typer.Option(metavar="NAME", help="Only one module: act, arrow, body, power, source, ..."),
    ] = "",
    since: Annotated[
        str,
        typer.Option(
            metavar="OLD",
            help="Only what changed since an older dump, or since the release in a folder: an RDF "
            "Patch, with the records that were added, corrected or retracted as comments. It tells "
            "of the whole, so that it stands with no part and no format.",
        ),
    ] = "",
    state: State = "",
    data: Data = [],
) -> None:
    """Write all that is published: the same bytes for the same data, without blank nodes."""
    if since:
        _refuse_with_since(
            {
                "--format": form,
                "--state": state,
                "--module": module,
                "--in-force-on": in_force_on,
            }
        )
    chosen = choose_format(form, tuple(FORMATS))
    day = read_literal(in_force_on, "date").value if in_force_on else ""
    opened = open_data(data)
    code = resolve_state(opened, Scope(state=state)).state
    if since:
        content = iter([_tell_since(opened, since)])
    elif day or module:
        content = iter([_render_part(opened, code, day, module, chosen)])
    else:
        content = stream_dump(opened.store, chosen, code)
    if output:
        with show_progress(f"Writing {output}"):
            _write_file(Path(output), content)
    else:
        for piece in content:
            write(piece)


def _tell_since(opened: Opened, former: str) -> bytes:
    """Return what changed since an older dump or release; raises as kg.since.read_former."""
    from kg.since import read_former, tell_difference  # noqa: PLC0415 - few ask for it

    return tell_difference(read_former(former), collect_dump(opened.store)).encode()


def _render_part(opened: Opened, state: str, day: str, module: str, form: str) -> bytes:
    """Return what is in force on a day, or belongs to a module, with the names of the whole."""
    from kg.excerpt import keep_day  # noqa: PLC0415 - as above

    quads = collect_dump(opened.store, state)
    labels = read_labels(quads)
    if day:
        quads = keep_day(quads, collect_ontology(opened.store), day)
    if module:
        quads = _keep_module(quads, module)
    return render_dump(quads, form, labels)


def _refuse_with_since(given: Mapping[str, str]) -> None:
    """Raise UsageError for options, by name, that do not go with --since.

    Of a part that is set beside an older whole, all the rest would seem to be retracted.
    """
    named = [name for name, value in given.items() if value]
    if named:
        raise UsageError(
            "--since tells what changed in the whole, and as an RDF Patch; "
            f"leave out {' and '.join(named)}."
        )


def _keep_module(quads: list[Quad], module: str) -> list[Quad]:
    """Return the quads of a module; raises UnknownName if the ontology has none of that name."""
    from kg.build import read_modules  # noqa: PLC0415 - few ask for a module
    from kg.excerpt import find_homes, part_modules  # noqa: PLC0415 - as above

    modules = read_modules()
    if module not in modules:
        raise UnknownName(
            f"There is no module '{module}'; there are {', '.join(modules)}.",
            get_close_matches(module, modules, 1),
        )
    return part_modules(quads, find_homes(modules)).get(module, [])


def _write_file(path: Path, content: Iterable[bytes]) -> None:
    """Write beside the place and rename, so that nobody ever reads half of a dump."""
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    except OSError as error:
        raise EnvironmentProblem(f"Cannot write to {path.parent}: {error.strerror}.") from error
    try:
        with os.fdopen(handle, "wb") as file:
            write_pieces(file, content, packed=path.name.endswith(".gz"))
        mask = os.umask(0)
        os.umask(mask)
        Path(beside).chmod(0o666 & ~mask)  # mkstemp keeps it to its owner
        Path(beside).replace(path)
    except OSError as error:
        raise EnvironmentProblem(f"Cannot write {path}: {error.strerror}.") from error
    finally:
        Path(beside).unlink(missing_ok=True)
