"""The pages that explain findings: one a code, a Markdown file in `kg/pages`.

A page says why its finding matters, and shows a failing example, the finding that it gives, and
the example mended; a test runs both. What the code means stands in `kg.finding.CODES` alone.
"""

from __future__ import annotations

from kg import place
from kg.errors import UnknownName
from kg.finding import CODES


def read_page(code: str) -> str:
    """Return the meaning of a code and its page as Markdown.

    Raises UnknownName, with the nearest codes.
    """
    if code not in CODES:
        from rapidfuzz import process  # noqa: PLC0415 - only a mistake needs it

        near = process.extract(code[:80], list(CODES), limit=3, score_cutoff=60)
        message = f"There is no finding code '{code[:80]}'; 'politeia explain' lists all."
        raise UnknownName(message, [name for name, _, _ in near])
    page = (place.PACKAGE / "pages" / f"{code}.md").read_text("utf-8")
    return f"{CODES[code]}\n\n{page}"
