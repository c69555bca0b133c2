"""All records of the data folders, by name, and what a reference means where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.record import THINGS, Record, Source, Version

if TYPE_CHECKING:
    from kg.span import Span


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
    `complete` where some cannot even be named. `versions` holds those of each source that is law,
    by State and source, the oldest first; `spans` the times of the rules that were asked for so
    far (`kg.span.find_span`).
    """

    entries: dict[tuple[str, str, str, str], Entry]
    faulty: frozenset[tuple[str, str, str, str]] = frozenset()
    complete: bool = True
    versions: dict[tuple[str, str], tuple[Version, ...]] = field(default_factory=dict)
    spans: dict[tuple[object, ...], Span] = field(default_factory=dict, init=False)
    _named: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict, init=False)

    def list_names(self, state: str, kind: str) -> list[tuple[str, str]]:
        """Return source and identifier of each record of a kind in a State, in file order."""
        if not self._named:
            for of_state, source, of_kind, name in self.entries:
                self._named.setdefault((of_state, of_kind), []).append((source, name))
        return self._named.get((state, kind), [])

    def find(self, reference: str, state: str, source: str) -> Entry | None:
        """Return what a reference means where it stands, or None if there is no such record."""
        return self.entries.get(expand_reference(reference, state, source))

    def has(self, name: tuple[str, str, str, str]) -> bool:
        """Return whether a record of that name stands, or may stand, in the files."""
        return name in self.entries or name in self.faulty or not self.complete

    def source(self, state: str, name: str) -> Source | None:
        """Return a source of a State, or None."""
        entry = self.entries.get((state, "", "source", name))
        return entry.record if entry and isinstance(entry.record, Source) else None


def expand_reference(reference: str, state: str, source: str) -> tuple[str, str, str, str]:
    """Return the name of the entry that a reference means where it stands."""
    *prefix, kind, name = reference.split("/")
    if kind == "state":
        return (name, "", kind, name)
    if kind in THINGS:
        return (prefix[0] if prefix else state, "", kind, name)
    return (state, prefix[0] if prefix else source, kind, name)
