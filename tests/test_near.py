"""Names near to one that nothing has, by an index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode

from kg.name import KEY
from kg.near import APART, ENDING, find_near, join_indexes, name_index, write_index
from kg.notation import literal
from kg.vocabulary import ID

if TYPE_CHECKING:
    from pathlib import Path


def write_names(folder: Path, state: str, *names: str) -> None:
    """Write the index of a State that has offices of these names."""
    triples = [(f"<{ID}{state}/office/{n.replace(' ', '-')}>", str(KEY), literal(n)) for n in names]
    write_index(triples, folder / name_index(state))


@pytest.fixture(params=["apart", "joined"])
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Return a folder with the indexes of two States, and one of both in half of the tests."""
    write_names(tmp_path, "xx", "chancellor", "king", "privy seal")
    write_names(tmp_path, "yy", "chancery")
    if request.param == "joined":
        join_indexes(tmp_path)
        assert (tmp_path / ENDING).is_file()
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


def list_names(folder: Path, name: str) -> list[str]:
    """Return the things that are found near a name, by State and name, sorted."""
    found = find_near(str(folder), name)
    assert found is not None
    return sorted(thing.value.removeprefix(ID) for _, thing in found)


def test_what_changed_since_they_were_joined_is_found_where_it_is(folder: Path) -> None:
    """A State has new names, one came and one went: only what they have now is found."""
    join_indexes(folder)
    write_names(folder, "xx", "vice chancellor")
    write_names(folder, "zz", "chancellery")
    assert list_names(folder, "chancelor") == [
        "xx/office/vice-chancellor",
        "yy/office/chancery",
        "zz/office/chancellery",
    ]
    (folder / name_index("yy")).unlink()
    assert list_names(folder, "chancelor") == ["xx/office/vice-chancellor", "zz/office/chancellery"]


def test_they_are_joined_again_after_many_changes(tmp_path: Path) -> None:
    """A few States are looked up by themselves; with more of them the index of all is made anew."""
    states = [f"s{number:02}" for number in range(3 * APART)]
    for state in states:
        write_names(tmp_path, state, "chancellor")
    join_indexes(tmp_path)
    first = (tmp_path / ENDING).read_bytes()
    for state in states[:APART]:
        write_names(tmp_path, state, "chancellor", "king")
    join_indexes(tmp_path)
    assert (tmp_path / ENDING).read_bytes() == first
    write_names(tmp_path, states[APART], "chancellor", "king")
    join_indexes(tmp_path)
    assert (tmp_path / ENDING).read_bytes() != first
    assert len(list_names(tmp_path, "kings")) == APART + 1


def test_one_state_needs_no_index_of_all(tmp_path: Path) -> None:
    """It is its own; and where all others went, theirs goes too."""
    write_names(tmp_path, "xx", "chancellor")
    join_indexes(tmp_path)
    assert not (tmp_path / ENDING).exists()
    write_names(tmp_path, "yy", "chancery")
    join_indexes(tmp_path)
    assert (tmp_path / ENDING).exists()
    (tmp_path / name_index("xx")).unlink()
    join_indexes(tmp_path)
    assert not (tmp_path / ENDING).exists()


def test_a_damaged_index_of_all_is_made_anew(folder: Path) -> None:
    """Until then the names are left to the store."""
    (folder / ENDING).write_bytes(b"no index")
    assert find_near(str(folder), "chancelor") is None
    join_indexes(folder)
    assert list_names(folder, "chancelor") == ["xx/office/chancellor", "yy/office/chancery"]
