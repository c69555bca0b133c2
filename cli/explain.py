"""`politeia explain CODE`: what a finding means and how to mend it."""

import sys
from typing import Annotated

import typer

from cli.complete import complete_code
from cli.reply import write
from kg.finding import CODES
from kg.page import read_page


def explain(
    code: Annotated[
        str,
        typer.Argument(
            metavar="[CODE]",
            autocompletion=complete_code,
            help="The code of a finding, such as bad-date; without it, all codes.",
        ),
    ] = "",
) -> None:
    """Explain a finding: what it means, why it matters, an example, and the example mended.

    With no CODE it lists the codes.
    """
    if not code:
        write(_list_codes())
        return
    page = f"# {code}\n\n{read_page(code)}"
    if sys.stdout.isatty():
        from cli.render import render_page  # noqa: PLC0415 - rich, for people only

        page = render_page(page)
    write(page)


def _list_codes() -> str:
    width = max(map(len, CODES))
    return "".join(f"{code:{width}}  {CODES[code]}\n" for code in sorted(CODES))
