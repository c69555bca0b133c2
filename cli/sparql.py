"""`politeia sparql`: any query on what is published."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.options import Data, Endpoint, Timeout
from cli.reply import FORMATS, LIMIT, choose_format, open_data, show, write, write_solutions
from kg.answer import read_rows
from kg.dump import render_triples
from kg.errors import EnvironmentProblem, UsageError
from kg.media import TRIPLE_FORMATS
from kg.sparql import run_query

TRUTH_FORMATS = ("tsv", "table", "json", "records")


def sparql(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="The query; - reads stdin.")],
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=f"SELECT: {', '.join(FORMATS)}. CONSTRUCT and DESCRIBE: "
            f"{', '.join(TRIPLE_FORMATS)}. ASK: json, or plain true or false.",
        ),
    ] = "",
    data: Data = [],
    endpoint: Endpoint = "",
    timeout: Timeout = LIMIT,
) -> None:
    """Run SELECT, ASK, CONSTRUCT or DESCRIBE on the union of all graphs; it only reads.

    The prefixes of the project (pol:, role:, org:, skos: ...) need not be declared.
    """
    text = _read(file)
    opened = open_data(data, endpoint, timeout)
    found = run_query(opened, text)
    if isinstance(found, bool):
        word = "true" if found else "false"
        chosen = choose_format(form, TRUTH_FORMATS)
        write(f'{{"head":{{}},"boolean":{word}}}\n' if chosen == "json" else f"{word}\n")
    elif isinstance(found, list):
        write(render_triples(found, choose_format(form, TRIPLE_FORMATS)))
    elif (chosen := choose_format(form, FORMATS)) in {"table", "md"}:
        columns, rows = read_rows(found)
        show(chosen, "1 row" if len(rows) == 1 else f"{len(rows)} rows", columns, rows)
    else:
        write_solutions(found, chosen)


def _read(file: str) -> str:
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise EnvironmentProblem(f"Cannot read {file}: {error.strerror}.") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is not in UTF-8: {error}.") from None
