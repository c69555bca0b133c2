"""The short way from `ask NAME ARG…` and `show THING` to an answer, for a loop in a shell.

Loading Typer takes longer than answering. A command line of these with nothing but plain arguments
and known options is read here, and so are a plain `build` and `validate`; everything else, every
mistake included, is Typer's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.reply import LIMIT, Request

if TYPE_CHECKING:
    from collections.abc import Sequence

_ONCE = {
    "--as-of": "as_of",
    "--format": "format",
    "--lang": "lang",
    "--state": "state",
}
_SEVERAL = {"--data": "data", "--source": "source"}
_SHOW_QUERY = "--show-query"


def read_question(argv: Sequence[str]) -> Request | None:
    """Return what the command line asks, or None if it is not for this reader.

    Not for this reader: another command, `ask` with no name, `--help`, an option that is unknown,
    without a value or given twice, and anything else that begins with a hyphen.
    """
    return _read_request(argv[1:]) if argv and argv[0] == "ask" else None


def read_thing(argv: Sequence[str]) -> Request | None:
    """Return the one thing that the command line shows, or None as read_question does."""
    request = _read_request(argv[1:]) if argv and argv[0] == "show" else None
    return request if request and not request.arguments else None


def _read_request(arguments: Sequence[str]) -> Request | None:
    names: list[str] = []
    chosen: dict[str, str] = {}
    several: dict[str, tuple[str, ...]] = {}
    show_query = False
    words = iter(arguments)
    for word in words:
        if not word.startswith("-"):
            names.append(word)
            continue
        if word == _SHOW_QUERY:
            show_query = True
            continue
        option, equals, value = word.partition("=")
        if not equals:
            value = next(words, "-")
        if (not value or value.startswith("-")) or option not in {*_ONCE, *_SEVERAL}:
            return None
        if option in _SEVERAL:
            several[_SEVERAL[option]] = (*several.get(_SEVERAL[option], ()), value)
        elif _ONCE[option] in chosen:
            return None
        else:
            chosen[_ONCE[option]] = value
    if not names:
        return None
    return Request(
        names[0],
        tuple(names[1:]),
        source=several.get("source", ()),
        data=several.get("data", ()),
        show_query=show_query,
        timeout=LIMIT,
        **chosen,
    )


def read_folders(argv: Sequence[str]) -> list[str] | None:
    """Return the data folders of a `build` or `validate` that says nothing else, otherwise None."""
    if not argv or argv[0] not in {"build", "validate"}:
        return None
    folders: list[str] = []
    words = iter(argv[1:])
    for word in words:
        option, equals, value = word.partition("=")
        if not equals:
            value = next(words, "-")
        if option != "--data" or not value or value.startswith("-"):
            return None
        folders.append(value)
    return folders
