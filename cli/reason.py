"""`politeia reason`: whether all that the data says can be true together."""

from pathlib import Path
from typing import Annotated

import typer

from cli.complete import complete_words
from cli.options import Data, State
from cli.reply import choose_format, write
from kg import place

REASON_FORMATS = ("text", "json")


def reason(
    *,
    whole: Annotated[
        bool,
        typer.Option(
            "--whole", help="Give the reasoner every triple as it stands, which takes minutes."
        ),
    ] = False,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            autocompletion=complete_words(REASON_FORMATS),
            help=", ".join(REASON_FORMATS),
        ),
    ] = "",
    state: State = "",
    data: Data = [],
) -> None:
    """Ask an OWL reasoner whether the data can be true, and why not; exit with 1 if it cannot.

    It also tells which classes of the ontology nothing can be in, and whether the reasoner derives
    the arrows that the build derives. It needs Java: pip install 'politeia[reason]'.
    """
    from cli import verdict  # noqa: PLC0415 - no other command needs what this one loads
    from kg.build import build_graphs  # noqa: PLC0415 - as above
    from kg.java import find_java  # noqa: PLC0415 - as above
    from kg.progress import show_progress  # noqa: PLC0415 - as above
    from kg.reason import find_state  # noqa: PLC0415 - as above
    from kg.reason import reason as conclude  # noqa: PLC0415 - as above

    chosen = choose_format(form, REASON_FORMATS)
    find_java()  # before the seconds that reading the data takes
    with show_progress("Reasoning"):
        quads, names = build_graphs([Path(folder) for folder in data] or [place.DATA])
        states = [find_state(names, quads, state)] if state else []
        found = conclude(quads, states, whole=whole)
    write(verdict.render_json(found) if chosen == "json" else verdict.render_text(found))
    if not found.is_sound:
        raise typer.Exit(1)
