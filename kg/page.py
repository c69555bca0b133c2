"""The pages that explain findings: one a code, a Markdown file in `kg/pages`.

A page begins with the meaning of its code in one line. It says why that matters, and shows a
failing example, the finding that it gives, and the example mended; a test runs both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import place
from kg.errors import UnknownName

if TYPE_CHECKING:
    from pathlib import Path


def list_meanings() -> dict[str, str]:
    """Return what each code means, in one line, in the order of the codes."""
    pages = sorted(_folder().glob("*.md"))
    return {path.stem: path.read_text("utf-8").partition("\n")[0] for path in pages}


def read_page(code: str) -> str:
    """Return the page of a code as Markdown; raises UnknownName, with the nearest codes."""
    known = [path.stem for path in _folder().glob("*.md")]
    if code not in known:
        from rapidfuzz import process  # noqa: PLC0415 - only a mistake needs it

        near = process.extract(code[:80], sorted(known), limit=3, score_cutoff=60)
        message = f"There is no finding code '{code[:80]}'; 'politeia explain' lists all."
        raise UnknownName(message, [name for name, _, _ in near])
    return (_folder() / f"{code}.md").read_text("utf-8")


def _folder() -> Path:
    return place.PACKAGE / "pages"
