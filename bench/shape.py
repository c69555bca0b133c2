"""Which values the fields of a record hold: read off the dataclasses, for measure and generate."""

from __future__ import annotations

import dataclasses
import types
import typing
from functools import cache
from typing import NamedTuple

from kg.field import Citation, Flag, Labels, Provision, Reason, Reference, Share, list_keys
from kg.figure import Rows, Sums
from kg.partial_date import PartialDate
from kg.record import Count, Number, SeatGroup, Step, Text, Word
from kg.threshold import Threshold

SORTS = {
    Text: "text",
    Word: "word",
    Count: "count",
    Number: "number",
    Share: "choice",
    Flag: "flag",
    Labels: "labels",
    Reference: "reference",
    Citation: "citation",
    Provision: "provision",
    PartialDate: "date",
    Reason: "date",
    Threshold: "choice",
    Step: "steps",
    SeatGroup: "groups",
    Rows: "rows",
    Sums: "sums",
}
"""The sort of each type of value; how a field is measured and drawn depends on it."""


class Field(NamedTuple):
    """A field of a record: its name in Python, its key in YAML, and what it holds.

    `many` says that it holds several values, `kinds` and `choices` what they may be.
    """

    name: str
    key: str
    sort: str
    many: bool
    required: bool
    kinds: tuple[str, ...]
    choices: tuple[str, ...]


@cache
def list_fields(owner: type) -> tuple[Field, ...]:
    """Return the fields of a dataclass of `kg.record` that a curator writes."""
    fields = []
    for key, (field, declared) in list_keys(owner).items():
        hint, many = declared, False
        if typing.get_origin(hint) in {types.UnionType, typing.Union}:
            hint = next(part for part in typing.get_args(hint) if part is not types.NoneType)
        if typing.get_origin(hint) is tuple:
            hint, many = typing.get_args(hint)[0], True
        choices = field.metadata.get("choices", ())
        fields.append(
            Field(
                field.name,
                key,
                "choice" if choices else SORTS[hint],
                many,
                field.default is dataclasses.MISSING,
                field.metadata.get("kinds", ()),
                choices,
            )
        )
    return tuple(fields)
