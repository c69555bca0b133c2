"""The reader: every fault is a finding, all at once, and nothing else ever comes out of a file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg import place
from kg.errors import DataError
from kg.finding import CODES, Finding, Mark, sort_findings
from kg.folder import read_dataset
from kg.form import MAX_BYTES, MAX_TEXT
from kg.marked import read_marked
from kg.read import read_records

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = Path(__file__).parent / "cases" / "findings"
NAMES = sorted(path.name for path in CASES.iterdir() if path.is_dir())
OFFICE = "- office: usher\n  label: Usher\n  cite: report para 3\n"


def find(content: str | bytes) -> list[Finding]:
    """Return the findings in one file of records, without those on links between records."""
    findings: list[Finding] = []
    content = content.encode() if isinstance(content, str) else content
    read_records(read_marked(content, "x.yaml", findings), findings)
    return sort_findings(findings)


def codes(content: str | bytes) -> list[str]:
    """Return the codes of the findings in one file."""
    return [finding.code for finding in find(content)]


@pytest.mark.parametrize("name", NAMES)
def test_a_case_has_the_findings_that_stand_beside_it(
    name: str, ruritania: Callable[..., Path]
) -> None:
    """The files of a case, laid over the invented State, have exactly the findings expected."""
    folder = CASES / name / "input"
    files = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    data = ruritania(**{shown: path.read_bytes() for shown, path in files.items()})
    with pytest.raises(DataError) as error:
        read_dataset([data])
    rendered = "".join(finding.render() + "\n" for finding in error.value.findings)
    assert rendered == (CASES / name / "expected.txt").read_text("utf-8")


def test_every_code_has_a_case() -> None:
    """No code is documented that no case shows, but for those of shapes, which pages show."""
    shown = "".join((CASES / name / "expected.txt").read_text("utf-8") for name in NAMES)
    shapes = "".join(path.read_text("utf-8") for path in place.bundled("shapes").glob("*.ttl"))
    of_shapes = {"shape", *re.findall(r"sh:sparql shape:[A-Za-z]+-([a-z-]+)", shapes)}
    assert [c for c in CODES if f": {c}: " not in shown and c not in of_shapes] == []


def test_the_invented_state_is_sound(ruritania: Callable[..., Path]) -> None:
    """What the cases are laid over has no finding of its own."""
    assert len(read_dataset([ruritania()]).entries) == 10


def test_findings_are_sorted_and_each_stands_once() -> None:
    """Findings come by file, line and column, and the same one is not said twice."""
    one = Finding(Mark("b.yaml", 1, 1), "bad-id", "m", "a")
    two = Finding(Mark("a.yaml", 10, 1), "bad-id", "m", "a")
    three = Finding(Mark("a.yaml", 9, 2), "bad-text", "m", "a")
    four = Finding(Mark("a.yaml", 9, 2), "bad-id", "m", "a")
    assert sort_findings([one, two, three, four, one]) == [four, three, two, one]


def test_a_code_that_is_not_documented_is_refused() -> None:
    """A finding cannot be made with a code that no user could look up."""
    with pytest.raises(ValueError, match="undocumented"):
        Finding(Mark("a.yaml", 1, 1), "bad-luck", "m", "a")


def test_the_caret_stands_under_the_fault_behind_a_tab() -> None:
    """A tab in the line stands in the line of the caret too."""
    finding = Finding(Mark("a.yaml", 1, 4, "\tab c"), "bad-text", "m", "a")
    assert finding.render().splitlines()[1:3] == ["    \tab c", "    \t  ^"]


def test_of_a_long_line_the_place_of_the_fault_is_shown() -> None:
    """The caret stands under the fault, however far to the right it is."""
    line = "a" * 5_000 + "X" + "b" * 5_000
    shown, caret = (
        Finding(Mark("a.yaml", 1, 5_001, line), "bad-text", "m", "a").render().split("\n")[1:3]
    )
    assert len(shown) < 250
    assert shown[caret.index("^")] == "X"
    assert shown.startswith("    ...aaa")


def test_a_finding_does_not_reach_for_the_terminal() -> None:
    """An escape sequence in a file, its name, a message or an advice is shown and not sent."""
    mark = Mark("a\x1b[2J.yaml", 1, 1, "\x1b[31mred")
    assert "\x1b" not in Finding(mark, "bad-text", "'\x1b[0m' is no key", "\x1b[1m").render()


@pytest.mark.parametrize("extra", ["'", "#", "\u0661", " or earlier", "\\u0661"])
def test_a_number_is_in_plain_digits(extra: str) -> None:
    """A digit of another script, or a sign behind a number, is a finding."""
    text = f'- term: usher\n  of: office/usher\n  says: x\n  years: "4{extra}"\n  cite: para 1\n'
    assert codes(text) == ["bad-number"]


def test_the_value_of_a_figure_is_in_plain_digits() -> None:
    """A value is written in the digits 0 to 9 and in those of no other script."""
    text = "- figure: x\n  topic: t\n  measure: m\n  unit: u\n  says: x\n  cite: para 1\n  value: "
    assert codes(text + '"-12.5"\n') == []
    assert codes(text + '"1\u0662"\n') == ["bad-number"]


def test_a_record_called_null_has_no_name() -> None:
    """What YAML calls nothing is no identifier; in quotes it is a word as any other."""
    assert codes(OFFICE.replace("usher", "null")) == ["bad-id"]
    assert codes(OFFICE.replace("usher", "'null'")) == []


def test_a_text_of_100_000_characters_is_a_finding() -> None:
    """A label beyond the limit is reported with its length; one at the limit is read."""
    long = OFFICE.replace("Usher", "U" * 100_000)
    assert codes(long) == ["bad-text"]
    assert "100,000" in find(long)[0].message
    assert len(find(long)[0].render()) < 1_000
    assert codes(OFFICE.replace("Usher", "U" * MAX_TEXT)) == []
    assert codes(OFFICE.replace("Usher", "U" * (MAX_TEXT + 1))) == ["bad-text"]


def test_a_key_of_100_000_characters_is_shown_shortened() -> None:
    """A finding stays readable whatever stands in the file."""
    findings = find(OFFICE + f"  ? {'k' * 100_000}\n  : x\n")
    assert [f.code for f in findings] == ["unknown-key"]
    assert len(findings[0].render()) < 1_000


def test_a_file_of_50_megabytes_is_a_finding() -> None:
    """A file beyond the limit is not parsed."""
    content = b"- office: usher\n" * (50_000_000 // 16)
    assert len(content) > MAX_BYTES
    assert codes(content) == ["bad-yaml"]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_a_finding(opening: str) -> None:
    """Nesting of a thousand levels is refused before it can fill the stack."""
    assert codes(opening * 1_000) == ["bad-yaml"]


def test_a_billion_laughs_are_a_finding() -> None:
    """Aliases that would expand to a billion texts are refused at the first anchor."""
    lines = ["- &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"- &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 9)]
    assert codes("\n".join(lines)) == ["bad-yaml"]


@pytest.mark.parametrize(
    "iri", ["office/prime minister", "<http://x/y z>", "office/a>b", "a/b/c/d"]
)
def test_a_reference_that_would_make_a_broken_iri_is_a_finding(iri: str) -> None:
    """What becomes part of an IRI has the characters of identifiers only."""
    text = f"- removal: usher\n  empties: {iri}\n  says: x\n  cite: para 1\n"
    assert codes(text) == ["wrong-type"]


@pytest.mark.parametrize("name", ["a b", "a>b", "-", "a--b", "\u00e9", "A", "a/b", "x" * 101])
def test_an_identifier_that_would_make_a_broken_iri_is_a_finding(name: str) -> None:
    """An identifier has lower-case letters, digits and single hyphens, and an end."""
    assert codes(OFFICE.replace("office: usher", f'office: "{name}"')) == ["bad-id"]


def test_one_fault_does_not_hide_another() -> None:
    """Each item of a list, each step and each key is read whatever the others are."""
    text = """\
- removal: usher
  empties: office/usher
  says: "\\a"
  grounds: ["", good, "\\e"]
  steps:
    - dismises: office/king
    - dismisses: [King, office/king, Queen]
      threshold: half
      jointly: maybe
  until: sometimes
  cite: [para x, para 1]
"""
    assert [(f.mark.line, f.mark.column, f.code) for f in find(text)] == [
        (3, 9, "bad-text"),
        (4, 13, "bad-text"),
        (4, 23, "bad-text"),
        (6, 7, "unknown-choice"),
        (7, 19, "wrong-type"),
        (7, 38, "wrong-type"),
        (8, 18, "bad-threshold"),
        (9, 16, "unknown-choice"),
        (10, 10, "bad-date"),
        (11, 10, "bad-citation"),
    ]
