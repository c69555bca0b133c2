"""The questions as the embedded store runs them: each OPTIONAL once a row, not once for all.

Oxigraph evaluates the right side of an OPTIONAL for the whole graph and joins afterwards, which
grows with the data. Its LATERAL (https://github.com/w3c/sparql-dev/blob/main/SEP/SEP-0006) hands
each row to the right side. The files stay SPARQL 1.1, and so does what `--show-query` prints; a
test runs every question both ways and demands the same rows.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r'"(?:[^"\\\n]|\\.)*"|<[^<>"{}|^`\\\s]*>|#[^\n]*|\bOPTIONAL\s*\{|\b(?:BIND|SELECT|VALUES)\b|[{}]',
)


def correlate(query: str) -> str:
    """Return a query with every simple `OPTIONAL {...}` written `LATERAL { OPTIONAL {...} }`.

    An OPTIONAL that holds a subquery, a BIND or a VALUES is left as it is, because LATERAL does
    not allow what is bound outside to be bound again inside. Texts, IRIs and comments are left
    alone.
    """
    parts: list[str] = []
    opened: list[int] = []  # the part that opens each group
    binding: set[int] = set()  # those of them in which something is bound
    position = 0
    for match in _TOKEN.finditer(query):
        parts += [query[position : match.start()], match[0]]
        position = match.end()
        if match[0].endswith("{"):
            opened.append(len(parts) - 1)
        elif match[0] == "}":
            start = opened.pop()
            if parts[start] != "{" and start not in binding:
                parts[start] = "LATERAL { " + parts[start]
                parts.append(" }")
        elif match[0] in {"BIND", "SELECT", "VALUES"}:
            binding.update(opened)
    parts.append(query[position:])
    return "".join(parts)
