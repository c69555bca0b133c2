"""Politeia and its peers side by side: `python -m bench.run --states 1 20` writes the tables.

Everything is a whole process and takes its turn with the others; bench/README.md says more. This
program stays small, because a process inherits the peak of memory of the one that starts it.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import contest
from bench.clock import ROOT, measure, run_once
from bench.machine import describe_load, describe_machine, list_versions
from bench.stage import PATIENCE, generate, prepare
from bench.table import tabulate_questions, tabulate_results, write_table
from bench.target import Measured, judge_targets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.clock import Contender
    from bench.stage import Stage

SMALL = 0.02
"""The size of the State on which the slowest peers come to an end."""


class Bench:
    """One run of all measurements; `sections` grows by a table at a time."""

    def __init__(self, folder: Path, runs: int, limit: float, say: Callable[[str], object]) -> None:
        """Measure in a folder, so many runs each, none longer than the limit in seconds."""
        self.folder = folder
        self.runs = runs
        self.limit = limit
        self.measured: Measured = {}
        self.sections: list[str] = []
        self._say = say
        self._start = time.monotonic()

    def run_contest(
        self, name: str, states: int, title: str, contenders: Sequence[Contender], base: str
    ) -> None:
        """Measure a contest and add its table; `base` is what the ratios refer to."""
        self.tell(f"{title} ...")
        results = measure(contenders, self.runs, self.limit)
        self.measured[name, states] = {result.name: result for result in results}
        self.sections.append(f"### {title}\n\n{tabulate_results(results, base)}")

    def tell(self, text: str) -> None:
        """Say on stderr how far it is."""
        self._say(f"[{time.monotonic() - self._start:5.0f} s] {text}\n")

    def run_builds(self, stage: Stage) -> None:
        """Measure the build, which also makes the store of the stage."""
        title = f"Build, {tell_states(stage.states)}"
        builds = contest.list_builds(stage)
        self.run_contest("build", stage.states, title, builds, contest.PASS.name)

    def run_questions(self, stage: Stage) -> None:
        """Measure one question from start to end, names, and all questions in one process."""
        states = tell_states(stage.states)
        ours = contest.OURS
        self.run_contest(
            "ask", stage.states, f"`ask who-appoints`, {states}", contest.list_askers(stage), ours
        )
        self.run_contest(
            "name", stage.states, f"Ways to name an office, {states}",
            contest.list_namings(stage), "exact name",
        )  # fmt: skip
        title = f"Every question in one process, {states}"
        self.tell(f"{title} ...")
        program = contest.find_program("oxigraph")
        run = run_once([sys.executable, "-m", "bench.warm", stage.data, program], PATIENCE)
        if run is None or run.code != 0:
            raise RuntimeError(run.errors if run else "bench.warm came too late")
        warm: dict[str, Any] = json.loads(run.output)
        self.measured["warm", stage.states] = warm
        self.sections.append(f"### {title}\n\n{tabulate_questions(warm)}")

    def run_rest(self, stage: Stage) -> None:
        """Measure what judges and what writes."""
        states = tell_states(stage.states)
        ours = contest.OURS
        validators = contest.list_validators(stage)[:1]  # pySHACL takes its turn in `run_small`
        self.run_contest("validate", stage.states, f"`validate`, {states}", validators, ours)
        writers = contest.list_writers(stage)
        if stage.states > 1:
            writers = writers[:1]
        self.run_contest("dump", stage.states, f"Dump as Turtle, {states}", writers, ours)

    def run_small(self, oxigraph: str) -> None:
        """Measure the slowest peers on a State so small that they come to an end."""
        stage = generate(self.folder / "small", 1, SMALL)
        stage = prepare(stage, oxigraph)
        write_ontology(stage)
        title = f"`validate`, one State at {SMALL:g} of its size"
        self.run_contest("small", 1, title, contest.list_validators(stage), contest.OURS)
        title = f"Derivation, one State at {SMALL:g} of its size"
        self.run_contest("derive", 1, title, contest.list_reasoners(stage), "Politeia's rules")


def write_ontology(stage: Stage) -> None:
    """Write the ontology beside the dump, for those who derive.

    Both are N-Triples, which are Turtle too and called so, since reasonable takes no other name
    and its parser does not read all of Turtle.
    """
    (stage.folder / "triples.ttl").symlink_to(stage.triples)
    program = (
        "import sys; from kg.build import read_ontology; from pyoxigraph import *; "
        "serialize((q.triple for q in read_ontology()), sys.argv[1], RdfFormat.N_TRIPLES)"
    )
    run_once([sys.executable, "-c", program, str(stage.folder / "ontology.ttl")], PATIENCE)


def tell_states(count: int) -> str:
    """Return so many States in words."""
    return "one State" if count == 1 else f"{count} States"


def run_all(bench: Bench, counts: Sequence[int], scale: float) -> None:
    """Measure at each number of States, after one office was chosen that all of them have."""
    oxigraph = contest.find_program("oxigraph")
    stages = []
    office = ""
    for count in sorted(counts, reverse=True):
        bench.tell(f"Generating {tell_states(count)} ...")
        stage = generate(bench.folder / str(count), count, scale)
        bench.run_builds(stage)
        bench.tell(f"Preparing {tell_states(count)} ...")
        stage = prepare(stage, oxigraph, office)
        office = stage.asked["iri"]
        stages.append(stage)
    for stage in reversed(stages):
        bench.run_questions(stage)
    for stage in reversed(stages):
        bench.run_rest(stage)
    bench.run_small(oxigraph)


def write_report(bench: Bench, before: str, load: str, scale: float) -> str:
    """Return the targets and all tables as Markdown."""
    versions = [[name, version] for name, version in list_versions().items()]
    return "\n".join(
        [
            before,
            (
                f"Load before and after: {load}; {describe_load()}. Size of a State: {scale:g}. "
                f"A peer is stopped after {bench.limit:g} s."
            ),
            "",
            "### Targets",
            "",
            write_table(["what", "target", "measured", ""], judge_targets(bench.measured)),
            *bench.sections,
            "### Versions",
            "",
            write_table(["what", "version"], versions),
        ]
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark and write its tables; return the exit code."""
    parser = argparse.ArgumentParser(description="Time Politeia beside its peers.")
    parser.add_argument("--states", type=int, nargs="+", default=[1, 20])
    parser.add_argument("--scale", type=float, default=1.0, help="the size of a State; 1 is real")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--limit", type=float, default=150, help="seconds that a peer may take")
    parser.add_argument("--folder", type=Path, help="where to work, and what to keep")
    parser.add_argument("--output", type=Path, help="where to write the tables, else to stdout")
    given = parser.parse_args(argv)
    os.chdir(ROOT)
    for name in ("kg", "cli", "bench"):
        compileall.compile_dir(name, quiet=2)
    before, load = describe_machine(), describe_load()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="politeia-bench-"))
    folder = folder.resolve()
    os.environ["POLITEIA_CACHE"] = str(folder / "cache")
    bench = Bench(folder, given.runs, given.limit, sys.stderr.write)
    try:
        run_all(bench, given.states, given.scale)
    finally:
        if not given.folder:
            shutil.rmtree(folder, ignore_errors=True)
    report = write_report(bench, before, load, given.scale)
    if given.output:
        given.output.write_text(report, "utf-8")
    else:
        sys.stdout.write(report)
    bench.tell("Done.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
