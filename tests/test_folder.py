"""Folders of YAML: what stands where, which State and which source, one name for one record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import DataError, EnvironmentProblem
from kg.folder import list_files, read_dataset, states

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SULTANATE = {
    "yy/state.yaml": "- state: yy\n  label: Sultanate\n",
    "yy/office.yaml": "- office: king\n  label: King of elsewhere\n  cite: note para 1\n",
    "yy/note/source.yaml": (
        "- source: note\n  label: Note\n  short-name: N/2\n  describes: 1940\n"
        "- selection: king\n  fills: office/king\n  says: He fills himself.\n  cite: para 1\n"
    ),
}


def test_a_record_has_the_state_and_the_source_of_its_folders(
    ruritania: Callable[..., Path],
) -> None:
    """A thing belongs to its State only; a statement to the source of its folder, however deep."""
    statement = (
        "- term: king\n  of: office/king\n  says: For life.\n  for-life: yes\n  cite: para 9\n"
    )
    dataset = read_dataset([ruritania(**{"xx/report/power/crown/king.yaml": statement})])
    assert ("xx", "", "office", "king") in dataset.entries
    assert ("xx", "report", "term", "king") in dataset.entries
    assert dataset.entries["xx", "report", "term", "king"].record.mark.file == (
        "xx/report/power/crown/king.yaml"
    )


def test_states_lie_side_by_side(
    ruritania: Callable[..., Path], write_data: Callable[..., Path]
) -> None:
    """Two data folders make one set of records; the same names in two States are two things."""
    dataset = read_dataset([ruritania(), write_data(SULTANATE, "more")])
    assert states(dataset) == ["xx", "yy"]
    assert ("xx", "", "office", "king") in dataset.entries
    assert ("yy", "", "office", "king") in dataset.entries


def test_a_reference_reaches_another_state_by_its_name(
    ruritania: Callable[..., Path], write_data: Callable[..., Path]
) -> None:
    """`yy/office/king` is the king of the other State, `office/king` one's own."""
    dataset = read_dataset([ruritania(), write_data(SULTANATE, "more")])
    foreign = dataset.find("yy/office/king", "xx", "report")
    own = dataset.find("office/king", "xx", "report")
    assert foreign is not None
    assert own is not None
    assert (foreign.state, own.state) == ("yy", "xx")
    of_source = dataset.find("note/selection/king", "yy", "other")
    assert of_source is not None
    assert of_source.source == "note"
    assert dataset.find("selection/king", "yy", "other") is None


def test_one_record_in_two_folders_is_a_finding(ruritania: Callable[..., Path]) -> None:
    """The same folder twice does not silently count once."""
    folder = ruritania()
    with pytest.raises(DataError) as error:
        read_dataset([folder, folder])
    assert {finding.code for finding in error.value.findings} == {"duplicate-id"}


def test_files_come_in_one_order(write_data: Callable[..., Path]) -> None:
    """The order of the files does not depend on the file system; other endings are not read."""
    folder = write_data({"yy/a.yaml": "", "xx/b.yaml": "", "xx/a/z.yaml": "", "xx/note.md": "#"})
    names = [path.relative_to(folder).as_posix() for _, path in list_files([folder])]
    assert names == ["xx/a/z.yaml", "xx/b.yaml", "yy/a.yaml"]


def test_a_missing_folder_is_a_problem_of_the_environment(tmp_path: Path) -> None:
    """A folder that is not there is named in the error."""
    with pytest.raises(EnvironmentProblem, match="nowhere"):
        read_dataset([tmp_path / "nowhere"])


def test_a_dangling_link_beside_an_open_file_is_passed_over(ruritania: Callable[..., Path]) -> None:
    """What an editor leaves beside a file that is being edited is no data."""
    folder = ruritania()
    (folder / "xx" / ".#things.yaml").symlink_to("user@host.1234")
    assert len(read_dataset([folder]).entries) == 10


def test_an_empty_file_has_no_records(ruritania: Callable[..., Path]) -> None:
    """A file of comments is no fault."""
    assert len(read_dataset([ruritania(**{"xx/todo.yaml": "# nothing yet\n"})]).entries) == 10
