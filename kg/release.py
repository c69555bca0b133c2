"""A release: a folder for any static web host, the same bytes for the same data.

`python -m kg.release FOLDER` writes it. A writer is a function that gets the Release and adds
files to it; whoever has more to publish adds a writer to WRITERS or hands it to `write_release`.
The description and the checksums come last, because they speak of all files.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kg import place
from kg.build import read_modules
from kg.contents import WRITERS
from kg.description import describe_release
from kg.dump import collect_dump
from kg.errors import DataError, EnvironmentProblem, PoliteiaError
from kg.finding import sort_findings
from kg.jsonld import make_context
from kg.link import read_links
from kg.media import MEDIA, find_ending
from kg.progress import show_progress
from kg.since import read_former, tell_difference
from kg.site import add_pages
from kg.store import open_store
from kg.turtle import read_labels
from kg.vocabulary import expand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pyoxigraph import Quad

    from kg.contents import Part
    from kg.link import Link
    from kg.store import Opened


class File(NamedTuple):
    """A file of a release, as the description speaks of it if it is `described`."""

    name: str
    media: str
    title: str
    part: str
    size: int
    digest: str
    described: bool


@dataclass
class Release:
    """What is being written: the folder, the data, and the files so far."""

    folder: Path
    data: Sequence[Path]
    opened: Opened
    quads: list[Quad]
    links: list[Link]
    modules: dict[str, list[Quad]]
    labels: dict[str, str]
    parts: list[Part] = field(default_factory=list)
    files: dict[str, File] = field(default_factory=dict)

    def read_header(self, term: str) -> str:
        """Return what the header of the ontology says of itself by a property, or nothing."""
        header: list[Any] = self.modules["politeia"]
        found = {quad.object.value for quad in header if quad.predicate.value == expand(term)}
        return min(found, default="")

    @cached_property
    def ontology(self) -> list[Quad]:
        """The quads of all modules."""
        return [quad for module in self.modules.values() for quad in module]

    @cached_property
    def context(self) -> dict[str, Any]:
        """The context by which JSON-LD is written."""
        return make_context(self.ontology)

    @property
    def version(self) -> str:
        """The version of the ontology, which is that of the whole release."""
        return self.read_header("owl:versionInfo")

    def add(
        self, name: str, content: bytes, title: str, part: str = "", *, described: bool = True
    ) -> None:
        """Write a file under a name that begins in the folder; `part` is what it is a dump of.

        One page among thousands is not `described`; its sum stands in SHA256SUMS all the same.
        """
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        media = MEDIA.get(find_ending(name), "text/plain")
        digest = sha256(content).hexdigest()
        self.files[name] = File(name, media, title, part, len(content), digest, described)


def write_release(
    folder: Path,
    data: Sequence[Path] = (),
    writers: Iterable[Callable[[Release], None]] = (),
    former: str = "",
) -> Release:
    """Write the release of data folders into a folder, in place of what was there; return it.

    `writers` come after WRITERS; `former` is a dump or a release to tell the difference from.
    Raises EnvironmentProblem if the folder cannot be written or holds what is no release,
    DataError if the data is faulty, also where an earlier store is left, and
    what kg.store.open_store, kg.link.read_links and kg.since.read_former raise.
    """
    if _holds_something_else(folder):
        raise EnvironmentProblem(f"{folder} holds what is no release; it was not touched.")
    folders = data or [place.DATA]
    opened = open_store(data)
    if opened.stale is not None:  # the store of an earlier day would pass for that of these data
        raise opened.stale
    quads: list[Any] = collect_dump(opened.store)
    links = read_links(folders, {quad.subject.value for quad in quads})
    before = read_former(former) if former else None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    except OSError as error:
        raise EnvironmentProblem(f"Cannot write to {folder.parent}: {error.strerror}.") from error
    try:
        release = Release(beside, folders, opened, quads, links, read_modules(), read_labels(quads))
        for writer in (*WRITERS, *writers):
            writer(release)
        if before is not None:
            told = tell_difference(before, quads)
            release.add("changes.rdfp", told.encode(), "What changed since the version before")
        release.add("description.ttl", describe_release(release).encode(), "This description")
        sums = [f"{file.digest}  {file.name}\n" for file in release.files.values()]
        (beside / "SHA256SUMS").write_text("".join(sorted(sums, key=lambda line: line[66:])))
        beside.chmod(0o755)  # mkdtemp keeps it to its owner
        if folder.exists():
            shutil.rmtree(folder)
        beside.rename(folder)
    except OSError as error:
        raise EnvironmentProblem(f"Cannot write {folder}: {error.strerror}.") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    release.folder = folder
    return release


def _holds_something_else(folder: Path) -> bool:
    """Whether a release would take the place of what is none: a file, or a folder of others."""
    if (folder / "SHA256SUMS").is_file() or not folder.exists():
        return False
    try:
        return not folder.is_dir() or any(folder.iterdir())
    except OSError as error:
        raise EnvironmentProblem(f"Cannot read {folder}: {error.strerror}.") from error


def main(words: Sequence[str] | None = None) -> int:
    """Write a release by the arguments of the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m kg.release", description="Write a release.")
    parser.add_argument("folder", type=Path, help="where to write it")
    parser.add_argument("--data", type=Path, action="append", default=[], help="a data folder")
    parser.add_argument("--since", default="", help="a dump or release to tell the difference from")
    parser.add_argument("--pages", action="store_true", help="add a page for each thing and term")
    given = parser.parse_args(words)
    writers = [add_pages] if given.pages else []
    try:
        with show_progress("Writing a release"):
            release = write_release(given.folder, given.data, writers, given.since)
    except DataError as error:
        sys.stderr.writelines(f"{found.render()}\n" for found in sort_findings(error.findings))
        return error.exit_code
    except PoliteiaError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    size = sum(file.size for file in release.files.values())
    sys.stderr.write(f"{len(release.files)} files, {size / 1e6:.1f} MB in {given.folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
