"""The records as a JSON Schema, so that an editor completes and checks what a curator types.

`python -m kg.schema` prints it, and `schema.json` beside this module is what it prints. The schema
takes all that the reader takes, and refuses what it can see: it knows one value and not the
others, and no order of keys.
"""

from __future__ import annotations

import json
import re
import sys
import types
import typing
from dataclasses import MISSING
from typing import Any

from kg.field import ACTORS, Record, Reference, list_keys
from kg.guide import read_guide
from kg.record import KINDS, ROLES, SeatGroup, Source, State, Step, Version
from kg.schema_value import (
    Book,
    Schema,
    allow_many,
    describe_form,
    describe_reference,
    describe_value,
)
from kg.vocabulary import BASE

if typing.TYPE_CHECKING:
    from collections.abc import Iterable
    from dataclasses import Field


def render_schema() -> str:
    """Return the schema as the text of the file that is shipped."""
    return json.dumps(build_schema(), ensure_ascii=False, indent=1) + "\n"


def build_schema() -> Schema:
    """Return the schema of a file of records, in the draft 2020-12 of JSON Schema."""
    book = Book(read_guide())
    record = book.define("record", lambda: _describe_record(book))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": BASE + "schema.json",
        "$comment": "Made by kg/schema.py from the records and from kg/data/README.md.",
        "title": "Politeia",
        "description": "A list of records; each begins with its kind and its identifier.",
        "type": ["array", "null"],
        "items": record,
        "$defs": dict(sorted(book.schemas.items())),
    }


def _describe_record(book: Book) -> Schema:
    """Return the schema of a record: that of its kind, or of its first key where it has none."""
    kinds = {kind: _describe_kind(kind, book) for kind in KINDS}
    first = {kind: book.schemas[kind]["properties"][kind] for kind in KINDS}
    return {
        "errorMessage": "A record begins with its kind and its identifier: '- office: king'.",
        "type": "object",
        "if": {"type": "object", **_require_one(kinds)},
        "then": {"allOf": [{"if": _begin(kind), "then": kinds[kind]} for kind in KINDS]},
        "else": {"properties": first, "propertyNames": {"enum": list(kinds)}, "minProperties": 1},
    }


def _require_one(keys: Iterable[str]) -> Schema:
    return {"anyOf": [{"required": [key]} for key in keys]}


def _begin(kind: str) -> Schema:
    """Return what tells a kind of record: `office` begins one, and is a key of a tenure too."""
    others = [other for other, owner in KINDS.items() if kind in list_keys(owner)]
    return {"required": [kind]} | ({"not": _require_one(others)} if others else {})


def _describe_kind(kind: str, book: Book) -> Schema:
    owner = KINDS[kind]
    says = (owner.__doc__ or "").partition("\n")[0]
    first = {kind: {"description": says, **describe_form("identifier", book)}}
    return book.define(kind, lambda: _describe_keys(owner, kind, first, book))


def _describe_part(owner: type, book: Book) -> Schema:
    """Return a reference to the schema of a step, which begins with its role, or a seat group."""
    if owner is SeatGroup:
        return book.define("seats", lambda: _describe_keys(owner, "seat group", {}, book))
    actors = allow_many(describe_reference(ACTORS, book))
    says = "who does it; those who do it at one time are a list"
    first = {role: {"description": says, **actors} for role in ROLES}
    return book.define("step", lambda: _describe_keys(owner, "step", first, book))


def _describe_keys(owner: type, called: str, first: Schema, book: Book) -> Schema:
    """Return the schema of a record or of a part of one, with what the guide says of each key.

    `first` holds the keys with which it can begin, of which it has one.
    """
    keys = list_keys(owner)
    required = [key for key, (field, _) in keys.items() if field.default is MISSING]
    if issubclass(owner, Record) and not issubclass(owner, (Source, State, Version)):
        required.append("cite")
    said = {
        key: {"description": _explain(owner, called, key, book), **_describe(hint, field, book)}
        for key, (field, hint) in keys.items()
    }
    begun: list[Schema] = [{"required": [key]} for key in first]
    begun[:1] = [
        {"errorMessage": f"Begin with one of: {', '.join(first)}.", **b} for b in begun[:1]
    ]
    if len(first) == 1:
        required = [*first, *required]
    return {
        "type": "object",
        "minProperties": 1,
        **({"oneOf": begun} if len(first) > 1 else {}),
        "properties": first | said,
        "required": required,
        "additionalProperties": False,
    }


def _explain(owner: type, called: str, key: str, book: Book) -> str:
    """Return what the guide says of a key; the words that it lists stand in the schema itself."""
    said = book.guide.explain(owner, called, key)
    return re.sub(r", one(?: or several)? of those listed below", "", said)


def _describe(hint: Any, field: Field[Any], book: Book) -> Schema:
    """Return the schema of the values of a field, which kg.read reads by the same type."""
    parts = [part for part in typing.get_args(hint) if part not in {types.NoneType, ...}]
    if typing.get_origin(hint) is tuple:
        return allow_many(_describe(parts[0], field, book))
    if len(parts) == 1:
        return _describe(parts[0], field, book)
    if hint in {Step, SeatGroup}:
        return _describe_part(hint, book)
    if hint is Reference:
        return describe_reference(field.metadata["kinds"], book)
    if field.metadata.get("choices"):
        return {"enum": list(field.metadata["choices"])}
    return describe_value(hint, field.name, book)


if __name__ == "__main__":
    sys.stdout.write(render_schema())
