"""Numbers in statements against the text of their source, where the text lies beside the project.

Texts of sources are not copied into the project, so that elsewhere these tests are skipped. They
find slips of the pen: a year, a number or an article in a statement that none of the cited places
has, in digits or in words.
"""

from __future__ import annotations

import dataclasses
import re
from datetime import timedelta
from decimal import Decimal
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg import place
from kg.folder import read_dataset
from kg.partial_date import PartialDate, read_partial_date
from kg.record import (
    Contradiction,
    Provision,
    Rows,
    SeatGroup,
    Silence,
    Statement,
    Step,
    Thing,
    Unused,
)
from kg.threshold import Threshold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.dataset import Dataset, Entry

FOLDER = Path(__file__).resolve().parent.parent.parent / "shared" / "source"
TEXTS = {"core-2019": "HRI-CORE-KAZ-2019.txt"}
"""The file with the text of each source, by the name of the source."""

ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
]  # fmt: skip
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
            "eighth": 8, "ninth": 9, "tenth": 10, "once": 1, "twice": 2, "thirtieth": 30,
            "single": 1, "half": 2, "quarter": 4, "quarters": 4, "both": 2}  # fmt: skip
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
]  # fmt: skip
WORDS = (
    {word: number for number, word in enumerate(ONES)}
    | {ten: 10 * n for n, ten in enumerate(TENS, 2)}
    | {f"{ten}-{one}": 10 * n + m for n, ten in enumerate(TENS, 2)
       for m, one in enumerate(ONES[:10])}
    | ORDINALS
    | {word + "s": number for word, number in ORDINALS.items() if number > 2}
    | {f"{one}th": number for number, one in enumerate(ONES) if number > 12}
    | {f"{ten[:-1]}ieth": 10 * n for n, ten in enumerate(TENS, 2)}
    | {"hundred": 100, "dozen": 12}
)  # fmt: skip
NUMBER = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")

IN_WORDS = {"says", "value", "share", "renewed_share"}
COUNTED = {
    "seats", "size", "years", "renewed_every_years", "maximum_terms", "minimum_age", "maximum_age",
    "residence_years", "experience_years", "articles", "changes", "row",
}  # fmt: skip
"""The fields that are read for numbers, as text and as whole numbers."""

EXCEPTIONS = {
    "content/civil-procedure-*": "paragraph 220 goes on with the Code that paragraph 219 dates",
    "content/criminal-code-takes-over-elements": "paragraph 415 means articles of 414",
}
"""What is not in the cited places and is right all the same, by statements, with the reason."""


def read_paragraphs(name: str) -> dict[str, str]:
    """Return the text of each paragraph by its number, and of all annexes as `annex`."""
    text = (FOLDER / name).read_text("utf-8").replace("\N{NO-BREAK SPACE}", " ")
    body, _, annexes = text.partition("\n# Annexes\n")
    found = {"annex": annexes}
    number = ""
    for line in body.splitlines():
        start = re.match(r"(\d+)\. ", line)
        if start and int(start[1]) == int(number or 0) + 1:
            number = start[1]
            found[number] = line[start.end() :]
        elif line.startswith("    ") and number:
            footnote = re.match(r" +\[footnote to (\d+)\]", line)
            found[footnote[1] if footnote else number] += "\n" + line
    return found


