"""What all tests share: a missing program is a skip at home and a failure in CI."""

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
