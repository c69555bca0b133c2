"""`politeia diff`: what changed hands between two days."""

from typing import Annotated

import typer

from cli.complete import complete_words
from cli.options import Data, Endpoint, Lang, Source, State, Timeout
from cli.reply import LIMIT, choose_format, open_data, render_records, show, warn, write
from kg.answer import SERIALIZED, Scope
from kg.diff import Change, find_difference
from kg.solutions import serialize_rows

DIFF_FORMATS = ("table", "md", "csv", "tsv", "json", "records")


def diff(
    first: Annotated[str, typer.Argument(metavar="DATE", help="The earlier day: 1998-01-01.")],
    second: Annotated[str, typer.Argument(metavar="DATE", help="The later day: 2008-01-01.")],
    *,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            autocompletion=complete_words(DIFF_FORMATS),
            help=f"{', '.join(DIFF_FORMATS)}. To a terminal a table, to a pipe tsv.",
        ),
    ] = "",
    source: Source = [],
    state: State = "",
    lang: Lang = "",
    data: Data = [],
    endpoint: Endpoint = "",
    timeout: Timeout = LIMIT,
) -> None:
    """Show who gained or lost which role between two days, with seats, terms and eligibility.

    Each law is compared with itself, on the days on which it surely stood; reports are not laws.
    """
    chosen = choose_format(form, DIFF_FORMATS)
    opened = open_data(data, endpoint, timeout)
    scope = Scope(source=tuple(source), state=state, lang=lang)
    found = find_difference(opened, first, second, scope)
    for law, days in found.silent.items():
        warn(f"{law} is not compared: it says nothing certain of {' or '.join(days)}.")
    rows = [tuple(change) for change in found.changes]
    if chosen == "records":
        write(render_records(Change._fields, rows))
    elif chosen in SERIALIZED:
        write(serialize_rows(Change._fields, rows, chosen))
    elif not rows:
        write(f"Nothing that is compared differs between {first} and {second}.\n")
    else:
        title = f"What changed hands between {first} and {second}, by the laws of these days."
        columns = ("office", "says", "act", "law", "citation", "rule")
        show(chosen, title, columns, [_speak(change) for change in found.changes])


def _speak(change: Change) -> tuple[str, ...]:
    """Return one change as a card: what it was and is now, the act, and where both stand."""
    was, is_ = change.before or "nobody or nothing", change.after or "nobody or nothing"
    says = f"{change.aspect}: {was} → {is_}"
    if change.change == "not known":
        says = f"{change.aspect}: {change.before or change.after} (not known on one of the days)"
    cited = " → ".join(filter(None, [change.cited_before, change.cited_after]))
    return (change.office, says, change.acts, "", cited, f"{change.office} {says}")
