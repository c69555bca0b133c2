"""Folders of YAML to a checked set of records: which State, which source, what refers to what.

A data folder holds one folder a State; in it, files of things (bodies, offices, acts) and one
folder a source, with the file `source.yaml` and the statements that were taken from it.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import DataError, EnvironmentProblem
from kg.finding import Finding, Mark, sort_findings
from kg.marked import read_marked
from kg.partial_date import PartialDate
from kg.read import propose, read_records
from kg.record import (
    THINGS,
    Citation,
    Provision,
    Record,
    Reference,
    Rule,
    Source,
    State,
    Statement,
    Table,
    Thing,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with its place: `state` and `source` are identifiers; a thing has no source."""

    state: str
    source: str
    record: Record

    @property
    def name(self) -> tuple[str, str, str, str]:
        """What tells this entry from all others."""
        return (self.state, self.source, self.record.kind, self.record.id)


@dataclass(frozen=True, slots=True)
class Dataset:
    """All records of the data folders, in the order of their files, by name.

    `faulty` names the records that stand in the files but cannot be read; the data is not
    `complete` where some cannot even be named.
    """

    entries: dict[tuple[str, str, str, str], Entry]
    faulty: frozenset[tuple[str, str, str, str]] = frozenset()
    complete: bool = True

    def find(self, reference: str, state: str, source: str) -> Entry | None:
        """Return what a reference means where it stands, or None if there is no such record."""
        return self.entries.get(_expand(reference, state, source))

    def has(self, name: tuple[str, str, str, str]) -> bool:
        """Return whether a record of that name stands, or may stand, in the files."""
        return name in self.entries or name in self.faulty or not self.complete

    def source(self, state: str, name: str) -> Source | None:
        """Return a source of a State, or None."""
        entry = self.entries.get((state, "", "source", name))
        return entry.record if entry and isinstance(entry.record, Source) else None


def _expand(reference: str, state: str, source: str) -> tuple[str, str, str, str]:
    """Return the name of the entry that a reference means where it stands."""
    *prefix, kind, name = reference.split("/")
    if kind == "state":
        return (name, "", kind, name)
    if kind in THINGS:
        return (prefix[0] if prefix else state, "", kind, name)
    return (state, prefix[0] if prefix else source, kind, name)


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


def read_dataset(folders: Sequence[Path]) -> Dataset:
    """Read data folders; raises DataError with every finding at once if there is any."""
    findings: list[Finding] = []
    entries: list[Entry] = []
    faulty: set[tuple[str, str, str, str]] = set()
    for folder, path in list_files(folders):
        entries += _read_file(folder, path, findings, faulty)
    dataset = _index(entries, faulty, findings)
    for entry in dataset.entries.values():
        _check_links(entry, entry.record, dataset, findings)
        _check_interval(entry, findings)
        _check_table(entry, findings)
    _check_homes(dataset, findings)
    if findings:
        raise DataError(sort_findings(findings))
    return dataset


