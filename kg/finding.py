"""Findings: what is wrong in the data, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

# Every code that a finding may have, with what it means. A code is a promise; it is never reused.
CODES = {
    "amends-a-younger-act": "An act amends one that bears a later date.",
    "appoints-itself": "An office or body appoints or elects itself.",
    "bad-citation": "A citation does not have the form of a place in a source.",
    "bad-date": "A date has no form that is known, or names a day that does not exist.",
    "bad-id": "An identifier has characters other than lower-case letters, digits and hyphens.",
    "bad-interval": "A statement ends before it begins.",
    "bad-number": "A number is missing, negative or not whole where it must be.",
    "bad-text": "A text is empty, too long, or has characters that cannot be printed.",
    "bad-threshold": "A threshold does not have the form of a share of a known whole.",
    "bad-yaml": "The file is not YAML, or not in UTF-8.",
    "before-the-act": "An amendment is dated before the act that it amends.",
    "beyond-the-source": "A citation names a paragraph that its source does not have.",
    "cells-and-total": "The cells of a table do not add up to the total that it names.",
    "circle": "The one who stands under another stands above it as well.",
    "cyclic-reference": "A treaty or a figure leads back to itself by a key that never does.",
    "dangling-reference": "A reference names a record that does not exist.",
    "dissolves-an-office": "An office is dissolved, as only a body can be.",
    "duplicate-id": "Two records of one kind have the same identifier.",
    "duplicate-key": "A key stands twice in one mapping.",
    "filled-beyond-size": "Rules fill more seats of a body at one time than it has.",
    "filled-twice": "Two rules give the same seats to the same actor at one time.",
    "groups-beyond-size": "The members that a composition lists are more than its size.",
    "kind-of-itself": "An office is a kind of itself.",
    "misplaced-record": "A record stands in a folder where records of its kind do not belong.",
    "missing-key": "A key that the record must have is missing.",
    "missing-citation": "A record cites no place in a source.",
    "nobody-decides": "Somebody consents to a choice, and nobody makes it.",
    "of-an-ended-act": "An act is amended that was no longer in force.",
    "other-body": "A report under a treaty went to a body that does not monitor it.",
    "part-of-itself": "A body is a part of itself.",
    "parts-and-total": "Figures do not add up to the total of which they are parts.",
    "ratified-before-signed": "By one source a treaty was ratified before it was signed.",
    "same-name": "Two things of a State have the same name in one language.",
    "shape": "A record does not have the form that the shapes ask for.",
    "shares-beyond-the-whole": "Shares of one whole add up to more than a hundred per cent.",
    "sits-ex-officio": "A body sits ex officio, as only an office can.",
    "successor": "A body succeeds in an office, as only an office can.",
    "unknown-choice": "A value is not one of the words that are allowed here.",
    "unknown-key": "A key is not known in this kind of record.",
    "unknown-kind": "A record begins with a word that is no kind of record.",
    "wrong-kind": "A reference names a record of a kind that cannot stand here.",
    "wrong-type": "A value has another shape than the one needed: a text, a list or a mapping.",
}

WIDTH = 200
"""So many characters of a line are shown."""


class Mark(NamedTuple):
    """A place in a YAML file: path as shown, line and column from one, and the line itself."""

    file: str
    line: int
    column: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: where it stands, its code, what is wrong and what to do.

    `severity` is `error`, or `warning` for what may be meant.
    """

    mark: Mark
    code: str
    message: str
    advice: str
    severity: str = "error"

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
