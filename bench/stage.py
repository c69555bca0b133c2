"""What a measurement stands on: generated data, its store, its dumps, and a thing to ask about."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from bench.clock import run_once

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = (sys.executable, "-c", "import sys; from cli.app import main; sys.exit(main())")
"""What the command `politeia` runs, of this checkout."""
PATIENCE = 3600.0
"""So many seconds a preparation may take."""


class Stage(NamedTuple):
    """So many synthetic States in a folder, with all that the contests read.

    `asked` holds what `bench.pick` found: an office by several names, and the query about it.
    """

    states: int
    folder: Path
    asked: dict[str, Any]

    @property
    def data(self) -> str:
        """The folder of YAML."""
        return str(self.folder / "data")

    @property
    def turtle(self) -> str:
        """The published graph as Turtle."""
        return str(self.folder / "dump.ttl")

    @property
    def triples(self) -> str:
        """The published graph as N-Triples."""
        return str(self.folder / "dump.nt")

    @property
    def store(self) -> str:
        """A store of Oxigraph that holds the Turtle."""
        return str(self.folder / "oxigraph")

    @property
    def query(self) -> str:
        """The query about the office, with its parameters bound."""
        return str(self.folder / "query.rq")

    def ask(self, *words: str) -> tuple[str, ...]:
        """Return a command of ours on this data."""
        return (*PROGRAM, *words, "--data", self.data)


def generate(folder: Path, states: int, scale: float) -> Stage:
    """Return the stage of so many States with its data; what stood in the folder stays."""
    stage = Stage(states, folder, {})
    if not (folder / "data").is_dir():
        words = ("-m", "bench.generate", stage.data, "--states", str(states), "--scale", str(scale))
        _do(sys.executable, *words)
    return stage


def prepare(stage: Stage, oxigraph: str, iri: str = "") -> Stage:
    """Return the stage with dumps, the store of Oxigraph if that is installed, and what is asked.

    `iri` is the office to ask about; if it is empty one is chosen.
    """
    _do(*stage.ask("dump", "--format", "ttl", "--output", stage.turtle))
    if stage.states == 1:  # only those who read one State ask for lines
        _do(*stage.ask("dump", "--format", "nt", "--output", stage.triples))
    picked = _do(sys.executable, "-m", "bench.pick", stage.data, iri)
    asked = json.loads(picked)
    (stage.folder / "query.rq").write_text(asked["query"], "utf-8")
    if oxigraph:
        _do(oxigraph, "load", "--location", stage.store, "--file", stage.turtle)
        _do(oxigraph, "optimize", "--location", stage.store)
    return stage._replace(asked=asked)


def _do(*command: str) -> bytes:
    """Return what a command prints; raises RuntimeError if it fails."""
    run = run_once(command, PATIENCE)
    if run is None or run.code != 0:
        told = run.errors if run else "too late"
        raise RuntimeError(f"{' '.join(command)}: {told}")
    return run.output
