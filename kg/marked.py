"""YAML text to marked values: every scalar, list and mapping knows its place in the file.

Scalars stay text. What YAML 1.1 would make of `no`, `12:30` or `010` is never asked for: the
record that receives a value says what it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from kg.finding import Finding, Mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment] # same use

MAX_BYTES = 5_000_000
MAX_DEPTH = 40
# What YAML 1.1 calls not printable (section 5.1); the parser refuses it without saying where.
_REFUSED = re.compile(r"[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text with its place; `null` tells an empty value from an empty text."""

    text: str
    mark: Mark
    null: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list with its place."""

    items: tuple[Value, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping with its place; `items` keeps the order of the file, each key once."""

    items: tuple[tuple[Scalar, Value], ...]
    mark: Mark


Value = Scalar | Sequence | Mapping


def read_marked(content: bytes, file: str, findings: list[Finding]) -> Value | None:
    """Return the one document of a YAML file as a marked value, or None if it is empty or broken.

    Faults are added to `findings`: bytes that are not UTF-8, text that is not YAML, aliases
    (which can explode), tags, duplicate keys, nesting beyond `MAX_DEPTH` and files beyond
    `MAX_BYTES`.
    """
    if len(content) > MAX_BYTES:
        findings.append(
            Finding(
                Mark(file, 1, 1),
                "bad-yaml",
                f"the file has {len(content):,} bytes, more than {MAX_BYTES:,}",
                "Split it: one concern a file.",
            )
        )
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"the byte 0x{content[error.start]:02x} is not UTF-8"
        place = _locate(content.decode("utf-8", "replace"), "\ufffd", file)
        findings.append(Finding(place, "bad-yaml", message, "Save the file in UTF-8."))
        return None
    refused = _REFUSED.search(text)
    if refused:
        message = f"the character U+{ord(refused[0]):04X} cannot stand in YAML"
        place = _locate(text, refused[0], file)
        findings.append(Finding(place, "bad-yaml", message, "Remove the character."))
        return None
    lines = text.splitlines()

    def mark(at: Any) -> Mark:
        line = at.line if at else 0
        shown = lines[line] if line < len(lines) else ""
        return Mark(file, line + 1, (at.column if at else 0) + 1, shown)

    try:
        _refuse_what_is_not_read(text)
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        findings.append(
            Finding(
                mark(error.problem_mark or error.context_mark),
                "bad-yaml",
                " ".join(filter(None, [error.context, error.problem])),
                "Mend the YAML at this place; a text with ': ' or ' #' in it wants quotes.",
            )
        )
        return None
    return None if node is None else _convert(node, mark, findings)


def _locate(text: str, character: str, file: str) -> Mark:
    """Return the place of the first occurrence of a character."""
    before, _, after = text.partition(character)
    start = before.rpartition("\n")[2]
    return Mark(
        file, before.count("\n") + 1, len(start) + 1, start + character + after.partition("\n")[0]
    )


def _refuse_what_is_not_read(text: str) -> None:
    """Raise a marked error at the first alias or tag, or at nesting that is too deep."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        problem = ""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            problem = "anchors and aliases are not read"
        elif getattr(event, "tag", None):
            problem = "tags are not read"
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            problem = f"nested deeper than {MAX_DEPTH}" if depth > MAX_DEPTH else ""
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if problem:
            mark: Any = event.start_mark  # libyaml has a class of its own for marks
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


def _convert(node: yaml.Node, mark: Callable[[Any], Mark], findings: list[Finding]) -> Value:
    place = mark(node.start_mark)
    if isinstance(node, yaml.ScalarNode):
        return Scalar(node.value, place, null=node.tag == "tag:yaml.org,2002:null")
    if isinstance(node, yaml.SequenceNode):
        return Sequence(tuple(_convert(n, mark, findings) for n in node.value), place)
    return Mapping(tuple(_pairs(node, mark, findings)), place)


def _pairs(
    node: yaml.Node, mark: Callable[[Any], Mark], findings: list[Finding]
) -> Iterator[tuple[Scalar, Value]]:
    seen: dict[str, Mark] = {}
    for key_node, value_node in node.value:
        key = _convert(key_node, mark, findings)
        value = _convert(value_node, mark, findings)
        if not isinstance(key, Scalar):
            findings.append(
                Finding(key.mark, "wrong-type", "a key must be a word", "Use a plain word as key.")
            )
        elif key.text in seen:
            findings.append(
                Finding(
                    key.mark,
                    "duplicate-key",
                    f"the key '{key.text[:80]}' stands already in line {seen[key.text].line}",
                    "Keep one of the two; several values of one key are written as a list.",
                )
            )
        else:
            seen[key.text] = key.mark
            yield key, value
