"""Names near to one that nothing has, by an index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.name import KEY, NAMES
from kg.near import find_near, name_index, write_index
from kg.vocabulary import ID

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the indexes of two States."""
    for state, names in (("xx", ["chancellor", "king", "privy seal"]), ("yy", ["chancery"])):
        quads = [
            Quad(NamedNode(f"{ID}{state}/office/{n.replace(' ', '-')}"), KEY, Literal(n), NAMES)
            for n in names
        ]
        write_index(quads, tmp_path / name_index(state))
    return tmp_path


def test_a_name_is_near_that_shares_trigrams(folder: Path) -> None:
    """A slip of the finger leaves most of them; what shares none is not found."""
    assert find_near(str(folder), "chancelor") == [
        ("chancellor", NamedNode(f"{ID}xx/office/chancellor")),
        ("chancery", NamedNode(f"{ID}yy/office/chancery")),
    ]


def test_a_state_narrows_the_search(folder: Path) -> None:
    """Only the index of that State is read."""
    found = find_near(str(folder), "chancelor", "yy")
    assert [key for key, _ in found or ()] == ["chancery"]


@pytest.mark.parametrize("name", ['pri"vy sea', "privy* OR", "privy NEAR seal"])
def test_what_means_something_in_a_search_is_a_name(folder: Path, name: str) -> None:
    """Quotes and operators are letters like others."""
    found = find_near(str(folder), name)
    assert [key for key, _ in found or ()] == ["privy seal"]


def test_what_no_index_can_tell_is_left_to_the_store(folder: Path, tmp_path: Path) -> None:
    """It is a short name, a folder without indexes, or one with a damaged index."""
    assert find_near(str(folder), "ki") is None
    assert find_near(str(tmp_path / "none"), "king") is None
    (folder / name_index("zz")).write_bytes(b"no index")
    assert find_near(str(folder), "kings") is None


def test_an_index_is_written_anew_and_not_into(folder: Path, tmp_path: Path) -> None:
    """Another generation may share the file."""
    shared = tmp_path / "shared"
    shared.hardlink_to(folder / name_index("yy"))
    before = shared.read_bytes()
    write_index([], folder / name_index("yy"))
    assert shared.read_bytes() == before
    assert find_near(str(folder), "chancery", "yy") == []
