"""Generations of the store: each State by itself, and of one that changed only what differs."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

import kg.generation
import kg.part
from kg.errors import DataError
from kg.name import find_thing, label_of
from kg.store import build_store, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from pyoxigraph import Store

LAND = """\
- state: {code}
  label: Land of {code}
"""
NOTE = """\
- source: note
  label: Note
  short-name: N/2
  describes: 1940
"""
CROWN = """\
- office: king
  label: King of {code}
  cite: note para 1
"""
RULE = """\
- selection: king
  fills: office/king
  says: {says}
  steps:
    - appoints: {actor}
  cite: para 1
"""
PUBLISHED = "SELECT * WHERE { GRAPH ?g { ?s ?p ?o } FILTER(!isBlank(?s) && !isBlank(?o)) }"


def write_land(
    code: str, says: str = "He appoints himself.", actor: str = "office/king"
) -> dict[str, str]:
    """Return the files of a small State."""
    return {
        f"{code}/state.yaml": LAND.format(code=code),
        f"{code}/office.yaml": CROWN.format(code=code),
        f"{code}/note/source.yaml": NOTE,
        f"{code}/note/rule.yaml": RULE.format(says=says, actor=actor),
    }


@pytest.fixture(autouse=True)
def _one_cache_a_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a cache of its own."""
    monkeypatch.setenv("POLITEIA_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def lands(write_data: Callable[..., Path]) -> Path:
    """Return a data folder with four States."""
    return write_data(
        {k: v for code in ("xa", "xb", "xc", "xd") for k, v in write_land(code).items()}
    )


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """Return a list that gets the States whose parts are made, by each build."""
    found: list[set[str]] = []

    def make(
        files: Collection[str], *rest: object, make: Callable[..., None] = kg.part.make_parts
    ) -> None:
        found.append(set(files))
        make(files, *rest)

    monkeypatch.setattr(kg.generation, "make_parts", make)
    return found


def read_quads(store: Store) -> set[str]:
    """Return all quads of a store without those of blank nodes, which have new names each time."""
    rows = store.query(PUBLISHED)
    return {" ".join(map(str, row)) for row in rows}  # type: ignore[union-attr] # a SELECT


def build_again(data: Path) -> set[str]:
    """Return the quads of a store that is built from nothing."""
    build_store([data], anew=True)
    return read_quads(open_store([data]).store)


def test_only_the_state_that_changed_is_made(
    lands: Path, write_data: Callable[..., Path], made: list[set[str]]
) -> None:
    """A changed line changes its State alone, and the store is as if built from nothing."""
    first, _ = build_store([lands])
    write_data(write_land("xb", says="Nobody knows who does it."))
    second, built = build_store([lands])
    assert built
    assert made == [{"xa", "xb", "xc", "xd"}, {"xb"}]
    updated = read_quads(open_store([lands]).store)
    assert any("Nobody knows" in quad for quad in updated)
    assert not any("He appoints himself" in quad and "/xb/" in quad for quad in updated)
    for state, shared in {"xa": True, "xb": False}.items():
        inodes = {(folder / f"parts/{state}.nq.z").stat().st_ino for folder in (first, second)}
        assert len(inodes) == (1 if shared else 2)
    assert updated == build_again(lands)


def test_the_last_generation_stays_as_it_was(lands: Path, write_data: Callable[..., Path]) -> None:
    """Who has it open, or opens it late, reads what it held when it was made."""
    opened = open_store([lands])
    before = read_quads(opened.store)
    write_data(write_land("xb", says="Nobody knows who does it."))
    build_store([lands])
    assert read_quads(opened.store) == before
    assert read_quads(type(opened.store).read_only(str(opened.folder / "store"))) == before


def test_a_state_comes_and_goes(
    lands: Path, write_data: Callable[..., Path], made: list[set[str]]
) -> None:
    """A new State is made alone, and of one that is gone nothing is left, not even its names."""
    build_store([lands])
    write_data(write_land("xe"))
    opened = open_store([lands])
    assert label_of(opened.store, find_thing(opened.store, "King of xe")) == "King of xe"
    shutil.rmtree(lands / "xd")
    left = read_quads(open_store([lands]).store)
    assert made[1:] == [{"xe"}, set()]
    assert not any("xd" in quad for quad in left)
    assert left == build_again(lands)


def test_a_state_that_names_another_is_made_with_it(
    lands: Path, write_data: Callable[..., Path], made: list[set[str]]
) -> None:
    """What is shown of a thing of another State follows its name there."""
    write_data(write_land("xc", actor="xa/office/king"))
    build_store([lands])
    write_data({"xa/office.yaml": CROWN.format(code="the highlands")})
    updated = read_quads(open_store([lands]).store)
    assert made[-1] == {"xa", "xc"}
    shown = [quad for quad in updated if "/xc/" in quad and "King of the highlands" in quad]
    assert shown
    assert updated == build_again(lands)


def test_a_changed_program_makes_everything(
    lands: Path, made: list[set[str]], program: Path
) -> None:
    """Code, rules and ontology decide what is in every part."""
    build_store([lands])
    rule = next(program.glob("kg/rules/*.rq"))
    rule.write_text(rule.read_text("utf-8") + "# changed\n", "utf-8")
    build_store([lands])
    assert made == [{"xa", "xb", "xc", "xd"}] * 2


def test_what_is_wrong_with_several_states_is_said_at_once(
    lands: Path, write_data: Callable[..., Path]
) -> None:
    """The findings of States that are made side by side come together, as the files stand."""
    write_data({"xb/office.yaml": "- office: [\n", "xd/note/rule.yaml": "- selection: x\n"})
    with pytest.raises(DataError) as error:
        build_store([lands])
    files = [finding.mark.file for finding in error.value.findings]
    assert {"xb/office.yaml", "xd/note/rule.yaml"} == set(files)
    assert files == sorted(files)


def test_a_file_system_without_links_is_copied(
    lands: Path, write_data: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where two names cannot share a file the last generation is copied."""
    first, _ = build_store([lands])

    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refuse)
    write_data(write_land("xb", says="Nobody knows who does it."))
    second, _ = build_store([lands])
    part = "parts/xa.nq.z"
    assert (first / part).stat().st_ino != (second / part).stat().st_ino
    assert read_quads(open_store([lands]).store) == build_again(lands)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"xa": 1}', '{"xa": ["a"]}'])
def test_a_damaged_list_of_parts_is_made_again(
    content: str, lands: Path, write_data: Callable[..., Path], made: list[set[str]]
) -> None:
    """A generation that does not say what it holds is no ground for the next."""
    first, _ = build_store([lands])
    (first / "parts.json").write_text(content, "utf-8")
    write_data(write_land("xb", says="Nobody knows who does it."))
    build_store([lands])
    assert made[-1] == {"xa", "xb", "xc", "xd"}
