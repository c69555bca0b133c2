"""YAML text to marked values: every scalar, list and mapping knows its place in the file.

Scalars stay text. What YAML 1.1 would make of `no`, `12:30` or `010` is never asked for: the
record that receives a value says what it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import yaml

from kg.finding import Finding, Mark
from kg.form import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment] # same use

MAX_DEPTH = 40
# What YAML 1.1 calls not printable (section 5.1); the parser refuses it without saying where.
_REFUSED = re.compile(r"[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Scalar(NamedTuple):
    """A text with its place; `null` tells an empty value from an empty text."""

    text: str
    mark: Mark
    null: bool = False


class Sequence(NamedTuple):
    """A list with its place."""

    items: tuple[Value, ...]
    mark: Mark


class Mapping(NamedTuple):
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
                f"the file has more than {MAX_BYTES:,} bytes",
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
    builder = _Builder(file, text.splitlines(), findings)
    try:
        # As yaml.parse does, without a call in Python for each event.
        return builder.build(iter(Loader(text).get_event, None))
    except yaml.MarkedYAMLError as error:
        findings.append(
            Finding(
                builder.mark(error.problem_mark or error.context_mark),
                "bad-yaml",
                " ".join(filter(None, [error.context, error.problem])),
                "Mend the YAML at this place; a text with ': ' or ' #' in it wants quotes.",
            )
        )
        return None
    except (OverflowError, ValueError):  # PyYAML without libyaml on "\UFFFFFFFF"
        message = "an escape names no character"
        findings.append(Finding(Mark(file, 1, 1), "bad-yaml", message, "Write the character."))
        return None


def _locate(text: str, character: str, file: str) -> Mark:
    """Return the place of the first occurrence of a character."""
    before, _, after = text.partition(character)
    start = before.rpartition("\n")[2]
    return Mark(
        file, before.count("\n") + 1, len(start) + 1, start + character + after.partition("\n")[0]
    )


_NULLS = frozenset(["", "~", "null", "Null", "NULL"])


class _Builder:
    """One pass over the events of a YAML file; what is not read raises a marked error."""

    def __init__(self, file: str, lines: list[str], findings: list[Finding]) -> None:
        self.file = file
        self.lines = lines
        self.findings = findings

    def mark(self, at: Any) -> Mark:
        """Return the place of a mark of the parser, which counts from zero."""
        if at is None:
            return Mark(self.file, 1, 1, self.lines[0] if self.lines else "")
        line = at.line
        shown = self.lines[line] if line < len(self.lines) else ""
        return Mark(self.file, line + 1, at.column + 1, shown)

    def build(self, events: Iterator[yaml.Event]) -> Value | None:
        """Return the one document of a stream, or None if there is none."""
        found: Value | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(
                        "expected a single document in the stream but found another document", event
                    )
                found = self._read(next(events), events, 0)
        return found

    def _read(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Value:
        node: Any = event  # of one of four types: the beginning of a value
        kind = type(event)
        if node.anchor:  # an alias has one too
            self._refuse("anchors and aliases are not read", event)
        if node.tag:
            self._refuse("tags are not read", event)
        at = node.start_mark
        line = at.line
        shown = self.lines[line] if line < len(self.lines) else ""
        place = Mark(self.file, line + 1, at.column + 1, shown)
        if kind is yaml.ScalarEvent:
            return Scalar(node.value, place, node.implicit[0] and node.value in _NULLS)
        if depth >= MAX_DEPTH:
            self._refuse(f"nested deeper than {MAX_DEPTH}", event)
        if kind is yaml.SequenceStartEvent:
            items = []
            while type(inner := next(events)) is not yaml.SequenceEndEvent:
                items.append(self._read(inner, events, depth + 1))
            return Sequence(tuple(items), place)
        return Mapping(tuple(self._read_pairs(events, depth + 1)), place)

    def _read_pairs(
        self, events: Iterator[yaml.Event], depth: int
    ) -> Iterator[tuple[Scalar, Value]]:
        seen: dict[str, Mark] = {}
        while type(event := next(events)) is not yaml.MappingEndEvent:
            key = self._read(event, events, depth)
            value = self._read(next(events), events, depth)
            if not isinstance(key, Scalar):
                self.findings.append(
                    Finding(
                        key.mark, "wrong-type", "a key must be a word", "Use a plain word as key."
                    )
                )
            elif key.text in seen:
                self.findings.append(
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

    def _refuse(self, problem: str, event: yaml.Event) -> NoReturn:
        mark: Any = event.start_mark  # libyaml has a class of its own for marks
        raise yaml.MarkedYAMLError(problem=problem, problem_mark=mark)
