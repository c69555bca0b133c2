"""The reference of the command: it is up to date, and nothing goes without a word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.core import TyperOption

from cli.app import COMMANDS, EXIT_CODES, INTERRUPTED
from cli.reference import ENVIRONMENT, find_commands, render_reference
from kg import errors, place
from kg.question import find_question, read_catalogue

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "cli" / "REFERENCE.md").read_text("utf-8")
CATALOGUE = read_catalogue(place.bundled("queries"))


def cut(text: str, heading: str) -> str:
    """Return what stands under a heading that begins so, up to the next heading."""
    found = re.search(rf"^{re.escape(heading)}(?:\s|$).*?(?=^#|\Z)", text, re.DOTALL | re.MULTILINE)
    return found[0] if found else ""


def test_the_page_is_that_of_the_command() -> None:
    """Mend it with `python -m cli.reference > cli/REFERENCE.md`."""
    assert render_reference() == PAGE


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_explained(name: str) -> None:
    """A command has a text; each argument and option has a row with a meaning."""
    command = find_commands()[name]
    section = cut(PAGE, f"### politeia {name}")
    assert (command.help or "").split("\n")[0] in section
    rows = re.findall(r"^\| `(.+?)` \| (.*) \|$", section, re.MULTILINE)
    assert len(rows) == len(command.params)
    assert all(meaning.strip() for _, meaning in rows)
    for parameter in command.params:
        if isinstance(parameter, TyperOption):
            assert any(row.split()[0] == parameter.opts[0] for row, _ in rows)


def test_every_command_of_the_help_is_known() -> None:
    """The commands that are loaded alone are those that there are."""
    assert tuple(find_commands()) == COMMANDS
    modules = {path.stem for path in (ROOT / "cli").glob("*.py")}
    assert set(COMMANDS) <= modules


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_every_question_is_explained(name: str) -> None:
    """Each parameter and each column has its meaning on the page."""
    question = find_question(CATALOGUE, name)
    section = cut(PAGE, f"#### {name}")
    assert question.summary in section
    for parameter in question.parameters:
        assert f"- {parameter.name.upper()}: " in section
    for column, _ in question.columns:
        assert re.search(rf"^\| `{column}` \| \S", section, re.MULTILINE)


def test_every_exit_code_is_explained() -> None:
    """The codes are those of the errors, of success and of an interrupt."""
    raised = {
        error.exit_code
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, errors.PoliteiaError)
    }
    assert set(EXIT_CODES) == raised | {0, INTERRUPTED}
    for code in EXIT_CODES:
        assert re.search(rf"^\| {code} \| \S", PAGE, re.MULTILINE)


def test_every_variable_of_the_environment_is_explained() -> None:
    """What the program reads of ours stands in the table."""
    texts = [
        path.read_text("utf-8") for part in ("kg", "cli") for path in (ROOT / part).glob("*.py")
    ]
    read = {name for text in texts for name in re.findall(r'"(POLITEIA_[A-Z_]+)"', text)}
    assert read - {"POLITEIA_COMPLETE"} <= set(ENVIRONMENT)
    assert all(f"| `{name}` |" in PAGE for name in ENVIRONMENT)
