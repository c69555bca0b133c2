"""The JSON Schema: in step with the records, and of one mind with the reader as far as it sees."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from yamlcore import CCoreLoader

from kg.guide import read_guide
from kg.record import KINDS
from kg.schema import render_schema

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = json.loads((ROOT / "kg/schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
CASES = ROOT / "tests/cases/findings"
OF_A_PARSER = ("bad-yaml", "duplicate-key")
"""The cases that are no matter of values: a parser of YAML refuses them, or lets them pass."""
UNSEEN = {
    # What is at fault lies between records: another version, a name, a folder.
    "bad-citation-of-a-law/xx/law/power.yaml": [1, 5, 9],
    "bad-citation-of-a-law/xx/letters/source.yaml": [1],
    "bad-citation-of-a-law/xx/report/power.yaml": [1],
    "cyclic-reference/xx/report/figure.yaml": [1],
    "cyclic-reference/xx/treaty.yaml": [1],
    "dangling-reference/xx/office.yaml": [1, 5, 8],
    "dangling-reference/xx/report/power.yaml": [1, 9, 14],
    "dangling-reference-of-a-folder/y y/office.yaml": [1],
    "dangling-reference-of-a-folder/xx/memoirs/power.yaml": [1],
    "misplaced-record/office.yaml": [1],
    "misplaced-record/xx/power.yaml": [1, 5],
    "misplaced-record/xx/letters/source.yaml": [1],
    "misplaced-record/xx/report/office.yaml": [1],
    # It takes arithmetic: an end before the beginning, cells against columns, a row to add up.
    "bad-interval/xx/report/power.yaml": [1, 19],
    "wrong-type-of-a-table/xx/report/births.yaml": [1, 12, 23],
    "unknown-choice-of-a-table/xx/report/statistic.yaml": [1],
    # The paragraph is beyond the last one of its source.
    "bad-citation/xx/report/power.yaml": [6],
    # 1899 had no 29 February.
    "bad-date/xx/act.yaml": [1],
}
"""By case and file, the first lines of the records whose faults a schema cannot see."""
RULE = "- selection: x\n  fills: office/king\n  says: x\n"
TABLE = "- table: x\n  topic: t\n  rows-are: a\n  columns-are: b\n  says: x\n  cite: annex 2\n"


def load(text: str) -> Any:
    """Return the values of a file as an editor reads them, by the core schema of YAML 1.2."""
    return yaml.load(text, Loader=CCoreLoader)  # noqa: S506 - it makes plain values only


def is_valid(text: str) -> bool:
    """Tell whether an editor has nothing to say about a file."""
    try:
        return VALIDATOR.is_valid(load(text))
    except yaml.YAMLError:
        return False


def cut_records(text: str) -> dict[int, str]:
    """Return the records of a file by their first lines."""
    records: dict[int, str] = {}
    start = 1
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        start = number if line.startswith("- ") else start
        records[start] = records.get(start, "") + line
    return records


def test_the_shipped_file_is_what_the_records_say() -> None:
    """`python -m kg.schema > kg/schema.json` would change nothing."""
    assert (ROOT / "kg/schema.json").read_text("utf-8") == render_schema()


def test_it_is_a_schema_of_the_draft_that_it_names() -> None:
    """The file is a valid JSON Schema of the draft 2020-12."""
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


def test_every_file_of_the_data_is_valid() -> None:
    """An editor has nothing to say about what we publish."""
    records = [
        (str(path), record)
        for path in sorted((ROOT / "kg/data").rglob("*.yaml"))
        for record in load(path.read_text("utf-8"))
    ]
    kinds = {next(iter(record)): record for _, record in records}
    assert VALIDATOR.is_valid(list(kinds.values()))
    # From here each is held to the schema of its kind, which takes a third of the time.
    by_kind = {k: VALIDATOR.evolve(schema=SCHEMA["$defs"][k]) for k in kinds}
    wrong = {file for file, record in records if not by_kind[next(iter(record))].is_valid(record)}
    assert wrong == set()


def test_every_example_of_the_guide_is_valid() -> None:
    """An editor has nothing to say about what the guide shows, which has every kind and key."""
    examples = read_guide().examples
    assert [file for file, text in examples.items() if not is_valid(text)] == []


@pytest.mark.parametrize(
    "name", sorted(p.name for p in CASES.iterdir() if not p.name.startswith(OF_A_PARSER))
)
def test_a_fault_that_a_schema_can_see_is_seen(name: str) -> None:
    """Record by record, the schema refuses what the reader refuses, but for what is listed."""
    expected = (CASES / name / "expected.txt").read_text("utf-8")
    for path in sorted((CASES / name / "input").rglob("*.yaml")):
        file = path.relative_to(CASES / name / "input").as_posix()
        records = cut_records(path.read_text("utf-8"))
        lines = re.findall(rf"^{re.escape(file)}:(\d+):", expected, re.MULTILINE)
        faulty = {max(start for start in records if start <= int(line)) for line in lines}
        unseen = set(UNSEEN.get(f"{name}/{file}", ()))
        assert unseen <= faulty, file
        seen = {start for start, text in records.items() if not is_valid(text)}
        assert sorted(seen) == sorted(faulty - unseen), file


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_says_what_the_guide_says(kind: str) -> None:
    """Each key of each kind has a sentence that an editor shows."""
    properties = SCHEMA["$defs"][kind]["properties"]
    assert [key for key, value in properties.items() if not value["description"].strip()] == []


def test_what_a_key_says_is_that_of_its_kind() -> None:
    """A key that two kinds use in two ways is explained in two ways."""
    defs = SCHEMA["$defs"]
    assert defs["term"]["properties"]["of"]["description"] == "whose term it is"
    assert defs["change"]["properties"]["from"]["description"] == (
        "the first day of an event that lasted"
    )
    assert defs["step"]["properties"]["threshold"]["description"] == "what the step needs"


@pytest.mark.parametrize(
    "text",
    [
        "- office: king\n  label: 1995\n  cite: report para 1\n",
        "- office: king\n  label: true\n  cite: report para 1\n",
        "- office: 1995\n  label: {no: Kong, en: King}\n  also: {no: [1, 2.5]}\n  cite: a para 1\n",
        "- act: law\n  label: Law\n  date: 1995\n  number: 010\n  cite: report para 1\n",
        "- act: law\n  label: Law\n  date: 1995-02-28\n  cite: report para 1\n",
        "- version: 1920\n  label: Law\n  of: act/law\n  from: 1920\n",
        "- term: x\n  of: office/king\n  years: 5\n  consecutive: yes\n  says: x\n  cite: art 3\n",
        f"{TABLE}  columns: [1936, 1937]\n  cells: {{1: [-0.5, '18200000']}}\n  units: 1\n",
        f"{TABLE}  columns: a\n  cells: {{a: 1}}\n  units: [b]\n  column-sums: {{1936: 1937}}\n",
        f"{RULE}  basis: 1901 art 3\n  left-to: 1901\n  cite: para 3\n",
        f"{RULE}  cite: ['art 44 (3), 1998 to 2011', report para 3 (a), 'heading A, b']\n",
    ],
)
def test_a_number_stands_where_a_text_may(text: str) -> None:
    """What an editor takes for a number or a truth value is a text, a date or a name to us."""
    assert is_valid(text)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("seats", "0"), ("seats", "1.5"), ("seats", "'01'"), ("seats", "2000000000"),
        ("share", "1/200"), ("from", "1995-13"), ("from", "1995-04-31"), ("from", "0"),
        ("from", "12 May 1900"), ("until", "never"), ("per", "office/king"), ("per", "[]"),
        ("method", "''"), ("method", "' '"), ("method", "null"), ("method", "[a]"),
        ("method", '"\\u202e"'), ("method", "x" * 2_001), ("steps", "[{}]"),
        ("steps", "[{to: office/king}]"), ("steps", "[{appoints: office/king, elects: body/x}]"),
        ("steps", "[{appoints: office/king, threshold: more than 0/2 of the votes cast}]"),
        ("steps", "[{appoints: office/king, jointly: true}]"), ("basis", "law article 3"),
        ("cite", "[para 0]"), ("cite", "'art §'"), ("fills", "king"), ("fills", "person/king"),
        ("selection", "Prime Minister"), ("selection", "-1"), ("colour", "red"),
    ],
)  # fmt: skip
def test_a_value_of_another_form_is_refused(key: str, value: str) -> None:
    """A form that the reader would refuse is marked where it is typed."""
    sound = {"selection": "x", "fills": "office/king", "says": "x", "cite": "para 1"}
    lines = [f"{name}: {given}" for name, given in (sound | {key: value}).items()]
    assert is_valid("- " + "\n  ".join(f"{name}: {given}" for name, given in sound.items()))
    assert not is_valid("- " + "\n  ".join(lines))
