"""Thresholds such as `at least 2/3 of the total membership`, kept in their parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

BASES = {
    "the total membership": "total-membership",
    "the total membership of each house": "total-membership-of-each-house",
    "the votes cast": "votes-cast",
    "the members present": "members-present",
}
_FORM = re.compile(r"(at least|more than) ([0-9]{1,3})/([0-9]{1,3}) of (.+)")


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share that a step needs: `comparison` is `at least` or `more than`, `base` a whole."""

    comparison: str
    numerator: int
    denominator: int
    base: str

    @property
    def fraction(self) -> Fraction:
        """The share as an exact number between 0 and 1."""
        return Fraction(self.numerator, self.denominator)

    def __str__(self) -> str:
        """Return the threshold in the words of the YAML file."""
        base = next(words for words, name in BASES.items() if name == self.base)
        return f"{self.comparison} {self.numerator}/{self.denominator} of {base}"


def read_threshold(text: str) -> Threshold:
    """Return the threshold that a text gives; raises ValueError, with a reason, for others."""
    match = _FORM.fullmatch(text)
    if not match or match[4] not in BASES:
        known = "', '".join(BASES)
        raise ValueError(f"write 'at least 2/3 of X' or 'more than 1/2 of X', X one of '{known}'")
    threshold = Threshold(match[1], int(match[2]), int(match[3]), BASES[match[4]])
    if not threshold.denominator or not 0 < threshold.fraction <= 1:
        raise ValueError("the share must be above 0 and at most 1")
    return threshold
