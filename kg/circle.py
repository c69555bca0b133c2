"""References that lead back to where they began, where none can and no shape asks."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from kg.finding import Finding
from kg.record import KINDS

if TYPE_CHECKING:
    from kg.dataset import Dataset, Entry
    from kg.record import Reference

MAX_SHOWN = 5
"""So many records of a circle are named in a finding."""


def check_circles(dataset: Dataset, findings: list[Finding]) -> None:
    """Add a finding for each circle of references by one key, at its first record in the files."""
    for kind, owner in KINDS.items():
        for field in dataclasses.fields(owner):
            if field.metadata.get("acyclic"):
                _check_field(kind, field.name, dataset, findings)


def _check_field(kind: str, field: str, dataset: Dataset, findings: list[Finding]) -> None:
    done: set[tuple[str, str, str, str]] = set()
    for entry in dataset.entries.values():
        path: list[Entry] = []
        on_path = set()
        at: Entry | None = entry if entry.record.kind == kind else None
        while at is not None and at.name not in done:
            done.add(at.name)
            on_path.add(at.name)
            path.append(at)
            reference: Reference | None = getattr(at.record, field, None)
            at = dataset.find(reference.text, at.state, at.source) if reference else None
        if at is not None and at.name in on_path:
            findings.append(_describe(path[path.index(at) :], field))


def _describe(circle: list[Entry], field: str) -> Finding:
    first = min(circle, key=lambda entry: entry.record.mark)
    reference: Reference = getattr(first.record, field)
    start = circle.index(first)
    names = [f"{e.record.kind}/{e.record.id}" for e in circle[start:] + circle[:start]]
    shown = [*names[:MAX_SHOWN], *(["..."] if len(names) > MAX_SHOWN else []), names[0]]
    key = field.replace("_", "-")
    return Finding(
        reference.mark,
        "cyclic-reference",
        f"by '{key}' the record leads back to itself: {', '.join(shown)}",
        f"Mend the '{key}' of one of these records.",
    )
