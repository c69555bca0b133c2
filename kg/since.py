"""The difference between two dumps: triples as an RDF Patch, and above it in words.

An RDF Patch (https://afs.github.io/rdf-delta/rdf-patch.html) has a line a triple: `D` what is
gone, `A` what came. The words stand above as comments, which its readers skip: which rules and
other records were added, corrected or retracted.
"""

from __future__ import annotations

import gzip
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, Triple, parse

from kg.arrow import find_arrows
from kg.errors import EnvironmentProblem, UsageError
from kg.media import FORMATS, find_ending
from kg.turtle import find_place, read_labels
from kg.vocabulary import ID, expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_WHOLE = "data/politeia.nt"
"""The dump of a release from which the next is told apart."""
_PLACES = tuple(map(expand, ("pol:file", "pol:line")))
_DERIVED = frozenset(
    map(
        expand,
        (
            "dcterms:bibliographicCitation", "pol:endedBy", "pol:holdsFrom", "pol:holdsUntil",
            "pol:introducedBy", "pol:mayHoldFrom", "pol:mayHoldUntil", "pol:standsIn",
        ),
    )
)  # fmt: skip
"""What follows from other records as well, so that it alone corrects nothing."""
_PARTS = ("/citation/", "/comparison/", "/period/", "/point/")
"""Nodes that no curator writes as a record."""
_WORDS = ("added", "corrected", "retracted")


def read_former(name: str) -> list[Any]:
    """Return the quads of an older dump, or of the whole dump in the folder of an older release.

    Raises EnvironmentProblem if it cannot be read, UsageError if it is not in a format of ours.
    """
    path = Path(name)
    if path.is_dir():
        path /= _WHOLE
    form = FORMATS.get(find_ending(path.name))
    if form is None:
        raise UsageError(f"'{name}' is no dump; its name ends in none of {', '.join(FORMATS)}.")
    try:
        content = path.read_bytes()
        if path.name.endswith(".gz"):
            content = gzip.decompress(content)
        return list(parse(io.BytesIO(content), format=form))
    except OSError as error:
        raise EnvironmentProblem(f"Cannot read {path}: {error.strerror or error}.") from error
    except (SyntaxError, EOFError) as error:
        raise UsageError(f"'{name}' is no dump that can be read: {error}.") from error


def tell_difference(before: Iterable[Any], after: Iterable[Any]) -> str:
    """Return an RDF Patch from one dump to another, with what changed in words above it.

    Where a record stands in the files of its curator is no difference.
    """
    old, new = _keep_content(before), _keep_content(after)
    gone, came = old - new, new - old
    arrows = find_arrows(old | new)
    labels = read_labels(old) | read_labels(new)
    lines = [f"# {len(came)} triples added, {len(gone)} removed."]
    lines += _tell_records(
        {t for t in gone | came if t.predicate.value not in arrows | _DERIVED},
        labels,
        {t.subject for t in old},
        {t.subject for t in new},
    )
    lines += ["TX ."]
    lines += [f"D {triple} ." for triple in sorted(map(str, gone))]
    lines += [f"A {triple} ." for triple in sorted(map(str, came))]
    return "\n".join([*lines, "TC ."]) + "\n"


def _keep_content(quads: Iterable[Any]) -> set[Any]:
    return {
        Triple(quad.subject, quad.predicate, quad.object)
        for quad in quads
        if quad.predicate.value not in _PLACES
    }


def _tell_records(
    changed: Iterable[Any],
    labels: Mapping[str, str],
    old: set[Any],
    new: set[Any],
) -> list[str]:
    """Return a line for each record that changed, under headings, in the order of a dump.

    A record is added if the older dump does not have it, retracted if the newer has not, and
    corrected if it or a part of it says something else.
    """
    told: dict[str, set[str]] = {word: set() for word in _WORDS}
    for triple in changed:
        iri = triple.subject.value
        record = name_record(iri)
        if record is None or any(part in iri for part in _PARTS) or _is_print(triple):
            continue
        node = NamedNode(record)
        if node in new and node not in old:
            told["added"].add(str(node))
        elif node in old and node not in new:
            told["retracted"].add(str(node))
        elif node in old and node in new:
            told["corrected"].add(str(node))
    lines = []
    for word in _WORDS:
        for name in sorted(told[word], key=lambda name: (find_place(name), name)):
            shown = name[1:-1].removeprefix(ID)
            lines.append(f"# {word}: {shown}: {labels.get(name, 'without a name')}")
    return lines


def _is_print(triple: Any) -> bool:
    return bool(triple.predicate.value.endswith("InPrint"))


def name_record(iri: str) -> str | None:
    """Return the IRI of the record to which a node belongs, or None for what is no record.

    A thing has two words behind its State, a statement three; what follows is a part.
    """
    if not iri.startswith(ID):
        return None
    parts = iri.removeprefix(ID).split("/")
    if len(parts) < 3:
        return iri
    section = find_place(f"<{iri}>")
    length = 3 if not section.source else 4
    return ID + "/".join(parts[:length])
