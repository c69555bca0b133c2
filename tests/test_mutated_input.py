"""Mutated records: whatever an edit makes of one, it is read or refused, and no step fails.

The records are real ones, some of every kind. A case changes one at random, in its text or in its
lines, and takes it through reading, checking, graph and derivation among all the others.
"""

from __future__ import annotations

import functools
import json
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from thorough import THOROUGH
from yamlcore import CCoreLoader

from kg import place
from kg.build import read_ontology
from kg.check import check_entry
from kg.circle import check_circles
from kg.dataset import Dataset
from kg.derive import derive_by_rules, derive_from_entry, derive_periods, derive_points
from kg.folder import read_content, read_dataset
from kg.graph import Shared, assert_entry, record_provenance
from kg.iri import iri_of
from kg.notation import from_quads, to_quads
from kg.record import KINDS, Rule, Version
from kg.span import order_versions
from kg.vocabulary import graph_iri

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.dataset import Entry
    from kg.finding import Finding
    from kg.notation import Triple

CASES = 3_000 if THOROUGH else 500
UNWATCHED = [HealthCheck.too_slow, HealthCheck.data_too_large]
"""A case reads a whole record among all others, and a case is a text of some length."""
EACH = 8
"""So many records of each kind are mutated, if there are so many."""

PIECES = [
    "\t", " ", "\n", "\n  ", "- ", ": ", "[", "]", "{", "}", "'", '"', "#", "&a ", "*a", "!!x ",
    "|", ">", "%", "@", "`", "~", "null", "no", "010", "\x00", "\x85", "\u2028", "\ufeff", "\u202e",
    "\u00e9", "?", "---\n", "<<: ", "office/", "para 1-2", "para 99999", "0", "-", "\\",
    "\U0001f6aa", '"\\ud800"', "\u00b2", "\u0661", ", 1998", "/", "999999999", "1/99",
]  # fmt: skip
VALUES = [
    "", "''", "~", "[]", "{}", "[[]]", "{a: b}", "yes", "true", "0", "-1", "1e9", "9999", "0001",
    "2019-02-30", "1995 or later", "not stated", "over", "1/2", "3/2", "x" * 2_001, "body/x",
    "office/president", "[office/president, 7]", "para 1", "art 1, 1995", "constitution art 1",
    "more than 1/2 of the votes cast", "at least 9/9 of X", "{en: a, de: [b, c]}", "{no: a}",
    "[{appoints: office/president}]", "[{of: office/president}]", "{A: 1, B: [1, 2]}",
]  # fmt: skip

CIRCLING = ("treaty", "figure")
"""The kinds whose records can be in a circle of references."""


class Original(NamedTuple):
    """A real record: the file that it stands in, its lines and its kind."""

    file: str
    lines: tuple[str, ...]
    kind: str


@functools.cache
def read_all() -> Dataset:
    """Return all records of the data."""
    return read_dataset([place.DATA])


