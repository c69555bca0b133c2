"""Bars: on a terminal, after two seconds, on stderr alone, and never in a file."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING

import pytest

import kg.progress
from kg.progress import follow, show_progress

if TYPE_CHECKING:
    from collections.abc import Callable


class Terminal(io.StringIO):
    """A stderr at which somebody looks."""

    def isatty(self) -> bool:
        """Return that it is a terminal."""
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[io.StringIO, float], io.StringIO]:
    """Return a function that puts something in the place of stderr and sets the patience."""

    def put(stderr: io.StringIO, patience: float) -> io.StringIO:
        monkeypatch.setattr("sys.stderr", stderr)
        monkeypatch.setattr(kg.progress, "PATIENCE", patience)
        return stderr

    return put


def work(stderr: io.StringIO) -> str:
    """Do three steps, of which the second waits until something is shown, and return what was."""
    done = []
    for item in follow("abc", 3, "Making three"):
        done.append(item)
        until = time.monotonic() + (5 if item == "b" and stderr.isatty() else 0)
        while time.monotonic() < until and "1/3" not in stderr.getvalue():
            time.sleep(0.01)
    assert done == ["a", "b", "c"]
    return stderr.getvalue()


def test_a_terminal_shows_what_is_done(
    terminal: Callable[[io.StringIO, float], io.StringIO],
) -> None:
    """The bar says what is being done and how many of how many are."""
    shown = work(terminal(Terminal(), 0.0))
    assert "Making three" in shown
    assert "1/3" in shown


def test_what_is_soon_done_shows_nothing(
    terminal: Callable[[io.StringIO, float], io.StringIO],
) -> None:
    """Nobody is bothered in the first two seconds."""
    stderr = terminal(Terminal(), 60.0)
    for _ in follow("abc", 3, "Making three"):
        pass
    assert stderr.getvalue().strip("\x1b[?25h\n") == ""


def test_a_file_gets_no_bar(terminal: Callable[[io.StringIO, float], io.StringIO]) -> None:
    """Where stderr is a pipe or a file nothing is written to it."""
    assert work(terminal(io.StringIO(), 0.0)) == ""


def test_a_bar_within_another_is_not_shown(
    terminal: Callable[[io.StringIO, float], io.StringIO],
) -> None:
    """Work that is a step of other work leaves the terminal to that one."""
    stderr = terminal(Terminal(), 0.0)
    with show_progress("Outside"):
        for _ in follow("abc", 3, "Inside"):
            time.sleep(0.1)
    assert "Outside" in stderr.getvalue()
    assert "Inside" not in stderr.getvalue()
    assert "1/3" in work(terminal(Terminal(), 0.0))


def fail(stderr: io.StringIO) -> None:
    """Fail while a bar is shown."""
    with show_progress("Failing"):
        until = time.monotonic() + 5
        while time.monotonic() < until and "Failing" not in stderr.getvalue():
            time.sleep(0.01)
        raise ValueError("no")


def test_an_error_ends_the_bar(terminal: Callable[[io.StringIO, float], io.StringIO]) -> None:
    """What goes wrong is raised, and the cursor of the terminal is there again."""
    stderr = terminal(Terminal(), 0.0)
    with pytest.raises(ValueError, match="no"):
        fail(stderr)
    shown = stderr.getvalue()
    assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l")
