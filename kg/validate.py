"""From data folders to findings: what the reader says, then what the shapes say of the graph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kg import place
from kg.build import build_layers, read_ontology
from kg.bulk import hand_over_often, pause_collection
from kg.errors import DataError, UsageError
from kg.finding import Finding, Mark, sort_findings
from kg.folder import group_files, name_states, read_state, states
from kg.form import MAX_BYTES
from kg.iri import iri_of
from kg.neighbour import close_over
from kg.notation import from_quads, node, read_value, render
from kg.progress import follow
from kg.shape import SH, Result, judge_graph, read_shapes
from kg.side import run_side_by_side
from kg.vocabulary import BASE, ID

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.dataset import Dataset
    from kg.notation import Triple

ENGINES = ("fast", "pyshacl")
_SHAPE = BASE + "shape/"


def validate(folders: Sequence[Path], engine: str = "fast") -> list[Finding]:
    """Return all findings on data folders, ordered by file and line.

    What the reader finds comes alone, because a graph of faulty records would have faults of its
    own. `engine` is one of ENGINES: ours, which judges the graph in memory, or pySHACL, which is
    the reference and takes a hundred times as long. Raises UsageError for another engine, and
    EnvironmentProblem for a folder that is missing.
    """
    if engine not in ENGINES:
        raise UsageError(f"There is no engine '{engine}'; there are {', '.join(ENGINES)}.")
    files = group_files(folders)
    named = {state: _name_others(found) for state, found in files.items() if len(files) > 1}
    tasks = {}
    for state in files:
        close = close_over(state, named) if named else [state]
        tasks[state] = (state, [pair for other in close for pair in files[other]], engine)
    if engine == "fast":
        found = (findings for _, findings in run_side_by_side(validate_state, tasks))
    else:  # it takes too much memory to run twice at a time
        found = (validate_state(*task) for task in tasks.values())
    what = f"Validating {', '.join(sorted(tasks)[:3])}{' ...' if len(tasks) > 3 else ''}"
    return sort_findings(f for findings in follow(found, len(tasks), what) for f in findings)


def _name_others(files: Iterable[tuple[Path, Path]]) -> set[str]:
    return {name for _, path in files for name in name_states(_read_start(path))}


def _read_start(path: Path) -> bytes:
    """Return a file as far as it is read; what cannot be read is found out by the reader."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES)
    except OSError:
        return b""


def validate_state(
    state: str, files: Sequence[tuple[Path, Path]], engine: str = "fast"
) -> list[Finding]:
    """Return all findings on one State, given its files and those of all to which it refers."""
    judge = judge_fast if engine == "fast" else judge_with_pyshacl
    with pause_collection(), hand_over_often():
        try:
            dataset = read_state(files, state)
        except DataError as error:
            return list(error.findings)
        results = [
            r for r in judge(list_pieces(dataset)) if f"{r.focus}/".startswith(f"{ID}{state}/")
        ]
    if not results:
        return []
    marks = _find_marks(dataset, state)
    findings = [_place(result, marks, state) for result in results]
    lines = _read_lines(files, findings)
    return [_point(finding, lines) for finding in findings]


def list_pieces(dataset: Dataset) -> Iterator[Collection[Triple]]:
    """Yield what the shapes see: of the ontology the schemes of words, and what is said of States.

    Where a record was written they do not see.
    """
    ontology = from_quads(read_ontology())
    scheme = node("skos:inScheme")
    yield [triple for triple in ontology if triple[1] == scheme]
    for state in states(dataset):
        for layer, triples in build_layers(dataset, state, ontology):
            if layer != "provenance":
                yield triples


def judge_fast(pieces: Iterable[Collection[Triple]]) -> list[Result]:
    """Return what our engine finds in a graph that comes in pieces."""
    return judge_graph(pieces, read_shapes(place.bundled("shapes")))


def judge_with_pyshacl(pieces: Iterable[Collection[Triple]]) -> list[Result]:
    """Return what pySHACL finds in a graph that comes in pieces."""
    import pyshacl  # noqa: PLC0415 - it takes longer to load than our engine to answer
    import rdflib  # noqa: PLC0415 - as above

    shapes = rdflib.Graph()
    for path in sorted(place.bundled("shapes").glob("*.ttl")):
        if path.name != "ontology.ttl":
            shapes.parse(path)
    data = rdflib.Graph()
    data.parse(data=b"".join(map(render, pieces)), format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    return sorted({_read_result(report, node) for node in report.objects(None, _sh("result"))})


def _sh(name: str) -> Any:
    import rdflib  # noqa: PLC0415 - only the reference engine needs it

    return rdflib.URIRef(SH + name)


def _read_result(report: Any, node: Any) -> Result:
    def get(name: str) -> str:
        return str(report.value(node, _sh(name), default=""))

    return Result(
        get("focusNode"),
        get("sourceShape"),
        get("sourceConstraintComponent"),
        get("value"),
        get("resultSeverity").removeprefix(SH),
        get("sourceConstraint"),
        get("resultMessage"),
    )


def _find_marks(dataset: Dataset, state: str) -> dict[str, Mark]:
    """Return where each record of a State stands, by its IRI."""
    return {
        read_value(iri_of(entry)): entry.record.mark
        for entry in dataset.entries.values()
        if entry.state == state
    }


def _place(result: Result, marks: dict[str, Mark], state: str) -> Finding:
    """Return a result as a finding at the record whose node, or part of it, is at fault."""
    whole = result.focus
    while whole not in marks and "/" in whole.removeprefix(ID):
        whole = whole.rpartition("/")[0]
    what, _, advice = result.message.partition(": ")
    for long in (f"{ID}{state}/", ID):
        what = what.replace(long, "")
    return Finding(
        marks.get(whole, Mark(f"{state}/state.yaml", 1, 1)),
        name_code(result),
        what,
        advice[:1].upper() + advice[1:],
        "error" if result.severity == "Violation" else "warning",
    )


def name_code(result: Result) -> str:
    """Return the code of a result: the name of its SPARQL constraint, or `shape` for all others."""
    if not result.constraint.startswith(_SHAPE):
        return "shape"
    return result.constraint.removeprefix(result.shape).removeprefix("-")


def _read_lines(
    files: Iterable[tuple[Path, Path]], findings: Iterable[Finding]
) -> dict[str, list[str]]:
    """Return the lines of the files in which there are findings, by their names."""
    wanted = {finding.mark.file for finding in findings}
    names = {path.relative_to(folder).as_posix(): path for folder, path in files}
    return {
        name: names[name].read_text("utf-8-sig", "replace").splitlines()
        for name in wanted & names.keys()
    }


def _point(finding: Finding, lines: dict[str, list[str]]) -> Finding:
    """Return a finding at the line of the first key that its advice names within the record."""
    text = lines.get(finding.mark.file, [])
    start = finding.mark.line
    for key in re.findall(r"'([a-z-]+)'", finding.advice):
        for number in range(start, len(text)):
            line = text[number]
            if line.startswith("- "):
                break
            found = re.match(rf"( +(?:- )?){key}:", line)
            if found:
                mark = Mark(finding.mark.file, number + 1, len(found[1]) + 1, line)
                return Finding(
                    mark, finding.code, finding.message, finding.advice, finding.severity
                )
    return finding
