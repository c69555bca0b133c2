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

_PLAIN = bytes([*b"\t\n\r", *range(0x20, 0x7F)])


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
    # To delete what is plain is ten times faster than to search.
    refused = _REFUSED.search(text) if content.translate(None, _PLAIN) else None
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


_BEGINNINGS = frozenset(
    [yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent, yaml.AliasEvent]
)
_ENDS = frozenset([yaml.SequenceEndEvent, yaml.MappingEndEvent])
_make: Any = tuple.__new__
"""Makes a named tuple of its values in half the time that the call of its class takes."""
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

    def build(self, events: Iterator[Any]) -> Value | None:
        """Return the one document of a stream, or None if there is none.

        What is begun and not ended stands in a pile, the innermost last; a mapping keeps its keys
        and values in turn.
        """
        found: Value | None = None
        documents = 0
        pile: list[tuple[list[Value], Mark, bool]] = []
        file, lines = self.file, [*self.lines, ""]
        value: Value
        for event in events:
            kind = type(event)
            if kind in _BEGINNINGS:
                if event.anchor:  # an alias has one too
                    self._refuse("anchors and aliases are not read", event)
                if event.tag:
                    self._refuse("tags are not read", event)
                at = event.start_mark
                line = at.line
                mark = _make(Mark, (file, line + 1, at.column + 1, lines[line]))
                if kind is not yaml.ScalarEvent:
                    if len(pile) >= MAX_DEPTH:
                        self._refuse(f"nested deeper than {MAX_DEPTH}", event)
                    pile.append(([], mark, kind is yaml.MappingStartEvent))
                    continue
                text = event.value
                value = _make(Scalar, (text, mark, text in _NULLS and event.implicit[0]))
            elif kind in _ENDS:
                items, mark, is_mapping = pile.pop()
                value = self._pair(items, mark) if is_mapping else Sequence(tuple(items), mark)
            else:
                documents += kind is yaml.DocumentStartEvent
                if documents > 1:
                    self._refuse(
                        "expected a single document in the stream but found another document", event
                    )
                continue
            if pile:
                pile[-1][0].append(value)
            else:
                found = value
        return found

    def _pair(self, items: list[Value], mark: Mark) -> Mapping:
        """Return a mapping of keys and values that stand in turn, each key once."""
        keys, values = items[::2], items[1::2]
        words = {key.text for key in keys if isinstance(key, Scalar)}
        if len(words) == len(keys):
            return Mapping(tuple(zip(keys, values, strict=True)), mark)  # type: ignore[arg-type] # all are scalars
        pairs: list[tuple[Scalar, Value]] = []
        seen: dict[str, Mark] = {}
        for key, value in zip(keys, values, strict=True):
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
                pairs.append((key, value))
        return Mapping(tuple(pairs), mark)

    def _refuse(self, problem: str, event: yaml.Event) -> NoReturn:
        mark: Any = event.start_mark  # libyaml has a class of its own for marks
        raise yaml.MarkedYAMLError(problem=problem, problem_mark=mark)
