"""`politeia coverage`: what was taken from each place of the sources, and why nothing was."""

from typing import Annotated

import typer

from cli.complete import complete_words
from cli.options import Data, Endpoint, Timeout
from cli.reply import LIMIT, choose_format, open_data, warn, write
from kg.answer import SERIALIZED
from kg.coverage import Place, count_accounted, read_coverage
from kg.solutions import serialize_rows

COVERAGE_FORMATS = ("tsv", "table", "csv", "json", "records")


def coverage(
    missing: Annotated[
        bool, typer.Option("--missing", help="Only the places that are not accounted for.")
    ] = False,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            autocompletion=complete_words(COVERAGE_FORMATS),
            help=", ".join(COVERAGE_FORMATS),
        ),
    ] = "",
    data: Data = [],
    endpoint: Endpoint = "",
    timeout: Timeout = LIMIT,
) -> None:
    """Account for every paragraph and annex of the sources; exit with 1 where one is not.

    A place is accounted for if statements cite it, or if a record says why nothing was taken;
    one that is called empty and cited all the same is not.
    """
    chosen = choose_format(form, COVERAGE_FORMATS)
    places = read_coverage(open_data(data, endpoint, timeout))
    shown = [place for place in places if place.fault or not missing]
    if chosen in SERIALIZED:
        rows = [(p.source, p.locator, _list_taken(p), p.reason, p.fault) for p in shown]
        write(serialize_rows(Place._fields, rows, chosen))
    else:
        write(_RENDERERS[chosen](shown))
    counts = count_accounted(places)
    for source, (good, total) in counts.items():
        warn(f"{source}: {good} of {total} places are accounted for.")
    if any(good < total for good, total in counts.values()):
        raise typer.Exit(1)


def _list_taken(place: Place) -> str:
    return ", ".join(f"{number} {kind}" for kind, number in place.taken)


def _name_taken(place: Place) -> str:
    return place.fault or place.reason or _list_taken(place)


def _render_table(places: list[Place]) -> str:
    width = max((len(p.locator) for p in places), default=0)
    return "".join(f"{p.locator:{width}}  {_name_taken(p)}\n" for p in places)


def _render_records(places: list[Place]) -> str:
    import json  # noqa: PLC0415 - one format needs it

    records = [{**p._asdict(), "taken": dict(p.taken)} for p in places]
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"


_RENDERERS = {"table": _render_table, "records": _render_records}
