"""Rows that were made in Python and not by a query, as W3C query results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Store

from kg.answer import serialize
from kg.vocabulary import expand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.answer import Cell


def serialize_rows(columns: Sequence[str], rows: Sequence[Sequence[Cell]], form: str) -> bytes:
    """Return rows of plain values in one of the formats of kg.answer.SERIALIZED.

    The rows are the VALUES of a query over nothing, so that the RDF library writes them: a text
    is a plain literal, a number a literal of its type, and None is unbound.
    """
    variables = " ".join(f"?{column}" for column in columns)
    written = "\n".join(f"({' '.join(map(_write_term, row))})" for row in rows)
    query = f"SELECT {variables} WHERE {{ VALUES ({variables}) {{\n{written}\n}} }}"
    return serialize(Store().query(query), form)  # type: ignore[arg-type] # a SELECT has solutions


def _write_term(cell: Cell) -> str:
    if cell is None:
        return "UNDEF"
    if isinstance(cell, float):
        return str(Literal(repr(cell), datatype=NamedNode(expand("xsd:decimal"))))
    return str(Literal(cell))
