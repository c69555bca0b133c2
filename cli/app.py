"""The command line as a whole: which commands there are, and what an error looks like.

Exit codes: 0 answered, 1 findings, 2 usage or unknown name, 3 environment. Text for people about
what went wrong goes to stderr; this is the only place that turns an exception into text.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from cli.fast import read_arguments
from cli.reply import EXPLAINED, ReaderLeft, reply, warn
from kg.errors import AmbiguousName, DataError, PoliteiaError, UnknownName

if TYPE_CHECKING:
    from collections.abc import Sequence

    import typer

INTERRUPTED = 130
SHOWN = 1_000
"""So many findings are printed; who has more of them has one cause, and mends that first."""


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
            lines += [f"Did you mean: {', '.join(error.proposals)}?"]
        case AmbiguousName():
            width = max(len(label) for label, _ in error.candidates)
            lines += [f"  {label:{width}}  {iri}" for label, iri in error.candidates]
            lines += ["Name it by its IRI, or narrow the search with --state."]
    return "\n".join(lines)


def _run(argv: Sequence[str]) -> int:
    request = read_arguments(argv)
    if request is not None:
        reply(request)
        return 0
    gc.disable()  # a command makes millions of small objects, which live to its end
    try:
        build_app()(list(argv), prog_name="politeia")
    except SystemExit as exit_:
        return exit_.code if isinstance(exit_.code, int) else int(exit_.code is not None)
    finally:
        gc.enable()
    return 0


def build_app() -> typer.Typer:
    """Return the Typer application with all commands; loading it takes longer than an answer."""
    import typer  # noqa: PLC0415 - see cli/fast.py

    from cli import (  # noqa: PLC0415 - as above
        ask,
        build,
        coverage,
        diff,
        dump,
        explain,
        reason,
        show,
        sparql,
        validate,
    )

    app = typer.Typer(
        help="Who appoints whom: the powers of a State, from its own sources, each line cited.",
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    for command in (
        ask.ask,
        show.show,
        diff.diff,
        sparql.sparql,
        build.build,
        validate.validate,
        dump.dump,
        coverage.coverage,
        explain.explain,
        reason.reason,
    ):
        app.command()(command)
    return app


if __name__ == "__main__":
    sys.exit(main())
