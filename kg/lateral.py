"""The questions as the embedded store runs them: each OPTIONAL once a row, not once for all.

Oxigraph evaluates the right side of an OPTIONAL for the whole graph and joins afterwards, which
grows with the data. Its LATERAL (https://github.com/w3c/sparql-dev/blob/main/SEP/SEP-0006) hands
each row to the right side. The files stay SPARQL 1.1, and so does what `--show-query` prints; a
test runs every question both ways and demands the same rows.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r'"(?:[^"\\\n]|\\.)*"|<[^<>"{}|^`\\\s]*>|#[^\n]*|\bOPTIONAL\s*\{|[{}]',
)


def correlate(query: str) -> str:
    """Return a query with every `OPTIONAL {...}` written `LATERAL { OPTIONAL {...} }`.

    Texts, IRIs and comments are left alone. The rows are the same as long as no OPTIONAL holds a
    subquery, a BIND or a VALUES on a variable from outside, which the questions do not.
    """
    parts = []
    opened: list[bool] = []
    position = 0
    for match in _TOKEN.finditer(query):
        piece = match[0]
        parts.append(query[position : match.start()])
        position = match.end()
        if piece.startswith("OPTIONAL"):
            opened.append(True)
            parts.append("LATERAL { " + piece)
        elif piece == "{":
            opened.append(False)
            parts.append(piece)
        elif piece == "}":
            parts.append("} }" if opened.pop() else "}")
        else:
            parts.append(piece)
    parts.append(query[position:])
    return "".join(parts)
