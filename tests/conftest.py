"""What all tests share: a cache of their own, a small invented State, and no silent skips in CI."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.guide import read_files
from kg.java import find_java
from kg.place import DATA

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence

    from pyoxigraph import Quad
    from servers import Server

    from kg.store import Opened

ROOT = Path(__file__).resolve().parent.parent

RURITANIA = {
    "xx/state.yaml": "- state: xx\n  label: Ruritania\n",
    "xx/things.yaml": """\
- body: diet
  label: Diet of Ruritania
  also: Parliament
  is-a: legislature
  cite: report para 1
- body: court
  label: Constitutional Court
  is-a: court
  cite: report para 2
- office: king
  label: King
  cite: report para 3
- office: chancellor
  label: {en: Chancellor, de: Kanzlerin}
  also: {de: Bundeskanzlerin, la: [Cancellarius, Cancellaria]}
  cite: report para 4
- office: judge
  label: Judge of the Constitutional Court
  post-in: body/court
  cite: report para 5
- unit: province
  label: province
  cite: report para 6
- unit: city
  label: free city
  cite: report para 6
- act: charter
  label: Charter
  is-a: constitution
  cite: report para 7
""",
    "xx/report/source.yaml": """\
- source: report
  label: Report of Ruritania on itself
  short-name: REP/1
  describes: 1938-06-01
  paragraphs: 99
""",
}


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the stores that tests build out of the user's cache; all workers share them."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # each worker has a folder of its own below that of the run
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLITEIA_CACHE", str(folder / "cache"))
        yield


@pytest.fixture
def write_data(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes files into a data folder and returns the folder."""

    def write(files: Mapping[str, str | bytes], folder: str = "data") -> Path:
        for name, content in files.items():
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path / folder

    return write


@pytest.fixture(scope="session")
def ruritania_files() -> dict[str, str]:
    """Return the files of the invented State."""
    return RURITANIA


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the store take a copy of the repository, which may be changed, for the program."""
    from kg import place  # noqa: PLC0415 - only some tests need it

    for folder in ("kg", "ontology", "queries"):
        shutil.copytree(
            ROOT / folder,
            tmp_path / "program" / folder,
            ignore=shutil.ignore_patterns("data", "__pycache__"),
        )
    monkeypatch.setattr(place, "HERE", str(tmp_path / "program" / "kg"))
    return tmp_path / "program"


@pytest.fixture
def ruritania(write_data: Callable[..., Path]) -> Callable[..., Path]:
    """Return a function that writes the invented State, with statements from its one source."""

    def write(statements: str = "", **files: str) -> Path:
        added = {"xx/report/power.yaml": statements} if statements else {}
        return write_data(RURITANIA | added | files)

    return write


@pytest.fixture(scope="session")
def guide_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data folder that the guide shows: a small State with every kind of record."""
    guide = (ROOT / "kg/data/README.md").read_text("utf-8")
    folder = tmp_path_factory.mktemp("guide")
    for name, block in read_files(guide).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.partition("\n")[2], "utf-8")
    return folder


@pytest.fixture(scope="session")
def guide_store(guide_data: Path) -> Opened:
    """Return the store of that State."""
    from kg.store import open_store  # noqa: PLC0415 - only some tests need a store

    return open_store([guide_data])


@pytest.fixture(scope="session")
def guide_site(guide_store: Opened, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of that State."""
    from kg.site import write_site  # noqa: PLC0415 - as above

    folder = tmp_path_factory.mktemp("site")
    written = write_site(folder, guide_store)
    assert written.files == sum(path.is_file() for path in folder.rglob("*"))
    return folder


@pytest.fixture(scope="session")
def require_program() -> Callable[[str], str]:
    """Return a function that returns the path of a program, or skips; with POLITEIA_CI it fails.

    A program that a Python package brought stands beside the interpreter.
    """

    def require(name: str) -> str:
        beside = f"{Path(sys.executable).parent}{os.pathsep}/usr/sbin"
        found = shutil.which(name) or shutil.which(name, path=beside)
        if found is None:
            pytest.skip(f"{name} is not installed")
        return found

    return require


@pytest.fixture(scope="session")
def built() -> tuple[Sequence[Quad], Sequence[Quad]]:
    """Return the quads of our data with the ontology, and those of the index of names."""
    from kg.build import build_graphs  # noqa: PLC0415 - only some tests need the quads

    return build_graphs([DATA])


@pytest.fixture(scope="session")
def embedded() -> Opened:
    """Return the store of our data, built into the cache of the tests."""
    from kg.store import open_store  # noqa: PLC0415 - only some tests need a store

    return open_store()


@pytest.fixture(scope="session")
def oxigraph(
    require_program: Callable[[str], str],
    tmp_path_factory: pytest.TempPathFactory,
    embedded: Opened,
) -> Iterator[Server]:
    """Return an Oxigraph server into which all of our data was put."""
    from servers import fill_server, run_oxigraph  # noqa: PLC0415 - only some tests need a server

    program = require_program("oxigraph")
    with run_oxigraph(program, tmp_path_factory.mktemp("oxigraph")) as server:
        fill_server(server, embedded.store)
        yield server


@pytest.fixture(scope="session")
def virtuoso(
    require_program: Callable[[str], str],
    tmp_path_factory: pytest.TempPathFactory,
    embedded: Opened,
) -> Iterator[Server]:
    """Return a Virtuoso into which all of our data was put."""
    from servers import fill_server, run_virtuoso  # noqa: PLC0415 - only some tests need a server

    program = require_program("virtuoso-t")
    with run_virtuoso(program, tmp_path_factory.mktemp("virtuoso")) as server:
        fill_server(server, embedded.store)
        yield server


@pytest.fixture(scope="session")
def java() -> str:
    """Return the Java that the reasoners run in, which comes with what the tests need."""
    return find_java()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under POLITEIA_CI, turn a skip for something that is not installed into a failure."""
    report = yield
    if report.skipped and call.excinfo and os.environ.get("POLITEIA_CI"):
        reason = str(call.excinfo.value)
        if "is not installed" in reason or "could not import" in reason:
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid}: {reason}, and CI installs what tests need"
    return report
