"""Findings: what is wrong in the data, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Every code that a finding may have, with what it means. A code is a promise; it is never reused.
CODES = {
    "bad-citation": "A citation does not have the form of a place in a source.",
    "bad-date": "A date has no form that is known, or names a day that does not exist.",
    "bad-id": "An identifier has characters other than lower-case letters, digits and hyphens.",
    "bad-interval": "A statement ends before it begins.",
    "bad-number": "A number is missing, negative or not whole where it must be.",
    "bad-text": "A text is empty, too long, or has characters that cannot be printed.",
    "bad-threshold": "A threshold does not have the form of a share of a known whole.",
    "bad-yaml": "The file is not YAML, or not in UTF-8.",
    "cyclic-reference": "A record leads back to itself by a key that never does, such as part-of.",
    "dangling-reference": "A reference names a record that does not exist.",
    "duplicate-id": "Two records of one kind have the same identifier.",
    "duplicate-key": "A key stands twice in one mapping.",
    "misplaced-record": "A record stands in a folder where records of its kind do not belong.",
    "missing-key": "A key that the record must have is missing.",
    "missing-citation": "A record cites no place in a source.",
    "unknown-choice": "A value is not one of the words that are allowed here.",
    "unknown-key": "A key is not known in this kind of record.",
    "unknown-kind": "A record begins with a word that is no kind of record.",
    "wrong-kind": "A reference names a record of a kind that cannot stand here.",
    "wrong-type": "A value has another shape than the one needed: a text, a list or a mapping.",
}

WIDTH = 200
"""So many characters of a line are shown."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a YAML file: path as shown, line and column from one, and the line itself."""

    file: str
    line: int
    column: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: where it stands, its code, what is wrong and what to do."""

    mark: Mark
    code: str
    message: str
    advice: str

    def __post_init__(self) -> None:
        """Refuse a code that is not documented."""
        if self.code not in CODES:
            raise ValueError(f"undocumented finding code {self.code}")

    def render(self) -> str:
        """Return the finding as text: place, code and message, the line with a caret, advice.

        A finding on a whole file shows no line; of a long line it shows what is around the place.

        What cannot be printed, a control sequence for the terminal above all, is shown as U+FFFD.
        """
        column = self.mark.column - 1
        cut = column - WIDTH // 4 if column > WIDTH * 3 // 4 else 0
        text = ("..." if cut else "") + self.mark.text[cut : cut + WIDTH]
        column += 3 - cut if cut else 0
        shown = _make_printable(text)
        indent = "".join("\t" if c == "\t" else " " for c in shown[:column])
        line = f"    {shown}\n    {indent}^\n" if shown else ""
        return (
            f"{_make_printable(self.mark.file)}:{self.mark.line}:{self.mark.column}: "
            f"{self.code}: {_make_printable(self.message)}\n"
            f"{line}    {_make_printable(self.advice)}"
        )


def _make_printable(text: str) -> str:
    return "".join(c if c.isprintable() or c == "\t" else "\ufffd" for c in text)


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings ordered by file, line, column and code, each once."""
    return sorted(set(findings), key=_order)


def _order(finding: Finding) -> tuple[str, int, int, str, str, str]:
    mark = finding.mark  # its parts are compared faster than the mark itself
    return mark.file, mark.line, mark.column, mark.text, finding.code, finding.message
