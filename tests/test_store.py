"""The store: built when an input changed and never otherwise, and never half."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from neighbour import BY_A_NEIGHBOUR, NEIGHBOUR

import kg.build
import kg.generation
import kg.store
from kg.errors import DataError, EnvironmentProblem, UnknownName
from kg.store import build_store, open_for, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BROKEN = "- office: [\n"
MORE = {"xx/more.yaml": "- office: usher\n  label: Usher\n  cite: report para 3\n"}


@pytest.fixture(autouse=True)
def _one_cache_a_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a cache of its own."""
    monkeypatch.setenv("POLITEIA_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def data(ruritania: Callable[..., Path]) -> Path:
    """Return the data folder of the invented State."""
    return ruritania()


def contents(cache: Path) -> set[str]:
    """Return what stands in the one home of a cache."""
    return {path.name for home in cache.iterdir() for path in home.iterdir()}


def count_offices(opened: kg.store.Opened) -> int:
    """Return how many offices a store knows."""
    query = "ASK { ?x a <https://w3id.org/politeia/ontology#Office> }"
    assert opened.store.query(query, use_default_graph_as_union=True)
    rows = opened.store.query(
        "SELECT DISTINCT ?x WHERE { ?x a <https://w3id.org/politeia/ontology#Office> }",
        use_default_graph_as_union=True,
    )
    return sum(1 for _ in rows)


def test_nothing_is_built_where_nothing_changed(data: Path) -> None:
    """The second build returns the folder of the first."""
    first, built = build_store([data])
    assert built
    assert build_store([data]) == (first, False)


def test_a_touched_file_builds_nothing(data: Path) -> None:
    """A new time on the same content is read and forgotten."""
    first, _ = build_store([data])
    os.utime(data / "xx/state.yaml", (1, 1))
    assert build_store([data]) == (first, False)


def test_a_changed_record_is_built(data: Path, write_data: Callable[..., Path]) -> None:
    """An office that was added is there in the next answer, and its removal in the one after."""
    assert count_offices(open_store([data])) == 3
    write_data(MORE)
    assert count_offices(open_store([data])) == 4
    (data / "xx/more.yaml").unlink()
    assert count_offices(open_store([data])) == 3


def test_a_renamed_file_is_built(data: Path) -> None:
    """The name of a file is provenance, so that it counts as content."""
    first, _ = build_store([data])
    (data / "xx/things.yaml").rename(data / "xx/all.yaml")
    second, built = build_store([data])
    assert built
    assert second != first


def test_a_file_that_is_no_input_builds_nothing(data: Path) -> None:
    """A note beside the data and a link left by an editor change nothing."""
    first, _ = build_store([data])
    (data / "xx/README.md").write_text("note", "utf-8")
    (data / "xx/.#state.yaml").symlink_to("user@host.1")
    assert build_store([data]) == (first, False)


@pytest.mark.parametrize(
    ("name", "added"),
    [
        ("ontology/politeia.ttl", "# changed\n"),
        ("queries/**/*.rq", "# changed\n"),
        ("kg/rules/*.rq", "# changed\n"),
        ("kg/graph.py", "# changed\n"),
    ],
)
def test_a_changed_part_of_the_program_is_built(
    name: str, added: str, data: Path, program: Path
) -> None:
    """Ontology, queries, rules and program are inputs like the data."""
    first, _ = build_store([data])
    path = next(program.glob(name))
    path.write_text(path.read_text("utf-8") + added, "utf-8")
    second, built = build_store([data])
    assert built
    assert second != first
    assert build_store([data]) == (second, False)


def test_each_set_of_folders_has_its_own_store(data: Path, tmp_path: Path) -> None:
    """One's own data beside ours does not push ours out."""
    (tmp_path / "empty").mkdir()
    one, _ = build_store([data])
    two, _ = build_store([data, tmp_path / "empty"])
    assert one.parent != two.parent
    assert build_store([data]) == (one, False)


def test_broken_data_leaves_the_last_good_store_answering(
    data: Path, write_data: Callable[..., Path]
) -> None:
    """The answer comes from before the fault, and says so with the findings."""
    good = open_store([data])
    assert good.stale is None
    write_data({"xx/more.yaml": BROKEN})
    stale = open_store([data])
    assert stale.folder == good.folder
    assert isinstance(stale.stale, DataError)
    assert [finding.code for finding in stale.stale.findings] == ["bad-yaml"]
    assert count_offices(stale) == 3
    write_data(MORE)
    mended = open_store([data])
    assert mended.stale is None
    assert count_offices(mended) == 4


def test_broken_data_without_a_store_is_an_error(
    data: Path, write_data: Callable[..., Path], tmp_path: Path
) -> None:
    """Where there is nothing to fall back on the findings are raised, and nothing is left."""
    write_data({"xx/more.yaml": BROKEN})
    with pytest.raises(DataError):
        open_store([data])
    assert not (tmp_path / "cache").exists() or contents(tmp_path / "cache") == set()


def test_a_build_asked_for_anew_is_done(data: Path) -> None:
    """`anew` builds although nothing changed, into the same folder."""
    first, _ = build_store([data])
    mark = first / "mark"
    mark.touch()
    assert build_store([data], anew=True) == (first, True)
    assert not mark.exists()


@pytest.mark.parametrize("where", ["file", "file/below"])
def test_a_cache_that_cannot_be_written_is_named(
    where: str, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cache in the place of a file is a problem of the environment, with what to do."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("POLITEIA_CACHE", str(tmp_path / where))
    with pytest.raises(EnvironmentProblem, match="POLITEIA_CACHE"):
        build_store([data])


def refuse(*_arguments: object, **_options: object) -> None:
    """Fail as a full disk does."""
    raise OSError(28, "No space left on device")


def test_a_cache_that_can_only_be_read_answers(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the content is built already a touched file needs nothing to be written."""
    first, _ = build_store([data])
    os.utime(data / "xx/state.yaml", (1, 1))
    before = contents(first.parent.parent)
    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    assert build_store([data]) == (first, False)
    monkeypatch.undo()
    monkeypatch.setenv("POLITEIA_CACHE", str(first.parent.parent))
    monkeypatch.setattr(os, "replace", refuse)
    assert build_store([data]) == (first, False)
    assert contents(first.parent.parent) == before


def test_a_failed_build_leaves_nothing_behind(
    data: Path, write_data: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk fills up the old store stays and the beginning of the new one goes."""
    first, _ = build_store([data])
    before = contents(tmp_path / "cache")
    write_data(MORE)
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(EnvironmentProblem, match="No space left"):
        build_store([data])
    monkeypatch.undo()
    monkeypatch.setenv("POLITEIA_CACHE", str(tmp_path / "cache"))
    assert contents(tmp_path / "cache") == before
    manifest = json.loads((first.parent / "manifest.json").read_bytes())
    assert manifest["generation"] == first.name


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"generation": 1}', '{"stamp": "x"}'])
def test_a_damaged_manifest_is_written_again(content: str, data: Path) -> None:
    """A manifest that says nothing is as good as none."""
    first, _ = build_store([data])
    (first.parent / "manifest.json").write_text(content, "utf-8")
    assert open_store([data]).folder == first


def test_a_manifest_is_never_seen_half_written(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new manifest is complete before it takes the place of the old one."""
    first, _ = build_store([data])
    seen = []

    def look(source: str, target: Path, replace: Callable[..., None] = os.replace) -> None:
        seen.append(json.loads((first.parent / "manifest.json").read_bytes()))
        seen.append(json.loads(Path(source).read_bytes()))
        replace(source, target)

    os.utime(data / "xx/state.yaml", (1, 1))
    monkeypatch.setattr(os, "replace", look)
    build_store([data])
    old, new = seen
    assert old["stamps"] != new["stamps"]
    assert old["generation"] == new["generation"] == first.name


def test_a_damaged_store_is_named(data: Path) -> None:
    """A store that does not open says where it is and what to do."""
    folder, _ = build_store([data])
    shutil.rmtree(folder / "store")
    with pytest.raises(EnvironmentProblem, match="--anew"):
        open_store([data])


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    """A data folder that is not there is a problem of the environment."""
    with pytest.raises(EnvironmentProblem, match="nowhere"):
        open_store([tmp_path / "nowhere"])


def test_two_processes_build_at_once(data: Path, tmp_path: Path) -> None:
    """Both find a whole store, of which one is left, and nothing else."""
    code = (
        "import sys; from pathlib import Path; from kg.store import open_store; "
        "o = open_store([Path(sys.argv[1])]); print(len(list(o.store)), o.folder.name)"
    )
    command = [sys.executable, "-c", code, str(data)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    answers = {process.communicate(timeout=60)[0] for process in running}
    assert [process.returncode for process in running] == [0, 0, 0]
    (answer,) = answers
    assert int(answer.split()[0]) > 1_000
    assert contents(tmp_path / "cache") == {"manifest.json", answer.split()[1]}


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Callable[[], object]]]:
    """Return a list; what is put in is done once, as by another process, amid the next build."""
    actions: list[Callable[[], object]] = []

    def write(path: Path, content: str, write: Callable[..., None] = kg.generation._write) -> None:
        if actions:
            actions.pop()()
        write(path, content)

    monkeypatch.setattr(kg.generation, "_write", write)
    return actions


def test_the_store_of_a_faster_process_stays(
    data: Path, beside: list[Callable[[], object]]
) -> None:
    """Who comes second with the same content leaves what others may have opened."""
    opened = []
    beside.append(lambda: opened.append(open_store([data])))
    build_store([data])
    assert not beside
    inode = opened[0].folder.stat().st_ino
    assert open_store([data]).folder.stat().st_ino == inode
    assert count_offices(opened[0]) == 3


def test_another_build_is_not_swept_away(
    data: Path, write_data: Callable[..., Path], beside: list[Callable[[], object]]
) -> None:
    """A build that ends amid another one of other content leaves that one its folder."""

    def build_more() -> None:
        write_data(MORE)
        build_store([data])

    beside.append(build_more)
    build_store([data])
    assert not beside
    assert count_offices(open_store([data])) == 4


def test_old_stores_are_swept_away(data: Path, write_data: Callable[..., Path]) -> None:
    """What no process can still be using does not fill the disk."""
    first, _ = build_store([data])
    orphan = first.parent / ".new-orphan"
    orphan.mkdir()
    long_ago = time.time() - 2 * kg.generation.YOUNG
    for path in (first, orphan):
        os.utime(path, (long_ago, long_ago))
    write_data(MORE)
    second, _ = build_store([data])
    assert {path.name for path in first.parent.iterdir()} == {"manifest.json", second.name}


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let two States be very many."""
    monkeypatch.setattr(kg.store, "MANY_FOLDERS", 3)


def edit_in_place(path: Path, old: str, new: str) -> None:
    """Change a file as an editor does that writes into it: its folder shows nothing."""
    folder = path.parent.stat().st_mtime_ns
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    assert path.parent.stat().st_mtime_ns == folder


@pytest.mark.usefixtures("many")
def test_an_answer_about_one_state_looks_at_its_files(
    data: Path, write_data: Callable[..., Path]
) -> None:
    """Among very many States a line that changed elsewhere is left for later, one's own is not."""
    write_data(NEIGHBOUR)
    first = open_store([data])
    assert open_for([data], lambda _: {"xx"}).folder == first.folder
    edit_in_place(data / "yy/office.yaml", "label: Sultan", "label: Emir")
    assert open_for([data], lambda _: {"xx"}).folder == first.folder
    second = open_for([data], lambda _: {"yy"})
    assert second.folder != first.folder
    edit_in_place(data / "xx/state.yaml", "label: ", "label: The ")
    assert open_for([data], lambda _: {"yy"}).folder == second.folder
    assert open_for([data], lambda _: {"xx"}).folder != second.folder


@pytest.mark.usefixtures("many")
def test_an_answer_about_all_states_looks_at_all_files(
    data: Path, write_data: Callable[..., Path]
) -> None:
    """Where no State is named, or what is named is not known, nothing is left for later."""
    write_data(NEIGHBOUR)
    first = open_store([data])

    def miss(_: kg.store.Opened) -> set[str]:
        raise UnknownName("Nothing is called 'Emir'.", [])

    for label, choose in (("Emir", lambda _: set()), ("Shah", miss)):
        edit_in_place(data / "yy/office.yaml", "label: ", f"label: {label} ")
        second = open_for([data], choose)
        assert second.folder != first.folder
        first = second


@pytest.mark.usefixtures("many")
def test_a_state_that_comes_is_seen_at_once(data: Path, write_data: Callable[..., Path]) -> None:
    """Files that come and go are seen by their folders, what a State names counts as its own."""
    write_data(NEIGHBOUR | {"xx/report/more.yaml": BY_A_NEIGHBOUR})
    first = open_store([data])
    edit_in_place(data / "yy/office.yaml", "label: Sultan", "label: Emir")
    second = open_for([data], lambda _: {"xx"})
    assert second.folder != first.folder
    write_data({"zz/state.yaml": "- state: zz\n  label: Realm\n"})
    assert open_for([data], lambda _: {"yy"}).folder != second.folder


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("content", ["", "[]", "{}", "7", '{"xx": []}', '{"xx": ["a", "b", 1]}'])
def test_a_damaged_list_of_parts_is_no_ground_for_an_answer(
    content: str, data: Path, write_data: Callable[..., Path]
) -> None:
    """Where it is not known what a State names, all files are looked at."""
    write_data(NEIGHBOUR)
    first = open_store([data])
    (first.folder / "parts.json").write_text(content, "utf-8")
    edit_in_place(data / "yy/office.yaml", "label: Sultan", "label: Emir")
    assert open_for([data], lambda _: {"xx"}).folder != first.folder
