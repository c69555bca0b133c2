"""The command line as a whole: which commands there are, and what an error looks like.

Exit codes: 0 answered, 1 findings, 2 usage or unknown name, 3 environment. Text for people about
what went wrong goes to stderr; this is the only place that turns an exception into text.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from cli.fast import read_folders, read_question, read_thing
from cli.reply import EXPLAINED, ReaderLeft, reply, tell_build, warn
from kg.errors import AmbiguousName, DataError, PoliteiaError, UnknownName

if TYPE_CHECKING:
    from collections.abc import Sequence

    import typer

COMMANDS = (
    "ask",
    "show",
    "diff",
    "sparql",
    "build",
    "validate",
    "reason",
    "dump",
    "publish",
    "site",
    "coverage",
    "explain",
)
"""A command is a function of this name in a module of this name, in the order of the help."""
INTERRUPTED = 130
EXIT_CODES = {
    0: "answered, also where there is no row; nothing was found in what was checked",
    1: "findings: in the data, in a validation, in an account of the sources, by the reasoner",
    2: "usage: an unknown or ambiguous name, a wrong option, a query that does not parse",
    3: "environment: a folder, a file or a program is missing or refuses",
    INTERRUPTED: "interrupted with Ctrl-C",
}
"""What the number tells with which the command ends."""
LONG = 160
"""Proposals that are longer than so many characters stand one below the other."""
SHOWN = 1_000
"""So many findings are printed; who has more of them has one cause, and mends that first."""


def run() -> None:
    """Run the command line of this process, and end the process with its exit code.

    It ends at once: to take apart what a command made takes a tenth of the time of an answer.
    """
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (that of the process if none is given) and return its exit code."""
    argv = sys.argv[1:] if argv is None else argv
    try:
        code = _run(argv)
        sys.stdout.flush()
    except PoliteiaError as error:
        warn(render_error(error))
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except (ReaderLeft, BrokenPipeError):
        # The reader has seen enough. What is still buffered must not be written at the exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def render_error(error: PoliteiaError) -> str:
    """Return the text of an error: what is wrong, where, and what was perhaps meant."""
    lines = [str(error)]
    match error:
        case DataError():
            count = len(error.findings)
            lines = [finding.render() + "\n" for finding in error.findings[:SHOWN]]
            if count > SHOWN:
                lines += [f"... and {count - SHOWN:,} more.\n"]
            lines += [f"{count} finding{'s' if count > 1 else ''}. Nothing was changed."]
            lines += [EXPLAINED]
        case UnknownName() if error.proposals:
            meant = f"Did you mean: {', '.join(error.proposals)}?"
            if len(meant) > LONG:
                meant = "\n  ".join(["Did you mean one of these?", *error.proposals])
            lines += [meant]
        case AmbiguousName():
            width = max(len(label) for label, _ in error.candidates)
            lines += [f"  {label:{width}}  {iri}" for label, iri in error.candidates]
            lines += ["Name it by its IRI, or narrow the search with --state."]
    return "\n".join(lines)


def _run(argv: Sequence[str]) -> int:
    if asked := read_question(argv):
        reply(asked)
        return 0
    if shown := read_thing(argv):
        from cli.card import show_card  # noqa: PLC0415 - a question needs no card

        show_card(shown)
        return 0
    gc.disable()  # a command makes millions of small objects, which live to its end
    folders = read_folders(argv)
    try:
        if folders is not None and argv[0] == "validate":
            from cli.findings import tell_findings  # noqa: PLC0415 - a build has no need of it

            return tell_findings(folders)
        if folders is not None:
            tell_build(folders)
            return 0
        build_app(_find_command(argv))(list(argv), prog_name="politeia")
    except SystemExit as exit_:
        return exit_.code if isinstance(exit_.code, int) else int(exit_.code is not None)
    finally:
        gc.enable()
    return 0


def _find_command(argv: Sequence[str]) -> str:
    """Return the word that names the command: of what is run, or of what a shell completes."""
    if argv:
        return argv[0]
    words = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS") or ""
    return "".join(words.split(maxsplit=2)[1:2])


def build_app(only: str = "") -> typer.Typer:
    """Return the Typer application; loading it takes longer than an answer.

    With the name of a command it holds this one alone, because the others need not be loaded to
    run it; with any other word it holds them all.
    """
    import typer  # noqa: PLC0415 - see cli/fast.py

    app = typer.Typer(
        help="Who appoints whom: the powers of a State, from its own sources, each line cited.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(lambda: None)  # else an application of one command has no names of commands
    for name in [only] if only in COMMANDS else COMMANDS:
        app.command()(getattr(import_module(f"cli.{name}"), name))
    return app


if __name__ == "__main__":
    run()
