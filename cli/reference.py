"""The reference of the command, made from the command itself: `python -m cli.reference`."""

import sys
from collections.abc import Iterator
from typing import Any

from typer import main
from typer.core import TyperArgument, TyperCommand, TyperOption

from cli.app import EXIT_CODES, build_app
from kg.place import bundled
from kg.question import Question, find_question, read_catalogue, topics

ENVIRONMENT = {
    "POLITEIA_CACHE": "The folder in which stores are kept; else the cache of the user.",
    "POLITEIA_JAVA_MEMORY": "Megabytes that a Java of the reasoner may use.",
    "POLITEIA_PASSWORD": "The password for an endpoint or a store on a server.",
    "POLITEIA_TOKEN": "A token for one, in place of a name and password.",
    "POLITEIA_USER": "The name for one.",
    "JAVA_HOME": "Where the reasoner finds Java, if it was not installed with Politeia.",
    "NO_COLOR": "If it is set, nothing is coloured.",
    "COLUMNS": "The width of tables, where the terminal does not tell.",
}
"""The variables that change what the command does."""


def render_reference() -> str:
    """Return the reference in Markdown: commands, questions, exit codes, environment."""
    catalogue = read_catalogue(bundled("queries"))
    lines = [
        "# Reference",
        "",
        "<!-- Made by `python -m cli.reference > cli/REFERENCE.md`; a test says when. -->",
        "",
        "## Commands",
        "",
    ]
    for name, command in find_commands().items():
        lines += _describe_command(name, command)
    lines += ["## Questions", ""]
    for topic, names in topics(catalogue).items():
        lines += [f"### {topic}", ""]
        for name in names:
            lines += _describe_question(find_question(catalogue, name))
    lines += ["## Exit codes", "", "| code | means |", "|---|---|"]
    lines += [f"| {code} | {meaning} |" for code, meaning in EXIT_CODES.items()]
    lines += ["", "## Environment", "", "| variable | does |", "|---|---|"]
    lines += [f"| `{name}` | {meaning} |" for name, meaning in ENVIRONMENT.items()]
    return "\n".join(lines) + "\n"


def find_commands() -> dict[str, TyperCommand]:
    """Return the commands by name, in the order of the help."""
    group: Any = main.get_command(build_app())
    commands: dict[str, TyperCommand] = group.commands
    return commands


def _describe_command(name: str, command: TyperCommand) -> Iterator[str]:
    arguments = [p for p in command.params if isinstance(p, TyperArgument)]
    options = [p for p in command.params if isinstance(p, TyperOption)]
    words = [p.make_metavar(None) for p in arguments]  # type: ignore[arg-type] # none is needed
    yield from [f"### politeia {' '.join([name, *words])}", ""]
    yield from [" ".join(part.split()) + "\n" for part in (command.help or "").split("\n\n")]
    rows = [(word, p.help or "") for word, p in zip(words, arguments, strict=True)]
    rows += [(" ".join([*p.opts, p.metavar or ""]).strip(), p.help or "") for p in options]
    yield from ["| argument or option | means |", "|---|---|"]
    yield from [f"| `{_cell(word)}` | {_cell(meaning)} |" for word, meaning in rows]
    yield ""


def _describe_question(question: Question) -> Iterator[str]:
    words = [p.name.upper() if p.required else f"[{p.name.upper()}]" for p in question.parameters]
    yield from [f"#### {' '.join([question.name, *words])}", "", f"{question.summary}.", ""]
    yield from [" ".join(question.description.split()), ""]
    for parameter in question.parameters:
        yield f"- {parameter.name.upper()}: {parameter.meaning}, such as `{parameter.example}`."
    if question.parameters:
        yield ""
    yield from ["| column | holds |", "|---|---|"]
    yield from [f"| `{column}` | {_cell(meaning)} |" for column, meaning in question.columns]
    yield ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(render_reference())
