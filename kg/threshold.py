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
    "the voters entitled": "voters-entitled",
    "the voters taking part": "voters-taking-part",
    "the territorial units": "territorial-units",
}
_SHARE = r"(?:at least|more than) [0-9]{1,3}/[0-9]{1,3} of [^,]+"
_FORM = re.compile(r"(at least|more than) ([0-9]{1,3})/([0-9]{1,3}) of ([^,]+)")
_WHOLE = re.compile(rf"({_SHARE})(?:, in ({_SHARE}))?(?:, if ({_SHARE}) take part)?")


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share that a step needs: `comparison` is `at least` or `more than`, `base` a whole.

    `spread` is the share of units in each of which it is to be reached, and `quorum` the share
    that has to take part; both may be None.
    """

    comparison: str
    numerator: int
    denominator: int
    base: str
    spread: Threshold | None = None
    quorum: Threshold | None = None

    @property
    def fraction(self) -> Fraction:
        """The share as an exact number between 0 and 1."""
        return Fraction(self.numerator, self.denominator)

    def __str__(self) -> str:
        """Return the threshold in the words of the YAML file."""
        base = next(words for words, name in BASES.items() if name == self.base)
        share = f"{self.comparison} {self.numerator}/{self.denominator} of {base}"
        spread = f", in {self.spread}" if self.spread else ""
        return share + spread + (f", if {self.quorum} take part" if self.quorum else "")


def read_threshold(text: str) -> Threshold:
    """Return the threshold that a text gives; raises ValueError, with a reason, for others."""
    match = _WHOLE.fullmatch(text)
    share, spread, quorum = match.groups() if match else (text, None, None)
    return _read_share(
        share,
        _read_share(spread) if spread else None,
        _read_share(quorum) if quorum else None,
    )


def _read_share(
    text: str, spread: Threshold | None = None, quorum: Threshold | None = None
) -> Threshold:
    match = _FORM.fullmatch(text)
    if not match or match[4] not in BASES:
        known = "', '".join(BASES)
        raise ValueError(f"write 'at least 2/3 of X' or 'more than 1/2 of X', X one of '{known}'")
    numerator, denominator = int(match[2]), int(match[3])
    if not denominator or not 0 < Fraction(numerator, denominator) <= 1:
        raise ValueError("the share must be above 0 and at most 1")
    return Threshold(match[1], numerator, denominator, BASES[match[4]], spread, quorum)
