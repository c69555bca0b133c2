"""Folders of YAML to a checked set of records: which State, which source, what refers to what.

A data folder holds one folder a State; in it, files of things (bodies, offices, acts) and one
folder a source, with the file `source.yaml` and the statements that were taken from it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.check import check_dataset
from kg.dataset import Dataset, Entry
from kg.errors import DataError, EnvironmentProblem
from kg.finding import Finding, Mark, sort_findings
from kg.form import ID, MAX_BYTES
from kg.marked import read_marked
from kg.read import read_records
from kg.record import (
    THINGS,
    Source,
    State,
    Statement,
    Thing,
    Version,
)
from kg.span import order_versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_STATES = re.compile(rf"(?<![a-z0-9/-])(?:({ID})/(?:{'|'.join(THINGS)})/|state/({ID}))".encode())


def list_files(folders: Sequence[Path]) -> list[tuple[Path, Path]]:
    """Return the YAML files of data folders as pairs of folder and file, in a stable order.

    Raises EnvironmentProblem if a folder does not exist or cannot be read.
    """
    files = []
    for folder in folders:
        if not folder.is_dir():
            raise EnvironmentProblem(f"There is no data folder {folder}.")
        try:
            found = sorted(p for p in folder.rglob("*.yaml") if p.is_file())
        except OSError as error:
            raise EnvironmentProblem(f"Cannot read {folder}: {error}.") from error
        files += [(folder, path) for path in found]
    return files


def group_files(folders: Sequence[Path]) -> dict[str, list[tuple[Path, Path]]]:
    """Return the same by State; files outside the folder of a State stand under an empty name."""
    by_state: dict[str, list[tuple[Path, Path]]] = {}
    for folder, path in list_files(folders):
        state, *inner = path.relative_to(folder).parts
        by_state.setdefault(state if inner else "", []).append((folder, path))
    return by_state


def name_states(content: bytes) -> set[str]:
    """Return the States to which the text of a file may refer: those named before a thing."""
    return {name.decode() for pair in _STATES.findall(content) for name in pair if name}


def read_dataset(folders: Sequence[Path]) -> Dataset:
    """Read data folders; raises DataError with every finding at once if there is any."""
    dataset, findings = _read(list_files(folders))
    if findings:
        raise DataError(sort_findings(findings))
    return dataset


def read_state(files: Iterable[tuple[Path, Path]], state: str) -> Dataset:
    """Read one State from its files and from those of all others to which it refers.

    Raises DataError if any of these files is faulty, with the findings on its own.
    """
    dataset, findings = _read(files)
    if findings:
        own = [finding for finding in findings if _name_state(finding.mark.file) == state]
        raise DataError(sort_findings(own))
    return dataset


def _name_state(file: str) -> str:
    """Return the State in whose folder a file stands, or nothing."""
    state, slash, _ = file.partition("/")
    return state if slash else ""


def _read(files: Iterable[tuple[Path, Path]]) -> tuple[Dataset, list[Finding]]:
    findings: list[Finding] = []
    entries: list[Entry] = []
    faulty: set[tuple[str, str, str, str]] = set()
    for folder, path in files:
        entries += _read_file(folder, path, findings, faulty)
    dataset = _index(entries, faulty, findings)
    check_dataset(dataset, findings)
    return dataset, findings


def _read_file(
    folder: Path,
    path: Path,
    findings: list[Finding],
    faulty: set[tuple[str, str, str, str]],
) -> Iterator[Entry]:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)  # what is longer is refused, whatever it says
    except OSError as error:
        raise EnvironmentProblem(f"Cannot read {path}: {error}.") from error
    shown = path.relative_to(folder).as_posix().encode("utf-8", "replace").decode()
    return read_content(content, shown, findings, faulty)


def read_content(
    content: bytes,
    shown: str,
    findings: list[Finding],
    faulty: set[tuple[str, str, str, str]],
) -> Iterator[Entry]:
    """Yield the records of a file in their State and source, which its name within a folder says.

    Faults are added to `findings`, and the names of records that cannot be read to `faulty`.
    """
    parts = shown.split("/")
    state, source = parts[0], ""
    if len(parts) > 2:
        source = parts[1]
    if len(parts) < 2:
        findings.append(
            Finding(
                Mark(shown, 1, 1),
                "misplaced-record",
                "the file stands outside the folder of a State",
                "Move it into the folder of its State.",
            )
        )
        return
    broken: list[tuple[str, str]] = []
    records = read_records(read_marked(content, shown, findings), findings, broken)
    faulty.update((state, "" if kind in THINGS else source, kind, name) for kind, name in broken)
    for record in records:
        in_source = isinstance(record, (Statement, Version))
        of_source = source if in_source else ""
        if in_source != bool(source) and not isinstance(record, Source):
            place = "the folder of a source" if source else "the folder of the State"
            findings.append(
                Finding(
                    record.mark,
                    "misplaced-record",
                    f"this {record.kind} stands in {place}",
                    "Things that have a name stand in the folder of the State, statements and "
                    "versions in the folder of their source.",
                )
            )
        if isinstance(record, Source) and not source:
            findings.append(
                Finding(
                    record.mark,
                    "misplaced-record",
                    "this source stands in the folder of the State",
                    f"Move it into a folder of its own: {state}/{record.id}/source.yaml.",
                )
            )
        wanted = {"state": state, "source": source}.get(record.kind)
        if wanted and record.id != wanted:
            findings.append(
                Finding(
                    record.mark,
                    "misplaced-record",
                    f"this {record.kind} is called '{record.id}' in a folder '{wanted}'",
                    "Give both the same name.",
                )
            )
        yield Entry(state, of_source, record)


def _index(
    entries: Sequence[Entry],
    faulty: set[tuple[str, str, str, str]],
    findings: list[Finding],
) -> Dataset:
    by_name: dict[tuple[str, str, str, str], Entry] = {}
    for entry in entries:
        first = by_name.setdefault(entry.name, entry)
        if first is not entry:
            findings.append(
                Finding(
                    entry.record.mark,
                    "duplicate-id",
                    f"the {entry.record.kind} '{entry.record.id}' stands already in "
                    f"{first.record.mark.file}, line {first.record.mark.line}",
                    "Rename one, or join the two records.",
                )
            )
    unnamed = {"bad-id", "bad-yaml", "unknown-kind"}
    complete = not any(finding.code in unnamed for finding in findings)
    versions: dict[tuple[str, str], list[Version]] = {}
    for entry in by_name.values():
        if isinstance(entry.record, Version):
            versions.setdefault((entry.state, entry.source), []).append(entry.record)
    ordered = {source: order_versions(found) for source, found in versions.items()}
    return Dataset(by_name, frozenset(faulty), complete, ordered)


def states(dataset: Dataset) -> list[str]:
    """Return the identifiers of the States in the data, sorted."""
    return sorted({e.state for e in dataset.entries.values() if isinstance(e.record, State)})


__all__ = ["Dataset", "Entry", "Thing", "list_files", "read_dataset", "states"]
