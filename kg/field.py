"""What a field of a record can hold: the types of values, and what every record has."""

from __future__ import annotations

import dataclasses
import functools
import typing
from dataclasses import MISSING, dataclass, field
from typing import Any, ClassVar, NewType, TypeVar, dataclass_transform

from kg.finding import Mark
from kg.partial_date import PartialDate

Text = NewType("Text", str)
"""Our own wording, in English."""
Word = NewType("Word", str)
"""A name, number or code that is the same in every language."""
Count = NewType("Count", int)
"""A whole number of at least one."""
Share = NewType("Share", str)
"""A fraction such as 1/2."""
Flag = NewType("Flag", bool)
"""`yes`, or the key is left out."""
Number = NewType("Number", str)
"""A decimal number, which may be negative, as digits with a point and without separators."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The names of a thing: language to names, in the order of the file."""

    names: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """The name of another record: `office/president`, or `core-2019/selection/senators`."""

    text: str
    mark: Mark = field(compare=False)


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a source; `source` is empty where the folder says which source is meant.

    `first` and `last` name the versions of a law between which the place reads so, or are empty
    for a source that has no versions.
    """

    source: str
    kind: str
    number: str
    mark: Mark = field(compare=False)
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Provision:
    """A legal act, or the article of it, that a source names; `article` may be empty."""

    act: str
    article: str
    mark: Mark = field(compare=False)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a statement has no first or last day; `name` is a concept of the scheme of reasons."""

    name: str


When = PartialDate | Reason


def key(
    term: str = "",
    *,
    kinds: tuple[str, ...] = (),
    choices: tuple[str, ...] = (),
    default: Any = MISSING,
    acyclic: bool = False,
) -> Any:
    """Return a dataclass field with the property, the kinds of record and the words it allows.

    What is `acyclic` never leads back to the record, however often one follows it.
    """
    metadata = {"term": term, "kinds": kinds, "choices": choices, "acyclic": acyclic}
    return field(default=default, metadata=metadata)


T = TypeVar("T")


@dataclass_transform(
    eq_default=False, kw_only_default=True, frozen_default=True, field_specifiers=(key,)
)
def record(owner: type[T]) -> type[T]:
    """Return a class as one of records or of parts of them: a dataclass that nothing writes to.

    That nothing does, the type checker sees. Python would need a tenth of a second to make classes
    that watch over it, and four times as long to make each record.
    """
    return dataclass(slots=True, kw_only=True, eq=False, repr=False, match_args=False)(owner)


ACTORS = ("office", "body", "group")


@record
class Record:
    """What every record has."""

    kind: ClassVar[str]
    type: ClassVar[str]
    id: str
    mark: Mark
    cite: tuple[Citation, ...] = key("pol:citation", default=())
    note: Text | None = key(default=None)


@functools.cache
def find_hints(owner: Any) -> dict[str, Any]:
    """Return the type of each field of a record or a part of one."""
    return typing.get_type_hints(owner)


_UNWRITTEN = frozenset(["id", "mark", "role", "actors", "order"])


def list_keys(owner: type) -> dict[str, tuple[dataclasses.Field[Any], Any]]:
    """Return the keys that a curator writes in a record or a part of one, in their order.

    Each has its field and the type of its values. The first key of a record, its kind, and of a
    step, its role, are not among them.
    """
    hints = find_hints(owner)
    return {
        field.name.rstrip("_").replace("_", "-"): (field, hints[field.name])
        for field in dataclasses.fields(owner)
        if field.name not in _UNWRITTEN
    }