def find_numbers(text: str) -> set[Decimal]:
    """Return every number that a text has, in digits or in words."""
    found = set()
    for match in NUMBER.finditer(text):
        value = Decimal(match[0].replace(",", ""))
        found.add(value)
        scale = re.match(rf" ({'|'.join(SCALES)})", text[match.end() :])
        if scale:
            found.add(value * SCALES[scale[1]])
    for first, last in re.findall(r"\b(\d+)(?:\s?[\u2013-]\s?| (?:to|and) )(\d+)\b", text):
        if int(last) - int(first) in range(100):
            found |= {Decimal(n) for n in range(int(first), int(last))}
    for grouped in re.findall(r"\b\d{1,3}(?: \d{3})+\b", text):
        parts = grouped.split()
        found |= {Decimal("".join(parts[i:j])) for i in range(len(parts))
                  for j in range(i + 1, len(parts) + 1)}  # fmt: skip
    for word in re.findall(r"[a-z]+(?:-[a-z]+)?", text.lower()):
        parts = [word, *word.split("-")]
        found |= {Decimal(WORDS[part]) for part in parts if part in WORDS}
    if "one and a half" in text:
        found.add(Decimal("1.5"))
    if re.search(r"majority|half", text, re.IGNORECASE):
        found |= {Decimal(1), Decimal(2)}
    return found | {Decimal(1)}  # "the chair", "a member": one is said without a number


def is_dated(text: str, date: PartialDate, *, end: bool) -> bool:
    """Return whether a text has a date, as precise as it is given; an end may be a day later."""
    if end and len(date.text) == 7:  # a month that has begun is over in the next
        before = date.earliest - timedelta(days=1)
        return is_dated(text, read_partial_date(f"{before:%Y-%m}"), end=False)
    year, *rest = (int(part) for part in date.text.split("-"))
    years = {year, year - 1} if end else {year}
    numbers = find_numbers(text)
    if not rest:
        return any(Decimal(y) in numbers for y in years)
    if Decimal(year) not in numbers:
        return False
    month = rest[0]
    numeric = rf"\b(?:\d\d?[./])?0?{month}[./]{year}\b"
    if MONTHS[month - 1] not in text and not re.search(numeric, text):
        return False
    days = {rest[1], rest[1] - 1} if end and len(rest) > 1 else set(rest[1:])
    return not days or any(Decimal(day) in numbers for day in days)


def find_values(owner: Any) -> Iterator[tuple[str, Any]]:
    """Yield the typed values of a statement and of its steps and seats that hold a number."""
    for field in dataclasses.fields(owner):
        value = getattr(owner, field.name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Step | SeatGroup):
                yield from find_values(item)
            elif isinstance(item, PartialDate | Provision | Threshold | Rows) or (
                item is not None and field.name in (IN_WORDS if isinstance(item, str) else COUNTED)
            ):
                yield field.name, item


def share_in_cent(value: str) -> Decimal:
    """Return a share as per cent."""
    part, _, whole = value.partition("/")
    return Decimal(part) * 100 / Decimal(whole)


def numbers_of(name: str, value: Any) -> set[Decimal]:
    """Return the numbers that a value of a statement claims."""
    if isinstance(value, Threshold):
        return {Decimal(value.numerator), Decimal(value.denominator)}
    if isinstance(value, Provision):
        return {Decimal(n) for n in re.findall(r"\d+", value.article)}
    if isinstance(value, Rows):
        return {abs(Decimal(cell)) for _, cells in value.rows for cell in cells}
    if name == "value":
        return {abs(Decimal(value))}
    plain = re.sub(r"\b[Pp]aragraphs? \d+", "", str(value))
    return {Decimal(n.replace(",", "")) for n in NUMBER.findall(plain)}


def describe_named(owner: Any, entry: Entry, dataset: Dataset) -> Iterator[str]:
    """Yield names, numbers and dates of the things that a statement names, which cite their own."""
    for field in dataclasses.fields(owner):
        value = getattr(owner, field.name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Step | SeatGroup):
                yield from describe_named(item, entry, dataset)
            text = f"act/{item.act}" if isinstance(item, Provision) else getattr(item, "text", "")
            found = dataset.find(text, entry.state, entry.source) if "/" in text else None
            if found and isinstance(found.record, Thing):
                yield from found.record.label.names[0][1]
                yield str(getattr(found.record, "number", None) or "")
                date = getattr(found.record, "date", None) or getattr(found.record, "adopted", None)
                if date:
                    year, *rest = date.text.split("-")
                    month = MONTHS[int(rest[0]) - 1] if rest else ""
                    yield " ".join([*(str(int(day)) for day in rest[1:]), month, year])


