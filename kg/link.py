"""Links from our things to those of others: mapping sets in SSSOM/TSV, each with its evidence.

A State may have a file `links.sssom.tsv` beside its records (https://w3id.org/sssom/): a head of
`# ` lines in YAML that says of what the prefixes are short, and a table with a link a row. The
links are published beside the data, and no question reads them.
"""

from __future__ import annotations

import csv
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode, Triple

from kg.errors import DataError
from kg.finding import Finding, Mark
from kg.turtle import write_turtle
from kg.vocabulary import PREFIXES, expand

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

NAME = "links.sssom.tsv"
COLUMNS = ("subject_id", "predicate_id", "object_id", "object_label", "mapping_justification",
           "comment")  # fmt: skip
"""The columns that a file must have; `comment` holds the evidence."""
PREDICATES = ("skos:exactMatch", "skos:closeMatch", "rdfs:seeAlso")


class Link(NamedTuple):
    """A link: what of ours, how, to what of others, what that is called, and how we know."""

    subject: str
    predicate: str
    target: str
    label: str
    evidence: str


def read_links(folders: Iterable[Path], known: Container[str]) -> list[Link]:
    """Return the links of all States in data folders, in the order of their subjects.

    `known` are the IRIs of what is ours.

    Raises DataError with every finding: a head that cannot be read, a row that is not whole, a
    prefix or a thing that nobody knows, a link that stands twice.
    """
    findings: list[Finding] = []
    links: list[Link] = []
    for folder, path in list_files(folders):
        shown = path.relative_to(folder).as_posix()
        for mark, link in _read_file(path, shown, findings):
            if link.subject not in known:
                _find(
                    findings,
                    mark,
                    "dangling-reference",
                    f"there is nothing of ours that is {link.subject}",
                )
            elif any(link[:3] == other[:3] for other in links):
                _find(findings, mark, "duplicate-id", "this link stands twice")
            else:
                links.append(link)
    if findings:
        raise DataError(findings)
    return sorted(links)


def _find(findings: list[Finding], mark: Mark, code: str, message: str) -> None:
    findings.append(Finding(mark, code, message, "Mend the line, or leave it out."))


def list_files(folders: Iterable[Path]) -> list[tuple[Path, Path]]:
    """Return the mapping sets of data folders as pairs of folder and file, in a stable order."""
    return [(folder, path) for folder in folders for path in sorted(folder.glob(f"*/{NAME}"))]


def _read_file(path: Path, shown: str, findings: list[Finding]) -> Iterator[tuple[Mark, Link]]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except UnicodeDecodeError:
        _find(findings, Mark(shown, 1, 1), "bad-yaml", "this file is not in UTF-8")
        return
    height = sum(1 for _ in takewhile(lambda line: line.startswith("#"), lines))
    prefixes = _read_prefixes(lines[:height], shown, findings)
    if prefixes is None:
        return
    table = csv.DictReader(lines[height:], delimiter="\t", quoting=csv.QUOTE_NONE)
    for row in table:
        number = height + table.line_num
        mark = Mark(shown, number, 1, lines[number - 1])
        missing = [column for column in COLUMNS if not row.get(column)]
        if missing:
            _find(findings, mark, "missing-key", f"this link has no {' and no '.join(missing)}")
            continue
        if row["predicate_id"] not in PREDICATES:
            _find(findings, mark, "unknown-choice", f"a link is one of {', '.join(PREDICATES)}")
            continue
        try:
            subject, predicate, target = (_expand(row[column], prefixes) for column in COLUMNS[:3])
        except KeyError as error:
            _find(
                findings,
                mark,
                "dangling-reference",
                f"the head does not say of what the prefix {error} is short",
            )
            continue
        yield mark, Link(subject, predicate, target, row["object_label"], row["comment"])


def _read_prefixes(
    head: Sequence[str], shown: str, findings: list[Finding]
) -> Mapping[str, str] | None:
    """Return the prefixes of the program and of a head, or None if the head cannot be read."""
    import yaml  # noqa: PLC0415 - only a release reads links

    mark = Mark(shown, 1, 1, head[0] if head else "")
    try:
        read = yaml.safe_load("\n".join(line[1:] for line in head)) or {}
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        if place is not None and place.line < len(head):
            # The head is read without the `#` that each of its lines begins with.
            mark = Mark(shown, place.line + 1, place.column + 2, head[place.line])
        problem = getattr(error, "problem", None) or error
        _find(findings, mark, "bad-yaml", f"the head is no YAML: {problem}")
        return None
    own = read.get("curie_map", {}) if isinstance(read, dict) else None
    if not isinstance(own, dict) or not all(isinstance(x, str) for x in (*own, *own.values())):
        _find(findings, mark, "wrong-type", "the head is no mapping with a curie_map of texts")
        return None
    return PREFIXES | own


def _expand(name: str, prefixes: Mapping[str, str]) -> str:
    return name if name.partition(":")[2].startswith("//") else expand(name, prefixes)


def render_links(links: Iterable[Link]) -> bytes:
    """Return links as Turtle, with the names that others give to their things as comments."""
    links = list(links)
    labels = {f"<{link.target}>": link.label for link in links}
    return write_turtle((Triple(*map(NamedNode, link[:3])) for link in links), labels).encode()
