"""The wheel: all that answers a question is in it, and it answers far from the repository."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
INSIDE = {
    "cli": "cli",
    "kg": "kg",
    "ontology": "kg/_bundled/ontology",
    "queries": "kg/_bundled/queries",
    "shapes": "kg/_bundled/shapes",
}
APPOINTS = """\
- selection: chancellor
  fills: office/chancellor
  says: The King appoints the Chancellor.
  steps:
    - appoints: office/king
  cite: para 10
"""


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run a command and return what it prints; fail with what it complains of."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        command,
        cwd=cwd,
        env=kept | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel, built from the source archive, so that both are tried."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("politeia-*.whl")
    return built


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the command, installed from the wheel beside the libraries of this environment."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    run(
        sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps",
        "--no-index", wheel, cwd=home,
    )  # fmt: skip
    site = Path(
        run(python, "-c", "import site; print(site.getsitepackages()[0])", cwd=home).strip()
    )
    # Links of this environment are not followed from here, so its own Politeia stays unseen.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    assert str(home) in run(python, "-c", "import kg; print(kg.__file__)", cwd=home)
    return home / "bin" / "politeia"


@pytest.mark.parametrize("folder", sorted(INSIDE))
def test_the_wheel_has_every_file(folder: str, wheel: Path) -> None:
    """No line of an ignore file keeps a part of the program or of the data out."""
    wanted = {
        f"{INSIDE[folder]}/{path.relative_to(ROOT / folder).as_posix()}"
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        assert sorted(wanted - set(archive.namelist())) == []


def test_the_wheel_has_what_answers(wheel: Path) -> None:
    """Data, ontology, queries and rules are there, whatever the repository holds."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    for start, end in (
        ("kg/data/", "/state.yaml"),
        ("kg/data/", "/source.yaml"),
        ("kg/_bundled/ontology/", "politeia.ttl"),
        ("kg/_bundled/queries/", "/who-appoints.rq"),
        ("kg/rules/", ".rq"),
        ("politeia.py", ""),
        ("kg/py.typed", ""),
        ("kg/site/templates/", "/node.html"),
    ):
        assert [n for n in names if n.startswith(start) and n.endswith(end)]
    assert [n for n in names if n.startswith(("tests/", "tools/", "bench/"))] == []


def test_an_installed_program_answers_from_anywhere(
    program: Path, ruritania: Callable[..., Path], tmp_path: Path
) -> None:
    """Far from the repository a question on one's own data has its row."""
    data = ruritania(APPOINTS)
    out = run(
        program, "ask", "who-appoints", "Chancellor", "--data", data, "--format", "records",
        cwd=tmp_path, POLITEIA_CACHE=str(tmp_path / "cache"),
    )  # fmt: skip
    rows = [row for row in json.loads(out) if row["office"] == "Chancellor"]
    assert [(row["role"], row["actor"]) for row in rows] == [("appoints", "King")]


def test_an_installed_program_has_data_of_its_own(program: Path, tmp_path: Path) -> None:
    """Without a folder of one's own it answers from what was installed."""
    cache = str(tmp_path / "cache")
    out = run(program, "ask", cwd=tmp_path, POLITEIA_CACHE=cache)
    assert "who-appoints" in out
    assert list((tmp_path / "cache").glob("*/*/store"))
