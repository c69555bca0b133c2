"""The questions as the embedded store runs them: each part once a row, not once for all.

Oxigraph evaluates an OPTIONAL, a UNION and a nested SELECT for the whole graph, the patterns in
them in the order of the text, and joins afterwards, which grows with the data. Its LATERAL
(https://github.com/w3c/sparql-dev/blob/main/SEP/SEP-0006) hands each row to the right side. The
files stay SPARQL 1.1, and so does what `--show-query` prints; a test runs every question both ways
and demands the same rows.

What stands behind such a part is handed its rows too, so that the parts are evaluated in the order
of the text: what narrows the answer most comes first (`queries/README.md`).
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import NamedTuple

_TOKEN = re.compile(
    r'"(?:[^"\\\n]|\\.)*"|<[^<>"{}|^`\\\s]*>|#[^\n]*'
    r"|\b(?:BIND|FILTER|MINUS|OPTIONAL|SELECT|UNION|VALUES)\b|[{}()]"
)
_AS = re.compile(r"\bAS\s*(\?\w+)")
_VARIABLE = re.compile(r"\?\w+")
_BRACKETS = {"(": 1, "{": 1, ")": -1, "}": -1}


class _Part(NamedTuple):
    """A part of a group: its first word, its text, and the groups that it consists of.

    The word is `BIND`, `FILTER`, `MINUS`, `OPTIONAL` or `VALUES`, `{` for groups that UNION may
    join, and empty for patterns. A FILTER, BIND or VALUES has no groups of its own.
    """

    word: str
    text: str
    groups: tuple[_Group, ...] = ()


class _Group(NamedTuple):
    """What stands between two braces: its text, and its parts, or those of the SELECT in it."""

    text: str
    head: str
    parts: tuple[_Part, ...]
    tail: str


def correlate(query: str) -> str:
    """Return a query in which a part of a group is handed the rows of those before it.

    A part is left as it is where it binds again what may be bound before, which LATERAL does not
    allow; a VALUES that only repeats one before it is left out. Texts, IRIs and comments are left
    alone.
    """
    reader = _Reader(query)
    return _write_nested(reader.read_nested(), ())


class _Reader:
    """The text of a query, and the place up to which it is read."""

    def __init__(self, query: str) -> None:
        self._query = query
        self._tokens = [(m[0], m.start(), m.end()) for m in _TOKEN.finditer(query)]
        self._next = 0
        self._at = 0

    def _take(self) -> str:
        """Return the next token and go behind it; an empty text at the end."""
        if self._next == len(self._tokens):
            self._at = len(self._query)
            return ""
        token, _, self._at = self._tokens[self._next]
        self._next += 1
        return token

    def _peek(self) -> tuple[str, int]:
        """Return the next token and where it begins."""
        if self._next == len(self._tokens):
            return "", len(self._query)
        return self._tokens[self._next][:2]

    def read_nested(self) -> _Group:
        """Return a SELECT up to the brace that ends it, or to the end of the text."""
        start = self._at
        while self._peek()[0] not in {"{", ""}:
            self._take()
        self._take()
        head = self._query[start : self._at]
        group = self._read_group()
        behind = self._at
        while self._peek()[0] not in {"}", ""}:
            self._take()
        self._at = self._peek()[1]
        return _Group(
            self._query[start : self._at], head, group.parts, self._query[behind - 1 : self._at]
        )

    def _read_group(self) -> _Group:
        """Return the group whose brace was just read, and go behind the brace that closes it."""
        start = self._at
        if self._peek()[0] == "SELECT":
            nested = self.read_nested()
            self._take()
            return nested
        parts: list[_Part] = []
        while True:
            begin = self._at
            while self._peek()[0] not in _WORDS:
                self._take()
            word, place = self._peek()
            if self._query[begin:place].strip(" \n."):
                parts.append(_Part("", self._query[begin:place].strip(" \n.")))
            self._at = place
            if word in {"}", ""}:
                self._take()
                return _Group(self._query[start:place], "", tuple(parts), "")
            parts.append(self._read_part(word))

    def _read_part(self, word: str) -> _Part:
        start = self._at
        groups = []
        if word in {"BIND", "FILTER", "VALUES"}:
            last = {"BIND": ")", "FILTER": ")}", "VALUES": "}"}[word]
            depth = 0
            while token := self._take():
                depth += _BRACKETS.get(token, 0)
                if not depth and token in last:
                    break
        else:
            while self._take() != "{":
                pass
            groups.append(self._read_group())
            while word == "{" and self._peek()[0] == "UNION":
                while self._take() != "{":
                    pass
                groups.append(self._read_group())
        return _Part(word, self._query[start : self._at], tuple(groups))


_WORDS = {"BIND", "FILTER", "MINUS", "OPTIONAL", "VALUES", "{", "}", ""}


def _write_nested(group: _Group, given: tuple[str, ...]) -> str:
    """Return a group as it is run, without its braces; `given` are the VALUES that hold in it."""
    if group.head:
        return group.head + _write_parts(group.parts, ()) + group.tail
    return _write_parts(group.parts, given)


def _write_parts(parts: tuple[_Part, ...], outer: tuple[str, ...]) -> str:
    """Return the parts of a group as they are run; `outer` are the VALUES that hold around it."""
    given = outer
    written: list[str] = []
    known: set[str] = set()
    handed = False  # whether a part was written whose rows are to be handed on
    for plain, found in groupby(parts, lambda part: part.word in {"", "VALUES"}):
        run = list(found)
        if plain:
            run = [part for part in run if part.text not in outer]
            given += tuple(part.text for part in run if part.word)
            text = "\n".join(part.text + ("\n." if not part.word else "") for part in run)
            bound = set().union(*(_list_bound(part) for part in run if part.word))
            lateral = handed and bound.isdisjoint(known)
            written.append(f"LATERAL {{ {text}\n}}" if lateral and text else text)
        for part in () if plain else run:
            written.append(_write_part(part, outer, given, known))
            known.update(_VARIABLE.findall(part.text))
            handed = handed or part.word != "FILTER"
        known.update(name for part in run for name in _VARIABLE.findall(part.text))
    return "\n".join(written)


def _write_part(
    part: _Part, outer: tuple[str, ...], given: tuple[str, ...], known: set[str]
) -> str:
    """Return what is not a pattern; `known` are the variables that the group named before it."""
    lateral = bool(known) and _find_bound(part, given).isdisjoint(known)
    match part.word:
        case "{":
            inner = given if lateral else outer
            text = " UNION ".join(f"{{ {_write_nested(g, inner)}\n}}" for g in part.groups)
        case "OPTIONAL" | "MINUS":
            text = f"{part.word} {{ {_write_nested(part.groups[0], ())}\n}}"
            lateral = lateral and part.word == "OPTIONAL"
        case _:
            return part.text
    return f"LATERAL {{ {text} }}" if lateral else text


def _find_bound(part: _Part, given: tuple[str, ...]) -> set[str]:
    """Return what the groups of a part bind by BIND, VALUES or an aggregate, as seen outside."""
    return set().union(*(_find_bound_in(group, given) for group in part.groups))


def _find_bound_in(group: _Group, given: tuple[str, ...]) -> set[str]:
    shown = group.head.rpartition("SELECT")[2]
    found = set(_AS.findall(shown))
    for part in group.parts:
        if part.groups:
            found |= _find_bound(part, given if part.word == "{" and not group.head else ())
        elif part.word and (part.word != "VALUES" or part.text not in given or group.head):
            found.update(_list_bound(part))
    return found & set(_VARIABLE.findall(shown)) if group.head else found


def _list_bound(part: _Part) -> list[str]:
    """Return what a VALUES, a BIND or a FILTER binds."""
    if part.word == "VALUES":
        return _VARIABLE.findall(part.text.partition("{")[0])
    return _AS.findall(part.text)
