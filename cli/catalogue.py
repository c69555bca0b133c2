"""The questions that can be asked, as text: the list of all, and the page of one."""

from __future__ import annotations

import shlex
import shutil
import textwrap
from typing import TYPE_CHECKING, Any

from kg.answer import Scope, ask, read_rows, solve
from kg.errors import UsageError
from kg.question import find_question, topics

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.question import Parameter, Question
    from kg.store import Opened

MEASURE = 100
EXAMPLE = 4
"""So many rows of an example are shown, and what else belongs to the rule of the last."""


def list_questions(catalogue: Mapping[str, Any], sources: Sequence[tuple[str, str]] = ()) -> str:
    """Return all questions by topic, a line each: name, parameters, summary; then the sources."""
    usages = {name: _usage(find_question(catalogue, name)) for name in catalogue}
    width = max(map(len, usages.values()), default=0)
    lines = []
    for topic, names in topics(catalogue).items():
        lines += [topic]
        lines += [f"  {usages[n]:{width}}  {catalogue[n]['summary']}" for n in names]
        lines += [""]
    if sources:
        rows = [(name, when) for name, when in sources]
        lines += ["sources, and the days of which they speak", *_align(rows, MEASURE), ""]
    lines.append("'politeia ask NAME --help' tells what a question needs and what it returns.")
    return "\n".join(lines) + "\n"


def describe_question(opened: Opened, name: str) -> str:
    """Return what a question asks, needs and returns, and an example with its answer.

    Raises UnknownName for another name.
    """
    question = find_question(opened.catalogue, name)
    measure = min(shutil.get_terminal_size().columns, MEASURE)
    lines = [f"politeia ask {_usage(question)}", ""]
    lines += [*textwrap.wrap(question.description, measure), ""]
    if question.parameters:
        rows = [(p.name.upper(), _explain(p)) for p in question.parameters]
        lines += ["Parameters:", *_align(rows, measure), ""]
    lines += ["Columns:", *_align(list(question.columns), measure)]
    examples = [parameter.example for parameter in question.parameters]
    command = shlex.join(["politeia", "ask", name, *examples])
    lines += ["", "Example:", f"  {command}"]
    return "\n".join(lines) + "\n" + _show_example(opened, name, examples)


def _show_example(opened: Opened, name: str, examples: Sequence[str]) -> str:
    """Return how the answer to an example begins; nothing where the data has no such thing.

    It is asked anew, because it is answered sooner than a prepared one could go out of date.
    """
    from cli.render import render_table  # noqa: PLC0415 - rich takes as long as an answer
    from cli.sentence import introduce  # noqa: PLC0415 - as above

    scope = Scope()
    try:
        asked = ask(opened, name, examples, scope)
    except UsageError:
        return ""
    columns, rows = read_rows(solve(opened, asked.query))
    if not rows:
        return ""
    title = introduce(opened, asked, scope, columns, rows)
    end = min(EXAMPLE, len(rows))
    if "rule" in columns:  # all steps of a rule
        rule = columns.index("rule")
        while end < len(rows) and rows[end][rule] == rows[end - 1][rule]:
            end += 1
    shown = render_table(title, columns, rows[:end])
    return f"\n{shown}" + (f"\n... {len(rows)} rows in all.\n" if end < len(rows) else "")


def _usage(question: Question) -> str:
    words = [p.name.upper() if p.required else f"[{p.name.upper()}]" for p in question.parameters]
    return " ".join([question.name, *words])


def _explain(parameter: Parameter) -> str:
    kinds = " or ".join([", ".join(parameter.kinds[:-1]), *parameter.kinds[-1:]][-2:])
    kinds = kinds.removeprefix(" or ")
    optional = "" if parameter.required else "; may be left out"
    return f"{parameter.meaning}{f' ({kinds})' if kinds else ''}{optional}"


def _align(rows: list[tuple[str, str]], measure: int) -> list[str]:
    width = max(len(name) for name, _ in rows)
    return [
        textwrap.fill(
            text, measure, initial_indent=f"  {name:{width}}  ", subsequent_indent=" " * (width + 4)
        )
        for name, text in rows
    ]
