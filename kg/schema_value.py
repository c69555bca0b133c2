"""The JSON Schema of one value: a text, a date, a citation, by the type of its field.

An editor reads YAML by the core schema of YAML 1.2, in which `1995` is a number and `true` a truth
value, so that both are taken where the reader takes any text.
"""

from __future__ import annotations

import typing
from dataclasses import dataclass, field
from typing import Any

from kg.field import Citation, Count, Flag, Labels, Number, Provision, Share, Text, Word
from kg.figure import Rows, Sums
from kg.form import (
    CONTROL,
    COUNT,
    ID,
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
from kg.partial_date import PartialDate
from kg.remark import STATEMENTS
from kg.thing import THINGS
from kg.threshold import BASES, Threshold

if typing.TYPE_CHECKING:
    from collections.abc import Callable

    from kg.guide import Guide

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Book:
    """The definitions that were made so far, by name, and the guide that explains them."""

    guide: Guide
    schemas: dict[str, Schema] = field(default_factory=dict)

    def define(self, name: str, make: Callable[[], Schema]) -> Schema:
        """Return a reference to a definition, which is made where it is asked for first."""
        if name not in self.schemas:
            self.schemas[name] = {"title": name, **make()}
        return {"$ref": f"#/$defs/{name}"}


def describe_value(hint: Any, key: str, book: Book) -> Schema:
    """Return a reference to the schema of the values of a type; a label is one name a language."""
    if hint is Labels:
        if key == "label":
            return book.define("label", lambda: _describe_label(book))
        return book.define("names", lambda: _describe_names(book))
    if hint is Rows:
        return book.define("cells", lambda: _describe_table(describe_form("value", book), book))
    if hint is Sums:
        return book.define("sums", lambda: _describe_table(describe_form("text", book), book))
    return describe_form("day" if typing.get_args(hint) else _TYPES[hint], book)


def describe_form(name: str, book: Book) -> Schema:
    """Return a reference to the schema of a form of value that is a single text or number."""
    advice, keywords = _FORMS[name]
    if advice in book.guide.forms:
        first = book.guide.forms[advice].partition(". ")[0].rstrip(".")
        advice = f"{advice}: {first}.".replace("`", "'")
    return book.define(name, lambda: {"errorMessage": advice, **keywords})


def describe_reference(kinds: tuple[str, ...], book: Book) -> Schema:
    """Return a reference to the schema of references to records of some kinds."""
    called = _GROUPS.get(kinds, " or ".join(kinds))
    return book.define(
        "to-" + called.replace(" ", "-"),
        lambda: {
            "title": f"reference to {called}",
            "errorMessage": f"Write KIND/IDENTIFIER, where KIND is {' or '.join(kinds)}.",
            "type": "string",
            "pattern": rf"^(?:{ID}/)?(?:{'|'.join(kinds)})/{ID}$",
        },
    )


def allow_many(one: Schema) -> Schema:
    """Return the schema of one value or a list of several."""
    several = {"type": "array", "items": one, "minItems": 1}
    return {"if": {"type": "array"}, "then": several, "else": one}


def _describe_label(book: Book) -> Schema:
    text = describe_form("text", book)
    return {
        "errorMessage": f"A label is {book.guide.forms['label']}.".replace("`", "'"),
        "if": {"type": "object"},
        "then": {
            "required": ["en"],
            "propertyNames": {"pattern": f"^{LANGUAGE}$"},
            "additionalProperties": text,
        },
        "else": text,
    }


def _describe_names(book: Book) -> Schema:
    texts = allow_many(describe_form("text", book))
    by_language = {
        "minProperties": 1,
        "propertyNames": {"pattern": f"^{LANGUAGE}$"},
        "additionalProperties": texts,
    }
    return {"if": {"type": "object"}, "then": by_language, "else": texts}


def _describe_table(one: Schema, book: Book) -> Schema:
    """Return the schema of a mapping of headings to a value each, or to several."""
    return {
        "type": "object",
        "minProperties": 1,
        "propertyNames": describe_form("text", book),
        "additionalProperties": allow_many(one),
    }


_GROUPS = {THINGS: "thing", STATEMENTS: "statement"}
_TYPES: dict[Any, str] = {
    Text: "text",
    Word: "text",
    Count: "number",
    Number: "value",
    Share: "share",
    Flag: "yes",
    PartialDate: "date",
    Threshold: "threshold",
    Citation: "citation",
    Provision: "act-or-article",
}
_SCALAR = ["string", "number", "boolean"]
_TEXT = rf"^(?=\s*\S)[^{CONTROL}]*$"
_DAY = (
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|[12][0-9]))"
)
_DATE = rf"(?!0000|9999)[0-9]{{4}}(?:-(?:0[1-9]|1[0-2])|-{_DAY})?"
_PART = (
    "(?:at least|more than) (?!0+/)[0-9]{1,3}/(?!0+ )[0-9]{1,3} of "
    rf"(?:{'|'.join(sorted(BASES, key=len, reverse=True))})"
)
_OTHERS = "|".join(place for place in PLACES if place != "para")
_YEARS = {"minimum": 1, "maximum": 9998}

_FORMS: dict[str, tuple[str, Schema]] = {
    "text": (
        f"A text has 1 to {MAX_TEXT} characters that can be printed.",
        {"type": _SCALAR, "pattern": _TEXT, "maxLength": MAX_TEXT},
    ),
    "identifier": (
        f"An identifier has lower-case letters, digits and single hyphens, at most {MAX_ID}.",
        {"type": _SCALAR, "pattern": f"^{ID}$", "maxLength": MAX_ID, "minimum": 0},
    ),
    "number": (
        "number",
        {
            "type": ["integer", "string"],
            "minimum": 1,
            "maximum": 999_999_999,
            "pattern": f"^{COUNT}$",
        },
    ),
    "value": (
        "value",
        {
            "type": ["number", "string"],
            "exclusiveMinimum": -(10**15),
            "exclusiveMaximum": 10**15,
            "pattern": f"^{NUMBER}$",
        },
    ),
    "share": ("share", {"type": "string", "pattern": f"^{SHARE}$"}),
    "yes": ("yes", {"enum": ["yes"]}),
    "date": ("date", {"type": ["string", "integer"], "pattern": f"^{_DATE}$", **_YEARS}),
    "day": (
        f"Write 1901, 1901-05 or 1901-05-17, with ' or later' if open, or: {', '.join(REASONS)}.",
        {
            "type": ["string", "integer"],
            "pattern": f"^(?:{_DATE}(?: or later)?|{'|'.join(REASONS)})$",
            "examples": list(REASONS),
            **_YEARS,
        },
    ),
    "threshold": (
        "threshold",
        {
            "type": "string",
            "pattern": f"^{_PART}(?:, in {_PART})?(?:, if {_PART} take part)?$",
            "examples": [
                f"{share} of {base}"
                for share in ("at least 2/3", "more than 1/2")
                for base in BASES
            ],
        },
    ),
    "citation": (
        "citation",
        {
            "type": "string",
            "pattern": rf"^(?:{ID} )?(?:para {PARAGRAPH}|(?:{_OTHERS}) (?=\S){LOCATOR})"
            rf"(?:, {ID}(?: to {ID})?)?$",
        },
    ),
    "act-or-article": (
        "act or article",
        {"type": _SCALAR, "pattern": rf"^{ID}(?: art (?=\S){LOCATOR})?$", "minimum": 0},
    ),
}
"""The forms by name: what to do where a value has another one, or the name of the form in the guide
that says it, and the keywords of the schema."""
