"""The pages of the findings: one for each code, and what a page shows is what happens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from kg import place
from kg.errors import UnknownName
from kg.finding import CODES
from kg.guide import read_files
from kg.page import read_page
from kg.validate import validate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BEHIND = {"beyond-the-source": "bad-citation"}
"""Codes of what the reader finds before the shapes are asked, and the code that it gives."""


def render_findings(data: Path) -> str:
    """Return the findings of a data folder as they are printed; an empty text if there are none."""
    return "".join(finding.render() + "\n" for finding in validate([data]))


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    """A page is called after its code, and is shown behind what the code means."""
    assert {path.stem for path in (place.PACKAGE / "pages").glob("*.md")} == set(CODES)
    assert read_page("bad-yaml").startswith("The file is not YAML, or not in UTF-8.\n\n")


@pytest.mark.parametrize("code", CODES)
def test_the_example_of_a_page_has_the_finding_that_it_shows(
    code: str, ruritania: Callable[..., Path]
) -> None:
    """Laid over the invented State, the failing example gives what the page says, and no more."""
    example, _, _ = read_page(code).partition("\n## Mended\n")
    files = read_files(example.partition("\n## Example\n")[2])
    (shown,) = re.findall(r"^```text\n(.*?)^```$", example, re.DOTALL | re.MULTILINE)
    assert f": {BEHIND.get(code, code)}: " in shown
    assert render_findings(ruritania(**files)) == shown


@pytest.mark.parametrize("code", CODES)
def test_the_mended_example_of_a_page_has_no_finding(
    code: str, ruritania: Callable[..., Path]
) -> None:
    """Laid over the invented State, the mended example is sound, and it is another text."""
    example, _, mended = read_page(code).partition("\n## Mended\n")
    files = read_files(mended)
    assert files
    assert files != read_files(example)
    assert render_findings(ruritania(**files)) == ""


@pytest.mark.parametrize("code", CODES)
def test_a_page_says_why(code: str) -> None:
    """Between the meaning and the example stands, in sentences, why it matters."""
    meaning, why, _ = read_page(code).split("\n\n", 2)
    assert meaning.endswith(".")
    assert why.endswith(".")
    assert not why.startswith("#")


@pytest.mark.parametrize("code", ["bad-dates", "BAD-DATE", "../finding", "", "x" * 10_000])
def test_a_code_without_a_page_is_a_usage_error(code: str) -> None:
    """What is no code is named, and no file is looked for under it."""
    with pytest.raises(UnknownName, match="no finding code"):
        read_page(code)


def test_the_nearest_codes_are_proposed() -> None:
    """A misspelt code leads to the one that was meant."""
    with pytest.raises(UnknownName) as error:
        read_page("bad-dates")
    assert error.value.proposals[0] == "bad-date"


def test_pages_lie_with_the_program() -> None:
    """The folder of the pages holds pages and nothing else."""
    assert {path.suffix for path in (place.PACKAGE / "pages").iterdir()} == {".md"}
