"""What all tests share: a missing program is a skip at home, groups of tests stay in one worker."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = '''
"""Three tests."""
import pytest

def test_program(require_program):
    """A program that nobody has."""
    require_program("a-program-that-nobody-has")

def test_module():
    """A module that nobody has."""
    pytest.importorskip("a_module_that_nobody_has")

def test_source():
    """A source that is not everywhere."""
    pytest.skip("the source is not beside the repository")

def test_found(require_program):
    """A program that everybody has."""
    assert require_program("sh").endswith("sh")
'''

GROUPS = '''
"""Twenty tests, of which each half is a group."""
import os
import pytest

@pytest.mark.parametrize("number", range(10))
@pytest.mark.parametrize("group", [
    pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ("left", "right")
])
def test_one(group, number):
    """Write down where it runs."""
    with open(group, "a") as file:
        file.write(os.environ["PYTEST_XDIST_WORKER"] + "\\n")
'''


@pytest.mark.parametrize(
    ("ci", "outcome"), [("", "1 passed, 3 skipped"), ("1", "2 failed, 1 passed, 1 skipped")]
)
def test_a_missing_program_fails_in_ci_only(ci: str, outcome: str, tmp_path: Path) -> None:
    """CI installs what tests need, so that what is missing there is a fault and no skip."""
    shutil.copy(Path(__file__).with_name("conftest.py"), tmp_path)
    (tmp_path / "test_three.py").write_text(TESTS, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "."],
        cwd=tmp_path,
        env=os.environ | {"POLITEIA_CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome in done.stdout


def test_a_group_stays_in_one_worker(tmp_path: Path) -> None:
    """What takes long is made once, and a server is started once, for all tests of a group."""
    (tmp_path / "test_groups.py").write_text(GROUPS, "utf-8")
    words = ["-q", "-p", "no:cacheprovider", "-n", "2", "--dist", "loadgroup", "."]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout.decode()
    for group in ("left", "right"):
        workers = (tmp_path / group).read_text("utf-8").split()
        assert len(workers) == 10
        assert len(set(workers)) == 1
