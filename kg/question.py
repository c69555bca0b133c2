"""The `.rq` files: a header of `#+` lines, parameters that are bound as terms, the catalogue.

A parameter is a line `VALUES ?name { UNDEF }` in the query. Bound, the word UNDEF is replaced by
a term that the RDF library wrote; left alone, the query is plain SPARQL and answers for all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from kg.errors import UsageError
from kg.vocabulary import expand

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_ESCAPE = re.compile(r"(\\\\)([uU])|\\u([0-9A-Fa-f]{4})|\\.")
Bound = NamedNode | Literal | tuple[NamedNode | Literal, ...]
"""What a parameter is bound to."""

_HEADER = ("summary", "description", "topic", "sentence", "parameters", "columns", "silence")


class Parameter(NamedTuple):
    """What a question asks for: one of the `kinds` of thing, or a literal of a `type`.

    `type` is `text`, `integer` or `date` and empty for a thing.
    """

    name: str
    kinds: tuple[str, ...]
    type: str
    required: bool
    example: str
    meaning: str


class Question(NamedTuple):
    """One canned query: what it asks, what it needs and what its columns mean."""

    name: str
    summary: str
    description: str
    topic: str
    sentence: str
    parameters: tuple[Parameter, ...]
    columns: tuple[tuple[str, str], ...]
    silence: str
    text: str


def read_catalogue(folder: Path) -> dict[str, Any]:
    """Return the header and text of every question in a folder, by name, ready for JSON."""
    import yaml  # noqa: PLC0415 - an answer reads the prepared catalogue instead

    catalogue = {}
    for path in sorted(folder.rglob("*.rq")):
        text = path.read_text("utf-8")
        lines = [line[3:] for line in text.splitlines() if line.startswith("#+ ")]
        # Texts only: a column may be called `on`, which is a truth value in YAML 1.1.
        loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # PyYAML may lack libyaml
        header = yaml.load("\n".join(lines), Loader=loader)  # noqa: S506 - see above
        unknown = set(header) - set(_HEADER)
        if unknown:
            raise ValueError(f"{path.name}: unknown header keys {sorted(unknown)}")
        catalogue[path.stem] = {**header, "text": text}
    return catalogue


def find_question(catalogue: Mapping[str, Any], name: str) -> Question:
    """Return a question of the catalogue; raises UnknownName, with the nearest, for another."""
    if name not in catalogue:
        from rapidfuzz import process  # noqa: PLC0415 - only a miss needs it

        from kg.errors import UnknownName  # noqa: PLC0415 - as above

        near = process.extract(name, list(catalogue), limit=3, score_cutoff=60)
        raise UnknownName(f"There is no question '{name}'.", [n for n, _, _ in near])
    entry = catalogue[name]
    return Question(
        name=name,
        summary=entry["summary"],
        description=entry["description"],
        topic=entry["topic"],
        sentence=entry["sentence"],
        parameters=tuple(
            Parameter(
                name=parameter,
                kinds=tuple(about.get("kinds", ())),
                type=about.get("type", ""),
                required=about.get("required", "true") == "true",
                example=about.get("example", ""),
                meaning=about["meaning"],
            )
            for parameter, about in (entry.get("parameters") or {}).items()
        ),
        columns=tuple((entry.get("columns") or {}).items()),
        silence=entry.get("silence", ""),
        text=entry["text"],
    )


def bind(text: str, values: Mapping[str, Bound]) -> str:
    """Return the query with each parameter bound to a term, or to any one of several.

    Raises UsageError for a parameter that the query does not have.
    """
    for name, value in values.items():
        line = re.compile(rf"^(\s*VALUES \?{re.escape(name)} \{{ )UNDEF(?= \}})", re.MULTILINE)
        terms = value if isinstance(value, tuple) else (value,)
        term = " ".join(map(_write_term, terms)).replace("\\", r"\\")
        text, count = line.subn(rf"\g<1>{term}", text)
        if not count:
            raise UsageError(f"This question has no parameter '{name}'.")
    return text


def _write_term(value: NamedNode | Literal) -> str:
    r"""Return a term in SPARQL, in which every engine sees the escapes that the library meant.

    A text may hold a backslash before a `u`. Engines that decode `\u0022` before they parse
    (SPARQL 1.1, 19.2) do so behind an escaped backslash too, which would end the text; rdflib
    moreover takes up to eight digits, so that all eight are written.
    """

    def write(match: re.Match[str]) -> str:
        slash, letter, code = match.groups()
        if letter:
            return rf"{slash}\U{ord(letter):08X}"
        return rf"\U0000{code}" if code else match[0]

    return _ESCAPE.sub(write, str(value))


def read_literal(word: str, datatype: str) -> Literal:
    """Return what was given for a parameter that is no thing; raises UsageError if it is none."""
    if datatype == "text":
        return Literal(word)
    if datatype == "date":
        return day_literal(word)
    if not word.isdecimal():
        raise UsageError(f"'{word}' is no number.")
    return Literal(str(int(word)), datatype=NamedNode(expand("xsd:integer")))


def day_literal(day: str) -> Literal:
    """Return a day as the term that the questions compare; raises UsageError if it is none."""
    from datetime import date  # noqa: PLC0415 - only --as-of needs it

    try:
        parsed = date.fromisoformat(day)
    except ValueError as error:
        raise UsageError(f"'{day}' is no day: write it as 2019-01-04 ({error}).") from None
    return Literal(parsed.isoformat(), datatype=NamedNode(expand("xsd:date")))


def topics(catalogue: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the names of the questions by topic, both sorted."""
    by_topic: dict[str, list[str]] = {}
    for name in sorted(catalogue):
        by_topic.setdefault(catalogue[name]["topic"], []).append(name)
    return dict(sorted(by_topic.items()))
