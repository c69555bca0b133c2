"""What holds between records: links, places in sources, versions, intervals, tables, homes."""

from __future__ import annotations

import dataclasses
import functools
import typing
from typing import TYPE_CHECKING, Any

from kg.circle import check_circles
from kg.dataset import expand_reference
from kg.field import find_hints
from kg.finding import Finding, Mark
from kg.partial_date import PartialDate
from kg.read import propose
from kg.record import Citation, Provision, Reference, Rule, SeatGroup, Source, Step, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.dataset import Dataset, Entry
    from kg.record import Version


MANY = 1_000
"""So many findings are more than anybody reads at once."""


def check_dataset(dataset: Dataset, findings: list[Finding]) -> None:
    """Add a finding for everything that two records cannot both say, or that one leaves open."""
    for entry in dataset.entries.values():
        check_entry(entry, dataset, findings)
    check_circles(dataset, findings)
    _check_homes(dataset, findings)


def check_entry(entry: Entry, dataset: Dataset, findings: list[Finding]) -> None:
    """Add a finding for everything in one record that does not fit what it refers to, or itself."""
    _check_links(entry, entry.record, dataset, findings)
    _check_interval(entry, findings)
    _check_table(entry, findings)
    _check_span(entry, dataset, findings)
    _check_days(entry, dataset, findings)


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


_LINKS = {Reference, Citation, Provision, Step, SeatGroup}


@functools.cache
def _list_fields(owner: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the fields of a record, or of a part of one, in which there can be links.

    Each has the kinds that it may name.
    """
    hints = find_hints(owner)
    linked = [f for f in dataclasses.fields(owner) if _holds_links(hints[f.name])]
    return tuple((field.name, field.metadata.get("kinds", ())) for field in linked)


def _holds_links(hint: Any) -> bool:
    return hint in _LINKS or any(map(_holds_links, typing.get_args(hint)))


def _check_links(entry: Entry, owner: Any, dataset: Dataset, findings: list[Finding]) -> None:
    """Check every reference, citation and provision in a record and in its parts."""
    kind: Any = type(owner)
    for name, kinds in _list_fields(kind):
        value = getattr(owner, name)
        for item in value if type(value) is tuple else (value,):
            match item:
                case None | str():
                    pass
                case Reference():
                    _check_reference(entry, item, kinds, dataset, findings)
                case Citation():
                    _check_citation(entry, item, dataset, findings)
                case Provision():
                    reference = Reference(f"act/{item.act}", item.mark)
                    _check_reference(entry, reference, ("act",), dataset, findings)
                case Step() | SeatGroup():
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
    elif not dataset.has(expand_reference(reference.text, entry.state, entry.source)):
        known = [
            "/".join(filter(None, [source if source != entry.source else "", kind, name]))
            for source, name in dataset.list_names(entry.state, kind)
        ]
        findings.append(
            Finding(
                reference.mark,
                "dangling-reference",
                f"there is no '{reference.text}'",
                _propose_record(reference.text, kind, known, findings),
            )
        )


def _propose_record(name: str, kind: str, known: Sequence[str], findings: Sequence[Finding]) -> str:
    """Return what to do about a record that is missing.

    The nearest name is looked for while there are few findings: among thousands nobody would miss
    it, and to look takes longer than all the rest.
    """
    if not known:
        return f"There is no {kind} at all yet."
    if len(findings) >= MANY:
        return f"Mend the name, or write the {kind} first."
    return propose(name, known)


def _check_citation(
    entry: Entry, citation: Citation, dataset: Dataset, findings: list[Finding]
) -> None:
    name = citation.source or entry.source
    source = dataset.source(entry.state, name)
    if source is None:
        if dataset.has((entry.state, "", "source", name)) or (name and name == entry.source):
            return  # that the source cannot be read, or is missing, is a finding of its own
        known = [n for _, n in dataset.list_names(entry.state, "source")]
        advice = _propose_record(name, "source", known, findings)
        if known and not name:
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
    else:
        _check_versions(citation, source, dataset.versions.get((entry.state, name), ()), findings)


def _check_versions(
    citation: Citation, source: Source, versions: Sequence[Version], findings: list[Finding]
) -> None:
    """Check that a place in a law says in which of its versions, and one in a report does not."""
    known = [version.id for version in versions]
    wrong = [v for v in (citation.first, citation.last) if v and v not in known]
    if known and not citation.first:
        message = "the citation names no version"
        advice = f"Add it after the article: ', {known[-1]}' or ', {known[0]} to {known[-1]}'."
    elif wrong and known:
        message, advice = (
            f"{source.short_name} has no version '{wrong[0]}'",
            propose(wrong[0], known),
        )
    elif wrong:
        message = f"{source.short_name} has no versions"
        advice = f"Leave out ', {citation.first}', or add the records of its versions."
    elif known and known.index(citation.last) < known.index(citation.first):
        message = f"the version '{citation.last}' is older than '{citation.first}'"
        advice = f"Write ', {citation.last} to {citation.first}'."
    else:
        return
    findings.append(Finding(citation.mark, "bad-citation", message, advice))


def _check_span(entry: Entry, dataset: Dataset, findings: list[Finding]) -> None:
    """Check that the versions of a law in which a rule stands leave no gap."""
    versions = dataset.versions.get((entry.state, entry.source), ())
    if not versions or not isinstance(entry.record, Rule):
        return
    known = {version.id: number for number, version in enumerate(versions)}
    cited = {
        number
        for c in entry.record.cite
        if not c.source and c.first in known and c.last in known
        for number in range(known[c.first], known[c.last] + 1)
    }
    missing = set(range(min(cited), max(cited) + 1)) - cited if cited else set()
    if missing:
        findings.append(
            Finding(
                entry.record.mark,
                "bad-citation",
                f"it cites versions around '{versions[min(missing)].id}' and not this one",
                "Cite the places between, or make it two records.",
            )
        )


def _check_days(entry: Entry, dataset: Dataset, findings: list[Finding]) -> None:
    """Check that a source says of which day it speaks, by itself or by its versions."""
    record = entry.record
    if not isinstance(record, Source) or record.describes or not dataset.complete:
        return
    if not dataset.versions.get((entry.state, record.id)):
        findings.append(
            Finding(
                record.mark,
                "missing-key",
                "this source has no 'describes' and no versions",
                "Add 'describes: ...' to a report, or a 'version' record to a law.",
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
    rows = [heading for heading, _ in record.cells.rows]
    sums = record.column_sums.sums if record.column_sums else ()
    named = [column for total, parts in sums for column in (total, *parts)]
    unknown = [name for name in named if name not in record.columns]
    unknown += [record.total_row] if record.total_row and record.total_row not in rows else []
    findings += [
        Finding(
            record.mark,
            "unknown-choice",
            f"the table has no row or column '{name[:80]}' to add up",
            propose(name, [*rows, *record.columns]),
        )
        for name in unknown
    ]


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
