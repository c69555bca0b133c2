"""Whatever is silenced or skipped has its reason beside it."""

from __future__ import annotations

import ast
import re
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = [
    path.relative_to(ROOT).as_posix()
    for folder in ("bench", "cli", "kg", "tests", ".")
    for path in sorted((ROOT / folder).glob("*.py" if folder == "." else "**/*.py"))
]
REASONED = re.compile(r"# noqa: [A-Z]+\d+(, [A-Z]+\d+)* - \w.*|# type: ignore\[[\w,-]+\] # \w.*")
SKIPS = {"skip", "skipif", "importorskip", "xfail"}
WITHOUT_REASON = [
    "import a  # noqa",
    "import a  # noqa: F401",
    "import a  # type: ignore",
    "import a  # type: ignore[union-attr]",
    "pytest.skip()",
    "pytest.skip('')",
    "pytest.importorskip('rdflib')",
    "@pytest.mark.xfail\ndef test(): ...",
    "@pytest.mark.skipif(True)\ndef test(): ...",
]


def find_unreasoned(text: str) -> list[str]:
    """Return what a program silences or skips without a word why."""
    lines = text.splitlines(keepends=True)
    found = [
        token.string
        for token in tokenize.generate_tokens(iter(lines).__next__)
        if token.type == tokenize.COMMENT
        and re.match(r"# (noqa|type: ignore)", token.string)
        and not REASONED.fullmatch(token.string)
    ]
    nodes = list(ast.walk(ast.parse(text)))
    calls = [node for node in nodes if isinstance(node, ast.Call) and is_skip(node.func)]
    tests = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    bare = [mark for test in tests for mark in test.decorator_list if is_skip(mark)]
    return found + [ast.unparse(n) for n in (*bare, *(c for c in calls if not has_reason(c)))]


def is_skip(node: ast.expr) -> bool:
    """Tell whether an expression is one of what pytest skips or excuses a test by."""
    return isinstance(node, ast.Attribute) and node.attr in SKIPS and "pytest" in ast.unparse(node)


def has_reason(call: ast.Call) -> bool:
    """Tell whether a call has a reason, which is the argument of `pytest.skip` itself."""
    given = [keyword.value for keyword in call.keywords if keyword.arg == "reason"]
    if ast.unparse(call.func) == "pytest.skip":
        given += call.args[:1]
    return any(not isinstance(value, ast.Constant) or value.value for value in given)


@pytest.mark.parametrize("file", FILES)
def test_what_is_silenced_has_its_reason_beside_it(file: str) -> None:
    """A silenced check names itself and says why; a skip and an excuse say why."""
    assert find_unreasoned((ROOT / file).read_text("utf-8")) == []


@pytest.mark.parametrize("text", WITHOUT_REASON)
def test_a_missing_reason_is_seen(text: str) -> None:
    """Each form without a reason is found, once."""
    assert len(find_unreasoned(text + "\n")) == 1