def _read_file(
    folder: Path,
    path: Path,
    findings: list[Finding],
    faulty: set[tuple[str, str, str, str]],
) -> Iterator[Entry]:
    shown = path.relative_to(folder).as_posix().encode("utf-8", "replace").decode()
    parts = path.relative_to(folder).parts
    try:
        content = path.read_bytes()
    except OSError as error:
        raise EnvironmentProblem(f"Cannot read {path}: {error}.") from error
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
        of_source = source if isinstance(record, Statement) else ""
        if isinstance(record, Statement) != bool(source) and not isinstance(record, Source):
            place = "the folder of a source" if source else "the folder of the State"
            findings.append(
                Finding(
                    record.mark,
                    "misplaced-record",
                    f"this {record.kind} stands in {place}",
                    "Things that have a name stand in the folder of the State, statements in the "
                    "folder of the source that makes them.",
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
    return Dataset(by_name, frozenset(faulty), complete)


def _check_homes(dataset: Dataset, findings: list[Finding]) -> None:
    """Check that each folder of a State and of a source has the record of it."""
    homes: dict[tuple[str, str], Mark] = {}
    for entry in dataset.entries.values():
        for home in {(entry.state, ""), (entry.state, entry.source)}:
            homes[home] = min(homes.get(home, entry.record.mark), entry.record.mark)
    for (state, source), mark in homes.items():
        kind, name = ("source", source) if source else ("state", state)
        if not dataset.has((state, "", kind, name)):
            findings.append(
                Finding(
                    mark,
                    "dangling-reference",
                    f"the folder '{name[:80]}' has no record of its {kind}",
                    f"Add a {kind}.yaml to it that begins with '- {kind}: {name[:80]}'.",
                )
            )


def _check_links(entry: Entry, owner: Any, dataset: Dataset, findings: list[Finding]) -> None:
    """Check every reference, citation and provision in a record and in its parts."""
    for field in dataclasses.fields(owner):
        value = getattr(owner, field.name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Reference):
                _check_reference(entry, item, field.metadata["kinds"], dataset, findings)
            elif isinstance(item, Citation):
                _check_citation(entry, item, dataset, findings)
            elif isinstance(item, Provision):
                reference = Reference(f"act/{item.act}", item.mark)
                _check_reference(entry, reference, ("act",), dataset, findings)
            elif dataclasses.is_dataclass(item) and hasattr(item, "mark"):
                _check_links(entry, item, dataset, findings)


def _check_reference(
    entry: Entry,
    reference: Reference,
    kinds: tuple[str, ...],
    dataset: Dataset,
    findings: list[Finding],
) -> None:
    kind = reference.text.split("/")[-2]
    if kind not in kinds:
        findings.append(
            Finding(
                reference.mark,
                "wrong-kind",
                f"'{reference.text}' cannot stand here",
                f"Name one of: {', '.join(kinds)}.",
            )
        )
    elif not dataset.has(_expand(reference.text, entry.state, entry.source)):
        known = [
            "/".join(filter(None, [source if source != entry.source else "", k, name]))
            for state, source, k, name in dataset.entries
            if state == entry.state and k == kind
        ]
        findings.append(
            Finding(
                reference.mark,
                "dangling-reference",
                f"there is no '{reference.text}'",
                propose(reference.text, known) if known else f"There is no {kind} at all yet.",
            )
        )


def _check_citation(
    entry: Entry, citation: Citation, dataset: Dataset, findings: list[Finding]
) -> None:
    name = citation.source or entry.source
    source = dataset.source(entry.state, name)
    if source is None:
        if dataset.has((entry.state, "", "source", name)) or (name and name == entry.source):
            return  # that the source cannot be read, or is missing, is a finding of its own
        known = [n for s, _, k, n in dataset.entries if s == entry.state and k == "source"]
        if not known:
            advice = "There is no source at all yet."
        elif name:
            advice = propose(name, known)
        else:
            advice = f"Write the source first: '{known[0]} {citation.kind} {citation.number}'."
        message = f"there is no source '{name}'" if name else "the citation names no source"
        findings.append(Finding(citation.mark, "dangling-reference", message, advice))
    elif citation.kind == "para" and source.paragraphs:
        number = int(citation.number.partition(" ")[0])
        if number > source.paragraphs:
            findings.append(
                Finding(
                    citation.mark,
                    "bad-citation",
                    f"{source.short_name} has {source.paragraphs} paragraphs, not {number}",
                    "Cite a paragraph that exists.",
                )
            )


def _check_table(entry: Entry, findings: list[Finding]) -> None:
    record = entry.record
    if not isinstance(record, Table):
        return
    width = len(record.cells.rows[0][1]) if record.cells.rows else 0
    if len(record.columns) != width or len(record.units) not in {1, width}:
        findings.append(
            Finding(
                record.mark,
                "wrong-type",
                f"the rows have {width} cells for {len(record.columns)} columns and "
                f"{len(record.units)} units",
                "Name every column, and give one unit for all or one for each.",
            )
        )


def _check_interval(entry: Entry, findings: list[Finding]) -> None:
    record = entry.record
    if not isinstance(record, Rule):
        return
    start, end = record.from_, record.until
    if (
        isinstance(start, PartialDate)
        and isinstance(end, PartialDate)
        and end.latest is not None
        and end.latest <= start.earliest
    ):
        findings.append(
            Finding(
                record.mark,
                "bad-interval",
                f"it ends ({end.text}) before it begins ({start.text})",
                "'until' is the first day on which the rule no longer holds.",
            )
        )


def states(dataset: Dataset) -> list[str]:
    """Return the identifiers of the States in the data, sorted."""
    return sorted({e.state for e in dataset.entries.values() if isinstance(e.record, State)})


__all__ = ["Dataset", "Entry", "Thing", "list_files", "read_dataset", "states"]
