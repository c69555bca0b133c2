"""From data folders to findings: what the reader says, then what the shapes say of the graph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kg import place
from kg.build import build_state, read_ontology
from kg.errors import DataError, UsageError
from kg.finding import Finding, Mark, sort_findings
from kg.folder import read_dataset, states
from kg.iri import iri_of, read_iri
from kg.shape import SH, Result, judge_graph, read_shapes
from kg.vocabulary import BASE, ID, expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pyoxigraph import Quad

    from kg.dataset import Dataset

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
    try:
        dataset = read_dataset(folders)
    except DataError as error:
        return list(error.findings)
    ontology = read_ontology()
    judge = judge_fast if engine == "fast" else judge_with_pyshacl
    findings: list[Finding] = []
    for state in states(dataset):
        results = judge(select_judged([*build_state(dataset, state, ontology), *ontology]))
        marks = _find_marks(dataset, state) if results else {}
        findings += [_place(result, marks, state) for result in results]
    lines = _read_lines(folders, findings)
    return sort_findings(_point(finding, lines) for finding in findings)


def select_judged(quads: Iterable[Quad]) -> list[Quad]:
    """Return what the shapes judge: what is asserted and derived, and the schemes of words."""
    scheme = expand("skos:inScheme")
    return [
        quad
        for quad in quads
        if read_iri(quad.graph_name).endswith(("/asserted", "/derived"))
        or quad.predicate.value == scheme
    ]


def judge_fast(quads: Sequence[Quad]) -> list[Result]:
    """Return what our engine finds in a graph."""
    return judge_graph(quads, read_shapes(place.bundled("shapes")))


def judge_with_pyshacl(quads: Sequence[Quad]) -> list[Result]:
    """Return what pySHACL finds in a graph."""
    import pyshacl  # noqa: PLC0415 - it takes longer to load than our engine to answer
    import rdflib  # noqa: PLC0415 - as above

    shapes = rdflib.Graph()
    for path in sorted(place.bundled("shapes").glob("*.ttl")):
        if path.name != "ontology.ttl":
            shapes.parse(path)
    data = rdflib.Graph()
    data.parse(data="\n".join({f"{quad.triple} ." for quad in quads}), format="nt")
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
        iri_of(entry).value: entry.record.mark
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


def _read_lines(folders: Sequence[Path], findings: Iterable[Finding]) -> dict[str, list[str]]:
    """Return the lines of the files in which there are findings, by their names."""
    lines = {}
    for name in {finding.mark.file for finding in findings}:
        for folder in folders:
            path = folder / name
            if path.is_file():
                lines[name] = path.read_text("utf-8-sig", "replace").splitlines()
    return lines


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
