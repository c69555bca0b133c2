"""Terms and triples in the notation of N-Triples, in which the build makes them.

A term is the text that stands for it in a file, so that equal terms are equal texts. Python makes
and compares texts several times faster than values of the store, which reads the lines itself.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import RdfFormat, parse

from kg.vocabulary import expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad
    from pyoxigraph import Triple as StoreTriple

Term: TypeAlias = str
"""`<IRI>`, `"text"`, `"text"@language`, `"text"^^<datatype>` or `_:name`."""
Triple: TypeAlias = tuple[Term, Term, Term]

_SHORT = {"\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r", '"': r"\"", "\\": r"\\"}
_LONG = {chr(code): f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)}
_ESCAPES = str.maketrans(_LONG | _SHORT)
_ESCAPED = re.compile(f"[{re.escape(''.join(_LONG | _SHORT))}]")
_PLAIN = {escape: plain for plain, escape in _SHORT.items()}
_ESCAPE = re.compile(r"\\u([0-9A-F]{4})|\\.")


@functools.cache
def node(name: str) -> Term:
    """Return the node of a prefixed name."""
    return f"<{expand(name)}>"


def text(value: str, language: str = "en") -> Term:
    """Return a text in a language."""
    return f"{literal(value)}@{language.lower()}"


def literal(value: str) -> Term:
    """Return a text in no language."""
    if _ESCAPED.search(value):
        value = value.translate(_ESCAPES)
    return f'"{value}"'


@functools.cache
def _mark(datatype: str) -> str:
    return f'"^^{node(datatype)}'


def typed(value: str | int, datatype: str) -> Term:
    """Return a literal of a datatype by its prefixed name; the value needs no escape."""
    return f'"{value}{_mark(datatype)}'


def extend(node: Term, part: str) -> Term:
    """Return the node of a part of a node: its IRI with a further step."""
    return f"{node[:-1]}/{part}>"


def read_value(term: Term) -> str:
    """Return the IRI of a node, the text of a literal, the name of a blank node."""
    if term[0] == "<":
        return term[1:-1]
    if term[0] == "_":
        return term[2:]
    value = term[1 : term.rindex('"')]
    return _ESCAPE.sub(_unescape, value) if "\\" in value else value


def _unescape(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16)) if escape[1] else _PLAIN[escape[0]]


def read_datatype(term: Term) -> str:
    """Return the IRI of the datatype of a literal, and an empty text for all other terms."""
    if term[0] != '"':
        return ""
    mark = term[term.rindex('"') + 1 :]
    if not mark:
        return expand("xsd:string")
    return mark[3:-1] if mark[0] == "^" else expand("rdf:langString")


def read_language(term: Term) -> str:
    """Return the language of a text, and an empty text for all other terms."""
    return term.rpartition('"@')[2] if term[0] == '"' and term[-1] not in '">' else ""


def from_quads(quads: Iterable[StoreTriple | Quad]) -> list[Triple]:
    """Return triples of the store, or those of its quads, in the notation."""
    return [(str(t.subject), str(t.predicate), str(t.object)) for t in quads]


def split(lines: str) -> Iterator[Triple]:
    """Yield the triples in lines of N-Triples."""
    for line in lines.split("\n"):
        if line:
            subject, predicate, rest = line.split(" ", 2)
            yield subject, predicate, rest[:-2]


def to_quads(triples: Iterable[Triple], graph: str) -> list[Quad]:
    """Return triples as quads of the store in the graph of an IRI.

    Raises SyntaxError for what is no term.
    """
    return list(parse(render(triples, graph), RdfFormat.N_QUADS))


def render(triples: Iterable[Triple], graph: str = "") -> bytes:
    """Return triples as lines of N-Triples, or with the IRI of a graph of N-Quads."""
    end = f" <{graph}> .\n" if graph else " .\n"
    lines = end.join(map(" ".join, triples))
    return f"{lines}{end}".encode() if lines else b""
