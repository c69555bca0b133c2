"""Under which circumstances was measured: the machine, its load, the versions of all that ran."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import os
import platform
import re
import subprocess
from pathlib import Path

from bench.contest import JARS, find_program

PACKAGES = (
    "pyoxigraph", "oxigraph", "rdflib", "oxrdflib", "pyshacl", "owlrl", "reasonable", "PyYAML",
    "typer", "rapidfuzz",
)  # fmt: skip
_VERSION = re.compile(r"\d+(?:\.\d+)+[\w.-]*")


def describe_machine() -> str:
    """Return a sentence about the machine and the time."""
    found = re.search(r"model name\s*: (.*)", _read("/proc/cpuinfo"))
    memory = re.search(r"MemTotal:\s*(\d+)", _read("/proc/meminfo"))
    parts = [
        f"{dt.datetime.now(tz=dt.UTC):%Y-%m-%d %H:%M} UTC",
        f"{os.cpu_count()} processors ({found[1] if found else platform.machine()})",
        f"{int(memory[1]) / 2**20:.0f} GB of memory" if memory else "",
        platform.platform(terse=True),
    ]
    return ", ".join(filter(None, parts)) + "."


def describe_load() -> str:
    """Return the load of the last one, five and fifteen minutes."""
    return ", ".join(f"{load:.2f}" for load in os.getloadavg())


def list_versions() -> dict[str, str]:
    """Return the versions of all that takes part, or that it is not installed."""
    versions = {"Python": platform.python_version()}
    for name in PACKAGES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            versions[name] = "not installed"
    for name, words in {
        "java": ("-version",), "roqet": ("--version",), "rapper": ("--version",),
    }.items():  # fmt: skip
        versions[name] = _ask_version(name, *words)
    jars = sorted(JARS.glob("jena-arq-*.jar"))
    found = _VERSION.search(jars[0].stem) if jars else None
    versions["Jena"] = found[0] if found else "not installed"
    return versions


def _ask_version(name: str, *words: str) -> str:
    program = find_program(name)
    if not program:
        return "not installed"
    done = subprocess.run([program, *words], capture_output=True, text=True, check=False)
    found = _VERSION.search(done.stdout + done.stderr)
    return found[0] if found else "unknown"


def _read(name: str) -> str:
    path = Path(name)
    return path.read_text("utf-8") if path.exists() else ""