@functools.cache
def choose_originals() -> tuple[Original, ...]:
    """Return some records of each kind, spread over the data."""
    entries = list(read_all().entries.values())
    starts: dict[str, list[int]] = {}
    for entry in entries:
        starts.setdefault(entry.record.mark.file, []).append(entry.record.mark.line)
    chosen = []
    for kind in KINDS:
        found = [entry for entry in entries if entry.record.kind == kind]
        for entry in islice(found, 0, None, max(1, len(found) // EACH)):
            mark = entry.record.mark
            lines = (place.DATA / mark.file).read_text("utf-8").splitlines()
            following = [n for n in starts[mark.file] if n > mark.line]
            end = min(following) - 1 if following else len(lines)
            chosen.append(Original(mark.file, tuple(lines[mark.line - 1 : end]), kind))
    return tuple(chosen)


@functools.cache
def find_schema() -> Draft202012Validator:
    """Return the schema for editors."""
    return Draft202012Validator(json.loads((place.PACKAGE / "schema.json").read_text("utf-8")))


@functools.cache
def list_values(key: str) -> tuple[str, ...]:
    """Return what stands behind a key in the records."""
    lines = [line.strip(" -") for original in choose_originals() for line in original.lines]
    found = [line.partition(": ")[2] for line in lines if line.startswith(f"{key}: ")]
    return tuple(dict.fromkeys(found)) or ("",)


def change_line(line: str, way: str, number: int) -> list[str]:
    """Return what stands in the place of a line: another value, nothing, itself twice or deeper."""
    start = line.partition(": ")[0].rstrip(":")
    known = list_values(start.strip(" -"))
    made = {
        "odd": [f"{start}: {VALUES[number % len(VALUES)]}"],
        "other": [f"{start}: {known[number % len(known)]}"],
        "gone": [],
        "twice": [line, line],
        "deeper": ["  " + line],
    }
    return made[way]


def mutate(original: Original, edits: Sequence[Edit]) -> str:
    """Return the text of a file with one record, after some edits of its lines or its text."""
    lines = list(original.lines)
    for at, way, number, _ in edits:
        if way != "text" and lines:
            start = at % len(lines)
            lines[start : start + 1] = change_line(lines[start], way, number)
    text = "\n".join(lines) + "\n"
    for at, way, number, piece in edits:
        if way == "text":
            start = at % (len(text) + 1)
            text = text[:start] + piece + text[start + number % 4 :]
    return text


Edit = tuple[int, str, int, str]
WAYS = ("odd", "odd", "other", "other", "gone", "twice", "deeper", "text", "text", "text")
EDITS = st.lists(
    st.tuples(
        st.integers(0, 2_000),
        st.sampled_from(WAYS),
        st.integers(0, 2_000),
        st.sampled_from(PIECES) | st.text(max_size=3),
    ),
    min_size=1,
    max_size=3,
)
"""An edit: where, in which way, which of the values or how many characters go, and a piece."""


def draw_original(share: int = 0, shares: int = 1) -> st.SearchStrategy[Original]:
    """Return a strategy that draws a kind first, so that none is rare, and then a record of it."""
    by_kind: dict[str, list[Original]] = {}
    for original in choose_originals():
        by_kind.setdefault(original.kind, []).append(original)
    return st.sampled_from(list(by_kind)[share::shares]).flatmap(
        lambda kind: st.sampled_from(by_kind[kind])
    )


def add(entries: list[Entry], faulty: set[tuple[str, str, str, str]]) -> Dataset:
    """Return all records of the data with some in the place of those of their names."""
    known = read_all()
    dataset = Dataset(
        known.entries | {entry.name: entry for entry in entries},
        frozenset(faulty),
        versions=dict(known.versions),
    )
    for entry in entries:
        if isinstance(entry.record, Version):
            source = (entry.state, entry.source)
            others = [v for v in known.versions.get(source, ()) if v.id != entry.record.id]
            dataset.versions[source] = order_versions([*others, entry.record])
    return dataset


def read_and_check(text: str, original: Original) -> tuple[list[Entry], list[Finding], Dataset]:
    """Return the records of a file, its findings, and all records with those of the file."""
    findings: list[Finding] = []
    faulty: set[tuple[str, str, str, str]] = set()
    content = text.encode("utf-8", "surrogatepass")
    entries = list(read_content(content, original.file, findings, faulty))
    dataset = add(entries, faulty)
    for entry in entries:
        check_entry(entry, dataset, findings)
    if original.kind in CIRCLING:
        check_circles(dataset, findings)
    return entries, findings, dataset


def derive(entries: list[Entry], dataset: Dataset) -> list[Triple]:
    """Return the asserted triples of some records, and expect all to be written well.

    Every record is asserted.
    """
    shared = Shared()
    asserted = [triple for entry in entries for triple in assert_entry(entry, dataset, shared)]
    derived = [triple for entry in entries for triple in derive_from_entry(entry, dataset)]
    derived += derive_points(entries, dataset)
    provenance = []
    for entry in entries:
        provenance += record_provenance(entry)
        source = dataset.source(entry.state, entry.source)
        if isinstance(entry.record, Rule) and source is not None:
            derived += derive_periods(source, [entry], dataset)
    made = [*asserted, *shared.triples, *derived, *provenance]
    assert from_quads(to_quads(made, graph_iri("xx", "asserted"))) == made
    assert {iri_of(entry) for entry in entries} <= {subject for subject, _, _ in asserted}
    return asserted


@settings(max_examples=300, deadline=None, suppress_health_check=UNWATCHED)
@given(draw_original(), EDITS)
def test_what_the_reader_takes_the_schema_takes(original: Original, edits: list[Edit]) -> None:
    """An editor never marks what would be built, however it is written."""
    text = mutate(original, edits)
    if not read_and_check(text, original)[1]:
        value = yaml.load(text, Loader=CCoreLoader)  # noqa: S506 - it makes plain values only
        assert [error.message for error in find_schema().iter_errors(value)] == []


@pytest.mark.parametrize("share", range(2))
def test_a_mutated_record_is_read_or_refused(share: int) -> None:
    """A changed record has findings that can be shown, or makes a graph."""
    counts = {"refused": 0, "made": 0}
    asserted: set[Triple] = set()

    @settings(
        max_examples=CASES // 2,
        deadline=None,
        database=None,
        suppress_health_check=UNWATCHED,
    )
    @given(draw_original(share, 2), EDITS)
    def try_one(original: Original, edits: list[Edit]) -> None:
        entries, findings, dataset = read_and_check(mutate(original, edits), original)
        if findings:
            counts["refused"] += 1
            said = "".join(finding.render() for finding in findings)
            assert [c for c in said if not c.isprintable() and c not in "\n\t"] == []
        else:
            counts["made"] += 1
            asserted.update(derive(entries, dataset))

    try_one()
    assert derive_by_rules(asserted, from_quads(read_ontology()))
    assert min(counts.values()) > CASES // 20
