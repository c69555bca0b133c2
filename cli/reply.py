"""From a question as it was typed to what is printed; both ways of reading arguments end here.

It is on the path of every answer, so it loads only what the answer needs: the tables and the
sentences of a terminal are imported when they are asked for.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from kg.answer import Scope, ask, read_rows, serialize, solve
from kg.errors import UnknownName
from kg.store import Opened, build_store, open_for, open_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import QuerySolutions

    from kg.answer import Asked, Cell

    Row = tuple[Cell, ...]

EXPLAINED = "'politeia explain CODE' tells more about a code."
"""The line that follows findings."""
LIMIT = 60.0
"""The seconds that an endpoint has where nothing else is said."""
FORMATS = ("table", "md", "csv", "tsv", "json", "records")


class ReaderLeft(Exception):  # noqa: N818 - no fault of anybody
    """The program that read our output, such as `head`, has seen enough."""


class Request(NamedTuple):
    """What was asked or is to be shown, as it was typed; an empty field was not given.

    `name` is that of a question, which has `arguments`, or of a thing.
    """

    name: str
    arguments: tuple[str, ...] = ()
    format: str = ""
    as_of: str = ""
    source: tuple[str, ...] = ()
    state: str = ""
    lang: str = ""
    data: tuple[str, ...] = ()
    show_query: bool = False
    endpoint: str = ""
    timeout: float = LIMIT

    @property
    def scope(self) -> Scope:
        """What the answer is restricted to."""
        return Scope(self.as_of, self.source, self.state, self.lang)


def reply(request: Request) -> None:
    """Answer a question on stdout; what is not the answer itself goes to stderr.

    Raises what kg.store.open_store and kg.answer.ask raise, and UnknownName for a format.
    """
    chosen = choose_format(request.format, FORMATS)
    opened = open_data(request.data, request.endpoint, request.timeout, request)
    asked = ask(opened, request.name, request.arguments, request.scope)
    if request.show_query:
        write(asked.query)
        return
    if chosen in {"table", "md"}:
        from cli.sentence import (  # noqa: PLC0415 - for people only
            explain_nothing,
            introduce,
            tell_silences,
        )

        columns, rows = read_rows(solve(opened, asked.query))
        if rows:
            title = introduce(opened, asked, request.scope, columns, rows)
            show(chosen, title, columns, rows)
            if silences := tell_silences(opened, asked, request.scope):
                write("\n" + "\n\n".join(silences) + "\n")
        else:
            write(explain_nothing(opened, asked, request.scope))
        return
    if write_solutions(solve(opened, asked.query), chosen) == 0:
        _say_nothing_was_found(opened, asked, request.scope)


def write_solutions(solutions: QuerySolutions, chosen: str) -> int:
    """Write the solutions of a SELECT in a format for machines; return 0 if there are none."""
    if chosen == "records":
        columns, rows = read_rows(solutions)
        write(render_records(columns, rows))
        return len(rows)
    content = serialize(solutions, chosen)
    write(content)
    if chosen == "json":
        return int(not content.rstrip().endswith(b'"bindings":[]}}'))
    return content.count(b"\n") - 1


def render_records(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Return rows as a JSON array of objects; every object has every column, empty ones as null."""
    import json  # noqa: PLC0415 - only this format needs it here

    objects = [dict(zip(columns, row, strict=True)) for row in rows]
    return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"


def show(chosen: str, title: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Print rows for people to read, under a title: as a table or in Markdown."""
    if chosen == "md":
        from cli.markdown import render_markdown  # noqa: PLC0415 - one format needs it

        write(render_markdown(title, columns, rows))
    else:
        from cli.render import render_table  # noqa: PLC0415 - rich takes as long as an answer

        write(render_table(title, columns, rows))


def choose_format(given: str, known: Sequence[str]) -> str:
    """Return the format: as given, or a table to a terminal and TSV to a pipe.

    Where neither is known, it is the first that is. Raises UnknownName for a format that is not
    known here.
    """
    if not given:
        usual = "table" if sys.stdout.isatty() else "tsv"
        return usual if usual in known else known[0]
    if given not in known:
        from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

        raise UnknownName(
            f"There is no format '{given}' here; there are {', '.join(known)}.",
            get_close_matches(given, known, 1),
        )
    return given


def open_data(
    folders: Sequence[str],
    endpoint: str = "",
    timeout: float = LIMIT,
    request: Request | None = None,
) -> Opened:
    """Return the store of data folders; warns on stderr if it is older than the data.

    With a request, it need be no newer than the data of the States that this one is about.

    With the URL of an endpoint, that is asked in its place. Raises as kg.store.open_store and
    kg.endpoint.connect.
    """
    if endpoint:
        from kg.server import check_url  # noqa: PLC0415 - the embedded store needs no network

        check_url(endpoint)
    if request:
        named = request
        opened = open_for(
            folders, lambda o: ask(o, named.name, named.arguments, named.scope).states
        )
    else:
        opened = open_store(folders)
    if opened.stale:
        count = len(opened.stale.findings)
        warn(
            f"The data has {count} finding{'s' if count > 1 else ''}; this answer is from the "
            "last good build. Run 'politeia build' to see them."
        )
    if endpoint:
        from kg.endpoint import connect  # noqa: PLC0415 - the embedded store needs no network

        return opened._replace(endpoint=connect(endpoint, timeout))
    return opened


def tell_build(folders: Sequence[str], *, anew: bool = False) -> None:
    """Build the store of data folders if it must be, and say on stderr what was done.

    Raises what kg.store.build_store raises.
    """
    generation, built = build_store(folders, anew=anew)
    done = "Built" if built else "Nothing changed since the last build of"
    warn(f"{done} {generation / 'store'}.")


def write(content: str | bytes) -> None:
    """Write to stdout, in UTF-8 whatever the terminal's encoding.

    Raises ReaderLeft where nobody reads on, which Typer would take for a failure.
    """
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content.encode() if isinstance(content, str) else content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise ReaderLeft from None


def warn(text: str) -> None:
    """Write a line to stderr."""
    sys.stderr.write(text.rstrip("\n") + "\n")


def _say_nothing_was_found(opened: Opened, asked: Asked, scope: Scope) -> None:
    from cli.sentence import explain_nothing  # noqa: PLC0415 - rare

    warn(explain_nothing(opened, asked, scope))
