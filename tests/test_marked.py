"""Marked values: the text as it stands in the file, with its place, and nothing made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from kg.marked import Mapping, Scalar, Sequence, Value, read_marked

if TYPE_CHECKING:
    from kg.finding import Finding


def read(text: str | bytes) -> Value | None:
    """Return the value of a file that has no finding."""
    findings: list[Finding] = []
    value = read_marked(text.encode() if isinstance(text, str) else text, "x.yaml", findings)
    assert findings == []
    return value


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "NO",
        "off",
        "12:30",
        "010",
        "0x1F",
        "1e3",
        "1_000",
        ".5",
        ".inf",
        "2019-02-30",
        "=",
        "<<",
    ],
)
def test_what_yaml_would_convert_stays_text(text: str) -> None:
    """A word, a time or a number of YAML 1.1 is the text that stands in the file."""
    value = read(f"key: {text}\n")
    assert isinstance(value, Mapping)
    scalar = value.items[0][1]
    assert isinstance(scalar, Scalar)
    assert (scalar.text, scalar.null) == (text, False)


def test_the_word_no_is_a_key() -> None:
    """The Norwegian language is not the value false."""
    value = read("no: Statsminister\n")
    assert isinstance(value, Mapping)
    assert value.items[0][0].text == "no"


@pytest.mark.parametrize(("text", "null"), [("", True), ("~", True), ("null", True), ("''", False)])
def test_an_empty_value_is_told_from_an_empty_text(text: str, null: bool) -> None:  # noqa: FBT001 - a case
    """What is missing is null; what was written as an empty text is not."""
    value = read(f"key: {text}\n")
    assert isinstance(value, Mapping)
    scalar = value.items[0][1]
    assert isinstance(scalar, Scalar)
    assert scalar.null is null


def test_every_value_knows_its_place() -> None:
    """Line and column count from one, in characters, with the line itself."""
    value = read("# Көше\n- é: [a,\n    ü]\n")
    assert isinstance(value, Sequence)
    record = value.items[0]
    assert isinstance(record, Mapping)
    key, items = record.items[0]
    assert (key.mark.line, key.mark.column, key.mark.text) == (2, 3, "- é: [a,")
    assert isinstance(items, Sequence)
    places = [(i.mark.line, i.mark.column, i.mark.text) for i in (items, *items.items)]
    assert places == [(2, 6, "- é: [a,"), (2, 7, "- é: [a,"), (3, 5, "    ü]")]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(ending: str) -> None:
    """A file from another system has the same places."""
    value = read(ending.join(["- a: 1", "  b: 2", ""]))
    assert isinstance(value, Sequence)
    record = value.items[0]
    assert isinstance(record, Mapping)
    mark = record.items[1][0].mark
    assert (mark.line, mark.column, mark.text) == (2, 3, "  b: 2")


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    """A file that an editor marked as UTF-8 reads as any other."""
    value = read(b"\xef\xbb\xbf- a: 1\n")
    assert isinstance(value, Sequence)
    assert (value.mark.column, value.mark.text) == (1, "- a: 1")


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n...\n"])
def test_an_empty_file_is_no_value(text: str) -> None:
    """A file without content has neither a record nor a finding."""
    value = read(text)
    assert value is None or (isinstance(value, Scalar) and value.null)


@pytest.mark.parametrize("escape", ["\\UFFFFFFFF", "\\U00110000", "\\xzz"])
@pytest.mark.parametrize("loader", ["SafeLoader", "CSafeLoader"])
def test_an_escape_of_no_character_is_a_finding(
    loader: str, escape: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With libyaml and without it, what is no character is refused."""
    monkeypatch.setattr("kg.marked.Loader", getattr(yaml, loader))
    assert find_codes(escape) == ["bad-yaml"]


@pytest.mark.parametrize(("loader", "codes"), [("SafeLoader", []), ("CSafeLoader", ["bad-yaml"])])
def test_half_a_character_is_left_to_the_reader_by_one_loader(
    loader: str, codes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """PyYAML lets through a surrogate, which libyaml refuses; the reader then finds a bad text."""
    monkeypatch.setattr("kg.marked.Loader", getattr(yaml, loader))
    assert find_codes("\\ud800") == codes


def find_codes(escape: str) -> list[str]:
    """Return the codes of the findings on a file with one escape."""
    findings: list[Finding] = []
    read_marked(f'- a: "{escape}"\n'.encode(), "x.yaml", findings)
    return [finding.code for finding in findings]
