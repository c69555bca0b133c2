"""Names in another language within texts that were made of names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.glossary import find_glossary, translate_aspect, translate_name
from kg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GLOSSARY = {"King": "König", "Diet": "Reichstag", "Mayor of a city, the capital": "Bürgermeister"}


@pytest.mark.parametrize(
    ("aspect", "expected"),
    [
        ("appoints", "appoints"),
        ("removal: dismisses", "removal: dismisses"),
        ("seats, appoints: King", "seats, appoints: König"),
        ("seats, appoints: King, elects: Diet", "seats, appoints: König, elects: Reichstag"),
        ("threshold, removal: requests: Diet", "threshold, removal: requests: Reichstag"),
        ("seats, sits ex officio: King", "seats, sits ex officio: König"),
        ("seats, appoints: Mayor of a city, the capital", "seats, appoints: Bürgermeister"),
        ("seats, appoints: Queen", "seats, appoints: Queen"),
        ("seats, nobody is named", "seats, nobody is named"),
    ],
)
def test_the_names_in_an_aspect_are_translated(aspect: str, expected: str) -> None:
    """Each name is, also where it holds a comma or others follow; the words around it stay."""
    assert translate_aspect(aspect, GLOSSARY) == expected


def test_what_has_no_other_name_keeps_its_own() -> None:
    """A value that is a number or an unknown name stays as it is."""
    assert [translate_name(name, GLOSSARY) for name in ("King", "Queen", "5")] == [
        "König", "Queen", "5",
    ]  # fmt: skip


def test_one_english_name_of_two_things_is_not_translated(ruritania: Callable[..., Path]) -> None:
    """Which of two German names is meant cannot be told, and the Chancellor is unharmed."""
    guards = """\
- office: guard
  label: {en: Guard, de: Wache}
  cite: report para 4
- office: other-guard
  label: {en: Guard, de: Garde}
  cite: report para 4
"""
    opened = open_store([ruritania(**{"xx/guards.yaml": guards})])
    glossary = find_glossary(opened, "de")
    assert glossary["Chancellor"] == "Kanzlerin"
    assert "Guard" not in glossary
    assert find_glossary(opened, "en") == {}