def find_slips(entry: Entry, paragraphs: dict[str, str], dataset: Dataset) -> list[str]:
    """Return what a statement claims and none of the places that it cites has."""
    record = entry.record
    keys = {"annex" if c.kind == "annex" else c.number.partition(" ")[0]
            for c in record.cite if c.kind in {"para", "annex"}}  # fmt: skip
    if not keys:
        return []
    text = "\n".join(paragraphs[key] for key in sorted(keys))
    text = "\n".join([text, *describe_named(record, entry, dataset)])
    known = find_numbers(text)
    slips = []
    for name, value in find_values(record):
        if name == "says" and isinstance(record, Silence | Contradiction | Unused):
            continue  # a remark names paragraphs and adds figures up
        if isinstance(value, PartialDate):
            if not is_dated(text, value, end=name == "until"):
                slips.append(f"{name}: {value.text}")
        else:
            claimed = numbers_of(name, value)
            if "share" in name and share_in_cent(value) in known:
                continue
            slips += [f"{name}: {n}" for n in sorted(claimed - known)]
    return slips


@pytest.mark.parametrize("source", TEXTS)
def test_a_number_of_a_statement_stands_in_a_cited_place(source: str) -> None:
    """Figures, dates, articles and the numbers in our wording are in the text that is cited."""
    if not (FOLDER / TEXTS[source]).is_file():
        pytest.skip("the text of the source does not lie beside the project")
    paragraphs = read_paragraphs(TEXTS[source])
    dataset = read_dataset([place.DATA])
    wrong = {}
    for entry in dataset.entries.values():
        if entry.source != source or not isinstance(entry.record, Statement):
            continue
        slips = find_slips(entry, paragraphs, dataset)
        if slips:
            wrong[f"{entry.record.kind}/{entry.record.id}"] = slips
    explained = {name for name in wrong if any(fnmatch(name, known) for known in EXCEPTIONS)}
    assert {name: slips for name, slips in wrong.items() if name not in explained} == {}
    assert [known for known in EXCEPTIONS if not any(fnmatch(n, known) for n in wrong)] == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2,140,117 pensioners", "2140117"),
        ("1 485 023 1 517 500", "1517500"),
        ("a population of 18.2 million", "18200000"),
        ("paragraphs 83 to 87", "85"),
        ("twenty-five articles", "25"),
        ("the seventieth session", "70"),
        ("two thirds of the members", "3"),
        ("a simple majority", "2"),
    ],
)
def test_a_number_is_found_however_it_is_written(text: str, number: str) -> None:
    """Digits with separators, scales, ranges and words are numbers; another number is not there."""
    assert Decimal(number) in find_numbers(text)
    assert Decimal(4711) not in find_numbers(text)


@pytest.mark.parametrize(
    ("text", "date", "end", "found"),
    [
        ("on 10 March 2017", "2017-03-10", False, True),
        ("on 10 March 2017", "2017-03-11", False, False),
        ("on 10 March 2017", "2017-03-11", True, True),
        ("on 10 March 2017", "2017-04", False, False),
        ("in March 2017", "2017-04", True, True),
        ("from 2013 to 2015", "2016", True, True),
        ("from 2013 to 2015", "2016", False, False),
        ("in 07/2015", "2015-07", False, True),
    ],
)
def test_a_date_is_found_as_precise_as_it_is_given(
    text: str, date: str, *, end: bool, found: bool
) -> None:
    """An end may be the first day, month or year after the one that the text names."""
    assert is_dated(text, read_partial_date(date), end=end) == found


def test_every_source_with_a_text_is_in_the_data() -> None:
    """No text is named whose source is gone."""
    sources = {e.source for e in read_dataset([place.DATA]).entries.values()}
    assert set(TEXTS) <= sources
