"""Marked values to typed records: strict, and every fault at once.

What a record may hold is read off the dataclasses of `kg.record`; this module knows only how one
value of each type is written.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import types
import typing
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from kg import record as records
from kg.field import list_keys
from kg.finding import Finding, Mark
from kg.form import (
    CONTROL,
    COUNT,
    ID,
    KIND,
    LANGUAGE,
    LOCATOR,
    MAX_ID,
    MAX_TEXT,
    NUMBER,
    PARAGRAPH,
    PLACES,
    REASONS,
    SHARE,
)
from kg.marked import Mapping, Scalar, Sequence, Value
from kg.partial_date import PartialDate, read_partial_date
from kg.record import (
    KINDS,
    ROLES,
    Citation,
    Labels,
    Provision,
    Reason,
    Record,
    Reference,
    SeatGroup,
    Step,
)
from kg.threshold import Threshold, read_threshold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from collections.abc import Sequence as Many

_REFERENCE = re.compile(rf"(?:{ID}/)?{KIND}/{ID}")
_CITATION = re.compile(rf"(?:({ID}) )?({'|'.join(PLACES)}) (\S.*)")
_VERSIONS = re.compile(rf"(.*), ({ID})(?: to ({ID}))?")
_PROVISION = re.compile(rf"({ID})(?: art (\S.*))?")
_PARAGRAPH, _LOCATOR = re.compile(PARAGRAPH), re.compile(LOCATOR)
_CONTROL = re.compile(rf"[{CONTROL}\ud800-\udfff]")


class _Fault(Exception):  # noqa: N818 - raised and caught in this module only
    def __init__(self, mark: Mark, code: str, message: str, advice: str) -> None:
        super().__init__(message)
        self.finding = Finding(mark, code, message, advice)


class _PartsFault(Exception):  # noqa: N818 - see _Fault
    """A part of the value is at fault, and its findings were added already."""


def read_records(
    value: Value | None, findings: list[Finding], faulty: list[tuple[str, str]] | None = None
) -> list[Record]:
    """Return the records of one file; what is wrong with the others is added to `findings`.

    Kind and identifier of a record that cannot be read are added to `faulty`: it exists, and what
    refers to it does not dangle.
    """
    if value is None:
        return []
    if not isinstance(value, Sequence):
        findings.append(
            Finding(
                value.mark,
                "wrong-type",
                "a file is a list of records",
                "Begin each record with '- KIND: IDENTIFIER'.",
            )
        )
        return []
    broken = [] if faulty is None else faulty
    read = (_read_record(item, findings, broken) for item in value.items)
    return [record for record in read if record is not None]


def propose(word: str, known: Iterable[str]) -> str:
    """Return a sentence that proposes the nearest known word, or lists what is known."""
    return _propose(word[:200], tuple(known))


@functools.lru_cache(maxsize=256)
def _propose(word: str, known: tuple[str, ...]) -> str:
    from rapidfuzz import process  # noqa: PLC0415 - only faulty data needs it

    near = process.extractOne(word, known, score_cutoff=70)
    if near:
        return f"Did you mean '{near[0]}'?"
    return "Known: " + ", ".join(sorted(known)[:40]) + "."


def _read_record(
    value: Value, findings: list[Finding], faulty: list[tuple[str, str]]
) -> Record | None:
    if not isinstance(value, Mapping) or not value.items:
        findings.append(
            Finding(
                value.mark,
                "wrong-type",
                "a record is a mapping",
                "Begin it with '- KIND: IDENTIFIER'.",
            )
        )
        return None
    kind, name = value.items[0]
    record_type = KINDS.get(kind.text)
    if record_type is None:
        findings.append(
            Finding(
                kind.mark,
                "unknown-kind",
                f"'{kind.text[:80]}' is no kind of record",
                propose(kind.text, KINDS),
            )
        )
        return None
    fields = _read_fields(record_type, value.items[1:], kind.mark, kind.text, findings)
    given = name.text if isinstance(name, Scalar) and not name.null else ""
    if not re.fullmatch(ID, given) or len(given) > MAX_ID:
        findings.append(
            Finding(
                name.mark,
                "bad-id",
                f"'{given[:80]}' is no identifier",
                f"Use lower-case letters, digits and single hyphens, at most {MAX_ID}.",
            )
        )
        return None
    if fields is None:
        faulty.append((kind.text, given))
        return None
    return record_type(id=given, mark=kind.mark, **fields)


def _read_fields(
    owner: type,
    items: Many[tuple[Scalar, Value]],
    mark: Mark,
    called: str,
    findings: list[Finding],
) -> dict[str, Any] | None:
    """Return the values of the fields of a dataclass, or None if one is missing or faulty."""
    known, required, cites = _fields_of(owner)
    fields: dict[str, Any] = {}
    sound = True
    given = set()
    for key, value in items:
        found = known.get(key.text)
        if found is None:
            findings.append(
                Finding(
                    key.mark,
                    "unknown-key",
                    f"'{key.text[:80]}' is no key of this {called}",
                    propose(key.text, known),
                )
            )
            continue
        field, reader = found
        given.add(key.text)
        try:
            fields[field.name] = reader(value, field, findings)
        except _Fault as fault:
            findings.append(fault.finding)
            sound = False
        except _PartsFault:
            sound = False
    for name in required:
        if name not in given:
            sound = False
            findings.append(
                Finding(
                    mark,
                    "missing-key",
                    f"this {called} has no '{name}'",
                    f"Add '{name}: ...'.",
                )
            )
    if cites and "cite" not in given:
        sound = False
        findings.append(
            Finding(
                mark,
                "missing-citation",
                f"this {called} cites no place in a source",
                "Add 'cite: para N' with the paragraph that states it.",
            )
        )
    return fields if sound else None


Reader = "Callable[[Value, dataclasses.Field[Any], list[Finding]], Any]"


@functools.cache
def _fields_of(
    owner: type,
) -> tuple[dict[str, tuple[dataclasses.Field[Any], Any]], tuple[str, ...], bool]:
    """Return the fields that a curator writes: by key, with the reader of each.

    With them the keys that are required, and whether the record must cite a place in a source.
    """
    known = {key: (field, _reader_of(hint)) for key, (field, hint) in list_keys(owner).items()}
    required = [name for name, (f, _) in known.items() if f.default is dataclasses.MISSING]
    uncited = (records.Source, records.State, records.Version)
    return known, tuple(required), issubclass(owner, Record) and not issubclass(owner, uncited)


def _reader_of(hint: Any) -> Any:
    """Return the function that reads a value of a type; a tuple also takes a single value."""
    if typing.get_origin(hint) in {types.UnionType, typing.Union}:
        parts = [part for part in typing.get_args(hint) if part is not types.NoneType]
        return _read_when if len(parts) > 1 else _reader_of(parts[0])
    if typing.get_origin(hint) is tuple:
        inner = _reader_of(typing.get_args(hint)[0])

        def read_many(value: Value, field: Any, findings: list[Finding]) -> Any:
            if inner is _read_step:
                steps = enumerate(_items(value), 1)
                return _read_each(steps, lambda i: _read_step(i[1], i[0], findings), findings)
            if not isinstance(value, Sequence):  # most often there is one
                return (inner(value, field, findings),)
            return _read_each(_items(value), lambda i: inner(i, field, findings), findings)

        return read_many
    return _READERS[hint]


def _items(value: Value) -> Many[Value]:
    """Return the items of a list, or a value alone as the list of itself."""
    items = value.items if isinstance(value, Sequence) else (value,)
    if not items:
        raise _Fault(value.mark, "wrong-type", "the list is empty", "Leave the key out.")
    return items


def _read_each(
    items: Iterable[Any], read: Callable[[Any], Any], findings: list[Finding]
) -> tuple[Any, ...]:
    """Return what each item reads as; if one is at fault the others are read for their faults."""
    values = []
    sound = True
    for item in items:
        try:
            values.append(read(item))
        except _Fault as fault:
            findings.append(fault.finding)
            sound = False
        except _PartsFault:
            sound = False
    if not sound:
        raise _PartsFault
    return tuple(values)


def _scalar(value: Value) -> Scalar:
    if not isinstance(value, Scalar):
        raise _Fault(
            value.mark, "wrong-type", "a single value is needed here", "Write one text or number."
        )
    if value.null or not value.text.strip():
        raise _Fault(value.mark, "bad-text", "the value is empty", "Write it, or drop the key.")
    if not value.text.isprintable() and _CONTROL.search(value.text):
        raise _Fault(
            value.mark, "bad-text", "the text has a control character", "Remove the character."
        )
    return value


def _read_text(value: Value, _field: Any, _findings: Any) -> str:
    scalar = _scalar(value)
    text = " ".join(scalar.text.split())
    if len(text) > MAX_TEXT:
        raise _Fault(
            value.mark,
            "bad-text",
            f"the text has {len(text):,} characters, more than {MAX_TEXT:,}",
            "Say it shorter, in your own words.",
        )
    return text


def _read_word(value: Value, field: Any, findings: Any) -> str:
    word = _read_text(value, field, findings)
    choices = field.metadata.get("choices")
    if choices and word not in choices:
        raise _Fault(
            value.mark, "unknown-choice", f"'{word}' is not allowed here", propose(word, choices)
        )
    return word


def _read_count(value: Value, _field: Any, _findings: Any) -> int:
    text = _scalar(value).text
    if not re.fullmatch(COUNT, text):
        raise _Fault(
            value.mark, "bad-number", f"'{text[:40]}' is no number of one or more", "Use digits."
        )
    return int(text)


def _read_number(value: Value, _field: Any, _findings: Any) -> str:
    text = _scalar(value).text
    if not re.fullmatch(NUMBER, text):
        raise _Fault(
            value.mark,
            "bad-number",
            f"'{text[:40]}' is no number",
            "Write digits with a point for decimals and without separators.",
        )
    return text


def _read_rows(value: Value, field: Any, findings: list[Finding]) -> records.Rows:
    if not isinstance(value, Mapping):
        raise _Fault(value.mark, "wrong-type", "cells are a mapping", "Write 'row: [1, 2]'.")
    if not value.items:
        raise _Fault(value.mark, "wrong-type", "the table has no rows", "Write 'row: [1, 2]'.")
    width = len(_items(value.items[0][1]))

    def read_row(row: tuple[Scalar, Value]) -> tuple[str, tuple[str, ...]]:
        heading, cells = row
        items = _items(cells)
        if len(items) != width:
            raise _Fault(
                heading.mark,
                "wrong-type",
                f"this row has {len(items)} cells, the first has {width}",
                "Give every row one number for each column.",
            )
        numbers = _read_each(items, lambda item: _read_number(item, field, findings), findings)
        return _read_text(heading, field, findings), numbers

    return records.Rows(_read_each(value.items, read_row, findings))


def _read_sums(value: Value, field: Any, findings: list[Finding]) -> records.Sums:
    if not isinstance(value, Mapping) or not value.items:
        raise _Fault(value.mark, "wrong-type", "sums are a mapping", "Write 'total: [part, part]'.")

    def read_sum(item: tuple[Scalar, Value]) -> tuple[str, tuple[str, ...]]:
        total, parts = item
        words = _read_each(_items(parts), lambda part: _read_word(part, field, findings), findings)
        return _read_text(total, field, findings), words

    return records.Sums(_read_each(value.items, read_sum, findings))


def _read_share(value: Value, _field: Any, _findings: Any) -> str:
    text = _scalar(value).text
    if not re.fullmatch(SHARE, text) or Fraction(text) > 1:
        raise _Fault(value.mark, "bad-number", f"'{text[:40]}' is no share", "Write it as 1/2.")
    return text


def _read_flag(value: Value, _field: Any, _findings: Any) -> bool:
    if _scalar(value).text != "yes":
        raise _Fault(
            value.mark, "unknown-choice", "only 'yes' can stand here", "Drop the key for no."
        )
    return True


def _read_labels(value: Value, field: Any, findings: list[Finding]) -> Labels:
    """Return the names by language: of a text or list, English; of a mapping, those that it says.

    A `label` is one text a language, English among them; `also` is as many as there are.
    """
    if isinstance(value, Mapping) and not value.items:
        raise _Fault(value.mark, "wrong-type", "the mapping is empty", "Leave the key out.")
    if isinstance(value, Mapping):
        by_language = [(key.text, key.mark, inner) for key, inner in value.items]
    else:
        by_language = [("en", value.mark, value)]

    def read_language(item: tuple[str, Mark, Value]) -> tuple[str, tuple[str, ...]]:
        language, mark, inner = item
        if not re.fullmatch(LANGUAGE, language):
            raise _Fault(
                mark, "unknown-choice", f"'{language[:40]}' is no language", "Use en, kk, ru, ..."
            )
        if field.name in {"label", "name"}:
            return language, (_read_text(inner, field, findings),)
        return language, _read_each(
            _items(inner), lambda i: _read_text(i, field, findings), findings
        )

    names = _read_each(by_language, read_language, findings)
    if field.name in {"label", "name"} and "en" not in dict(names):
        raise _Fault(
            value.mark, "missing-key", "the label has no English text", "Add 'en: ...' to it."
        )
    return Labels(names)


def _read_reference(value: Value, _field: Any, _findings: Any) -> Reference:
    scalar = _scalar(value)
    if not _REFERENCE.fullmatch(scalar.text):
        raise _Fault(
            value.mark,
            "wrong-type",
            f"'{scalar.text[:80]}' is no reference",
            "Write KIND/IDENTIFIER, for example office/president.",
        )
    return Reference(scalar.text, scalar.mark)


def _read_citation(value: Value, _field: Any, _findings: Any) -> Citation:
    scalar = _scalar(value)
    match = _CITATION.fullmatch(scalar.text)
    number = match[3] if match else ""
    first = last = ""
    if match and match[2] != "heading" and (versions := _VERSIONS.fullmatch(number)):
        number, first, last = versions[1], versions[2], versions[3] or versions[2]
    wanted = _PARAGRAPH if match and match[2] == "para" else _LOCATOR
    if not match or not wanted.fullmatch(number):
        raise _Fault(
            value.mark,
            "bad-citation",
            f"'{scalar.text[:80]}' is no place in a source",
            "Write 'para 174', 'art 44 (3)' or 'annex 2', with the source first where needed "
            "and the version of a law last; several places are a list.",
        )
    return Citation(match[1] or "", match[2], number, scalar.mark, first, last)


def _read_provision(value: Value, _field: Any, _findings: Any) -> Provision:
    scalar = _scalar(value)
    match = _PROVISION.fullmatch(scalar.text)
    if not match or (match[2] and not _LOCATOR.fullmatch(match[2])):
        raise _Fault(
            value.mark,
            "bad-citation",
            f"'{scalar.text[:80]}' is no act or article",
            "Write the identifier of an act, for example 'constitution art 48 (1)'.",
        )
    return Provision(match[1], match[2] or "", scalar.mark)


def _read_date(value: Value, _field: Any, _findings: Any) -> PartialDate:
    date = _read_open_date(value)
    if date.or_later:
        raise _Fault(
            value.mark,
            "bad-date",
            f"'{date.text} or later' cannot stand here",
            "Only 'from' and 'until' can be left open with ' or later'.",
        )
    return date


def _read_open_date(value: Value) -> PartialDate:
    scalar = _scalar(value)
    try:
        return read_partial_date(scalar.text)
    except ValueError as error:
        raise _Fault(
            value.mark, "bad-date", f"'{scalar.text[:40]}': {error}", "Write it as the source does."
        ) from None


def _read_when(value: Value, _field: Any, _findings: Any) -> PartialDate | Reason:
    text = _scalar(value).text
    return Reason(REASONS[text]) if text in REASONS else _read_open_date(value)


def _read_threshold(value: Value, _field: Any, _findings: Any) -> Threshold:
    scalar = _scalar(value)
    try:
        return read_threshold(scalar.text)
    except ValueError as error:
        raise _Fault(
            value.mark, "bad-threshold", f"'{scalar.text[:80]}': {error}", "Mend the threshold."
        ) from None


def _read_step(value: Value, order: int, findings: list[Finding]) -> Step:
    """`- ROLE: ACTOR` with further keys; actors that act at one time stand in a list."""
    if not isinstance(value, Mapping) or not value.items:
        raise _Fault(
            value.mark, "wrong-type", "a step is a mapping", "Write '- ROLE: KIND/IDENTIFIER'."
        )
    (role, actors), *others = value.items
    if role.text not in ROLES:
        raise _Fault(
            role.mark, "unknown-choice", f"'{role.text[:40]}' is no role", propose(role.text, ROLES)
        )
    fields = _read_fields(Step, others, role.mark, "step", findings)
    references = _read_each(
        _items(actors), lambda item: _read_reference(item, None, findings), findings
    )
    if fields is None:
        raise _PartsFault
    return Step(role=role.text, actors=references, order=order, mark=role.mark, **fields)


def _read_group(value: Value, _field: Any, findings: list[Finding]) -> SeatGroup:
    if not isinstance(value, Mapping) or not value.items:
        raise _Fault(value.mark, "wrong-type", "a seat group is a mapping", "Write 'of: ...'.")
    fields = _read_fields(SeatGroup, value.items, value.mark, "seat group", findings)
    if fields is None:
        raise _PartsFault
    return SeatGroup(mark=value.mark, **fields)


_READERS: dict[Any, Any] = {
    records.Text: _read_text,
    records.Word: _read_word,
    records.Count: _read_count,
    records.Number: _read_number,
    records.Rows: _read_rows,
    records.Sums: _read_sums,
    records.Share: _read_share,
    records.Flag: _read_flag,
    Labels: _read_labels,
    Reference: _read_reference,
    Citation: _read_citation,
    Provision: _read_provision,
    PartialDate: _read_date,
    Threshold: _read_threshold,
    Step: _read_step,
    SeatGroup: _read_group,
}
