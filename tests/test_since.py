"""What changed between two dumps: triples as a patch, and the records in words."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import RdfFormat, parse

from cli.app import main
from kg.dump import collect_dump, compress, render_dump
from kg.errors import EnvironmentProblem, UsageError
from kg.since import name_record, read_former, tell_difference
from kg.store import open_store
from kg.vocabulary import BASE, ID

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FORMER = """\
- selection: chancellor
  fills: office/chancellor
  says: The King appoints the Chancellor.
  steps:
    - appoints: office/king
  cite: para 10
- term: chancellor
  of: office/chancellor
  says: The Chancellor serves for four years.
  years: 4
  cite: para 11
- term: judge
  of: office/judge
  says: A judge serves for life.
  for-life: yes
  cite: para 12
"""
LATTER = """\
- removal: chancellor
  empties: office/chancellor
  says: The King dismisses the Chancellor.
  steps:
    - dismisses: office/king
  cite: para 14

- selection: chancellor
  fills: office/chancellor
  says: The King appoints the Chancellor.
  steps:
    - appoints: office/king
  cite: para 10
- term: chancellor
  of: office/chancellor
  says: The Chancellor serves for five years.
  years: 5
  cite: para 11
"""


@pytest.fixture
def dumps(ruritania: Callable[..., Path]) -> tuple[list[Any], list[Any]]:
    """Return the quads of two versions of the data."""
    before = collect_dump(open_store([ruritania(FORMER)]).store)
    after = collect_dump(open_store([ruritania(LATTER)]).store)
    return before, after


def test_the_words_say_what_was_added_corrected_and_retracted(
    dumps: tuple[list[Any], list[Any]],
) -> None:
    """A rule that only moved in its file, and an office with a new arrow, did not change."""
    told = tell_difference(*dumps).splitlines()
    assert [line for line in told if line.startswith("# ")][1:] == [
        "# added: xx/report/removal/chancellor: The King dismisses the Chancellor.",
        "# corrected: xx/report/term/chancellor: The Chancellor serves for five years.",
        "# retracted: xx/report/term/judge: A judge serves for life.",
    ]


def test_the_patch_makes_the_newer_dump_of_the_older(dumps: tuple[list[Any], list[Any]]) -> None:
    """Who takes away what is gone and adds what came has the new triples, but for file and line."""
    before, after = dumps
    lines = tell_difference(before, after).splitlines()
    patch = {sign: [x[2:] for x in lines if x.startswith(sign)] for sign in ("A ", "D ")}
    read = {
        sign: {q.triple for q in parse("\n".join(text), format=RdfFormat.N_TRIPLES)}
        for sign, text in patch.items()
    }
    old, new = ({q.triple for q in dump if not _is_place(q)} for dump in dumps)
    assert (old - read["D "]) | read["A "] == new
    assert lines[-1] == "TC ."
    assert lines[0] == f"# {len(patch['A '])} triples added, {len(patch['D '])} removed."


def _is_place(quad: Any) -> bool:
    return str(quad.predicate.value).endswith(("#file", "#line"))


def test_nothing_changed_between_two_formats(
    dumps: tuple[list[Any], list[Any]], tmp_path: Path
) -> None:
    """An older dump may be in any format, packed or not; it says the same in each."""
    before, _ = dumps
    for form in ("ttl", "nt", "trig", "jsonld"):
        path = tmp_path / f"old.{form}.gz"
        path.write_bytes(compress(render_dump(before, form)))
        told = tell_difference(read_former(str(path)), before)
        assert told == "# 0 triples added, 0 removed.\nTX .\nTC .\n"


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        (ID + "xx/office/king", ID + "xx/office/king"),
        (ID + "xx/act/charter/art-4", ID + "xx/act/charter"),
        (ID + "xx/report/term/judge", ID + "xx/report/term/judge"),
        (ID + "xx/report/term/judge/step/1/threshold", ID + "xx/report/term/judge"),
        (ID + "xx", ID + "xx"),
        (BASE + "role/appoints", None),
    ],
)
def test_a_part_belongs_to_its_record(iri: str, expected: str | None) -> None:
    """A thing has its State and kind before it, a statement its source as well."""
    assert name_record(iri) == expected


def test_what_is_no_dump_is_refused(tmp_path: Path) -> None:
    """A missing file, another ending and a text that is no RDF each have their error."""
    with pytest.raises(EnvironmentProblem, match="No such file"):
        read_former(str(tmp_path / "none.ttl"))
    with pytest.raises(EnvironmentProblem, match="No such file"):
        read_former(str(tmp_path))
    with pytest.raises(UsageError, match="its name ends in none of"):
        read_former("0.1.0")
    (tmp_path / "bad.ttl").write_text("no turtle")
    with pytest.raises(UsageError, match="no dump that can be read"):
        read_former(str(tmp_path / "bad.ttl"))
    (tmp_path / "bad.nt.gz").write_bytes(gzip.compress(b"")[:-4])
    with pytest.raises(UsageError, match="no dump that can be read"):
        read_former(str(tmp_path / "bad.nt.gz"))


def test_the_command_tells_the_difference(
    ruritania: Callable[..., Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """`politeia dump --since OLD` prints the patch."""
    old = str(tmp_path / "old.ttl.gz")
    assert main(["dump", "--data", str(ruritania(FORMER)), "--output", old]) == 0
    assert main(["dump", "--data", str(ruritania(LATTER)), "--since", old]) == 0
    printed = capfd.readouterr().out
    assert "# retracted: xx/report/term/judge: A judge serves for life.\n" in printed
    assert f"D <{ID}xx/report/term/judge> " in printed


@pytest.mark.parametrize(
    "words",
    [
        ["--module", "power"],
        ["--state", "xx"],
        ["--in-force-on", "1930-05-01"],
        ["--format", "nt"],
    ],
)
def test_no_part_is_compared_with_an_older_whole(
    ruritania: Callable[..., Path],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    words: list[str],
) -> None:
    """A part, or another format, beside --since exits with 2, prints nothing and says which."""
    old = str(tmp_path / "old.ttl")
    data = ["--data", str(ruritania(FORMER))]
    assert main(["dump", *data, "--output", old]) == 0
    assert main(["dump", *data, "--since", old, *words]) == 2
    captured = capfd.readouterr()
    assert captured.out == ""
    assert f"leave out {words[0]}." in captured.err
