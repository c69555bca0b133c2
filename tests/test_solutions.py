"""Rows made in Python as W3C results: they come back as the values that they were."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph
import pytest
from pyoxigraph import Literal, QueryResultsFormat

from kg.solutions import serialize_rows

HOSTILE = ['"', "\\", "\n", "\t", "} } DROP ALL #", "UNDEF", "?x", "'''", "\u00e4\u0493", ""]


@pytest.mark.parametrize(
    ("form", "kind"), [("tsv", QueryResultsFormat.TSV), ("json", QueryResultsFormat.JSON)]
)
def test_texts_come_back_whatever_they_hold(form: str, kind: QueryResultsFormat) -> None:
    """Each row stays a row, in its order, and each text a plain literal."""
    content = serialize_rows(["x", "y"], [(text, "end") for text in HOSTILE], form)
    found = pyoxigraph.parse_query_results(content, format=kind)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    assert [list(row) for row in found] == [[Literal(text), Literal("end")] for text in HOSTILE]


def test_csv_has_a_row_for_each() -> None:
    """A reader of CSV gets the same texts."""
    content = serialize_rows(["x", "y"], [(text, "end") for text in HOSTILE], "csv").decode()
    rows = list(csv.reader(io.StringIO(content, newline="")))
    assert rows == [["x", "y"], *([text, "end"] for text in HOSTILE)]


def test_numbers_keep_their_type_and_nothing_is_unbound() -> None:
    """3 is an integer, 2.5 a decimal, True a truth value, and None is not there."""
    content = serialize_rows(["a", "b", "c", "d"], [(3, 2.5, True, None)], "json")
    (binding,) = json.loads(content)["results"]["bindings"]
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert binding == {
        "a": {"type": "literal", "value": "3", "datatype": xsd + "integer"},
        "b": {"type": "literal", "value": "2.5", "datatype": xsd + "decimal"},
        "c": {"type": "literal", "value": "true", "datatype": xsd + "boolean"},
    }


def test_no_rows_leave_the_head() -> None:
    """The columns are named even where there is nothing under them."""
    assert serialize_rows(["a", "b"], [], "tsv") == b"?a\t?b\n"
