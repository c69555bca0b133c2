"""A report beside the law of its day: what agrees, what differs, what one alone says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.answer import ask, read_rows, solve
from kg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LAW = """\
- source: law
  label: Charter
  short-name: Charter
  enacts: act/charter
- version: old
  label: Charter of 1901
  of: act/charter
  from: 1901-06-01
- version: new
  label: Charter of 1938
  of: act/charter
  from: 1938-06-02
  describes: 1939-01-01
"""
ENACTED = """\
- selection: chancellor
  fills: office/chancellor
  says: The King appoints the Chancellor with the consent of the Diet.
  steps:
    - consents: body/diet
    - appoints: office/king
  cite: art 1, old
- selection: chancellor-new
  fills: office/chancellor
  says: The Diet elects the Chancellor.
  steps:
    - elects: body/diet
  cite: art 1, new
- term: judge
  of: office/judge
  years: 8
  says: Judges serve for eight years.
  cite: art 2, old
- eligibility: judge
  for: office/judge
  minimum-age: 45
  says: A judge is 45 or older.
  cite: art 3, old
- force: truce
  of: treaty/truce
  from: 1905-09
  says: The Truce is in force from September 1905.
  cite: art 4, old
"""
REPORTED = """\
- selection: chancellor
  fills: office/chancellor
  says: The King appoints the Chancellor after he has heard the judges.
  steps:
    - is-consulted: office/judge
    - appoints: office/king
  cite: para 20
- term: judge
  of: office/judge
  years: 6
  says: Judges serve for six years.
  cite: para 21
- term: judge-once
  of: office/judge
  years: 4
  until: over
  says: Judges used to serve for four years.
  cite: para 21
- eligibility: judge
  for: office/judge
  minimum-age: 45
  says: A judge is 45 or older.
  cite: para 23
- eligibility: judge-otherwise
  for: office/judge
  minimum-age: 40
  says: In another place the report says 40.
  cite: para 24
- treaty-action: truce
  treaty: treaty/truce
  action: ratification
  on: 1905-11-28
  says: The King ratified the Truce.
  cite: para 22
- treaty-action: truce-in-force
  treaty: treaty/truce
  action: entry-into-force
  on: 1906
  says: The Truce entered into force in 1906.
  cite: para 22
- treaty-action: truce-signed
  treaty: treaty/truce
  action: signature
  on: 1905-03-02
  says: The Truce was signed on 2 March 1905.
  cite: para 22
- force: truce
  of: treaty/truce
  from: 1905-07-01 or later
  says: An Act of 1 July 1905 puts the Truce into force.
  cite: para 22
"""
REGISTER = """\
- source: register
  label: Register of treaties
  short-name: Register
  describes: 1950
"""
REGISTERED = """\
- treaty-action: truce
  treaty: treaty/truce
  action: deposit-of-ratification
  on: 1906-01-24
  says: The instrument was handed in on 24 January 1906.
  cite: entry II-7
- treaty-action: truce-in-force
  treaty: treaty/truce
  action: entry-into-force
  on: 1906-02-01
  says: The Truce entered into force on 1 February 1906.
  cite: entry II-7
- treaty-action: truce-signed
  treaty: treaty/truce
  action: signature
  on: 1905-03
  says: The Truce was signed in March 1905.
  cite: entry II-7
- treaty-action: peace
  treaty: treaty/peace
  action: signature
  on: 1907
  says: The Peace was signed in 1907.
  cite: entry II-8
"""
TREATIES = """\
- treaty: truce
  label: Truce
  cite: report para 22
- treaty: peace
  label: Peace
  cite: register entry II-8
"""
CHANCELLOR, JUDGE = "Chancellor", "Judge of the Constitutional Court"
EXPECTED = {
    (CHANCELLOR, "appoints", "King", "agrees", "REP/1, para. 20", "Charter, art. 1, old"),
    (CHANCELLOR, "consents", "Diet of Ruritania", "enacted only", None, "Charter, art. 1, old"),
    (CHANCELLOR, "is consulted", JUDGE, "reported only", "REP/1, para. 20", None),
    (JUDGE, "term in years", "6", "differs", "REP/1, para. 21", None),
    (JUDGE, "term in years", "8", "differs", None, "Charter, art. 2, old"),
    (JUDGE, "minimum age", "45", "agrees", "REP/1, para. 23", "Charter, art. 3, old"),
    (JUDGE, "minimum age", "40", "differs", "REP/1, para. 24", None),
    ("Truce", "in force from", "1905-07-01 or later", "may agree", "REP/1, para. 22", None),
    ("Truce", "in force from", "1905-09", "may agree", None, "Charter, art. 4, old"),
    ("Truce", "ratification", "1905-11-28", "reported only", "REP/1, para. 22", None),
    ("Truce", "deposit of ratification", "1906-01-24", "enacted only", None, "Register, II-7"),
    ("Truce", "entry into force", "1906", "agrees to the year", "REP/1, para. 22", None),
    ("Truce", "entry into force", "1906-02-01", "agrees to the year", None, "Register, II-7"),
    ("Truce", "signature", "1905-03-02", "agrees to the month", "REP/1, para. 22", None),
    ("Truce", "signature", "1905-03", "agrees to the month", None, "Register, II-7"),
}


@pytest.fixture
def compared(ruritania: Callable[..., Path]) -> Callable[..., set[tuple[object, ...]]]:
    """Return a function that asks what is reported and enacted, without the day and the IRI."""
    files = {
        "xx/law/source.yaml": LAW,
        "xx/law/power.yaml": ENACTED,
        "xx/register/source.yaml": REGISTER,
        "xx/register/treaty.yaml": REGISTERED,
        "xx/treaties.yaml": TREATIES,
    }
    folder = ruritania(REPORTED, **files)

    def compare(*arguments: str) -> set[tuple[object, ...]]:
        opened = open_store([folder])
        _, rows = read_rows(solve(opened, ask(opened, "reported-and-enacted", arguments).query))
        return {row[:6] for row in rows}

    return compare


def test_a_report_is_set_beside_the_law_of_its_day(
    compared: Callable[..., set[tuple[object, ...]]],
) -> None:
    """The version that stood on the day of the report counts, and what was over then does not.

    Another source counts for a treaty of which the report speaks, and for no other.
    """
    assert compared() == EXPECTED


def test_one_thing_can_be_asked_for(compared: Callable[..., set[tuple[object, ...]]]) -> None:
    """With a thing, only what is about it is shown."""
    assert compared(JUDGE) == {row for row in EXPECTED if row[0] == JUDGE}
