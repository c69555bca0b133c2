"""Links to others: each with evidence, from a thing that exists, to a place that is written."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pytest

from kg import place
from kg.errors import DataError
from kg.folder import read_dataset
from kg.graph import iri_of
from kg.link import NAME, Link, list_files, read_links, render_links
from kg.vocabulary import ID, expand

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEAD = """\
#curie_map:
#  xx: https://w3id.org/politeia/id/xx/
#  wd: http://www.wikidata.org/entity/
subject_id\tpredicate_id\tobject_id\tobject_label\tmapping_justification\tcomment
"""
ROW = "xx:office/king\tskos:exactMatch\twd:Q116\tmonarch\tsemapv:ManualMappingCuration\tSeen.\n"


@pytest.fixture
def read(ruritania: Callable[..., Path]) -> Callable[[str], list[tuple[str, ...]]]:
    """Return a function that reads the links of a table over the invented State."""
    folder = ruritania()
    known = {iri_of(entry).value for entry in read_dataset([folder]).entries.values()}

    def read_table(rows: str) -> list[tuple[str, ...]]:
        (folder / "xx" / NAME).write_text(HEAD + rows)
        return [tuple(link) for link in read_links([folder], known)]

    return read_table


def test_a_row_is_a_link_with_its_evidence(read: Callable[[str], list[tuple[str, ...]]]) -> None:
    """Prefixes of the head and of the program are written out."""
    assert read(ROW) == [
        (
            ID + "xx/office/king",
            expand("skos:exactMatch"),
            "http://www.wikidata.org/entity/Q116",
            "monarch",
            "Seen.",
        )
    ]


@pytest.mark.parametrize(
    ("row", "code", "said"),
    [
        (ROW.replace("Seen.", ""), "missing-key", "no comment"),
        (ROW.replace("monarch", ""), "missing-key", "no object_label"),
        (ROW.replace("office/king", "office/tsar"), "dangling-reference", "xx/office/tsar"),
        (ROW.replace("wd:", "wiki:"), "dangling-reference", "'wiki'"),
        (ROW.replace("skos:exactMatch", "owl:sameAs"), "unknown-choice", "skos:exactMatch"),
        (ROW + ROW, "duplicate-id", "twice"),
    ],
)
def test_a_row_that_is_not_right_is_a_finding(
    read: Callable[[str], list[tuple[str, ...]]], row: str, code: str, said: str
) -> None:
    """Without evidence, a thing of ours, a known prefix and a known predicate there is no link."""
    with pytest.raises(DataError) as caught:
        read(row)
    finding = caught.value.findings[-1]
    assert (finding.code, finding.mark.file) == (code, f"xx/{NAME}")
    assert said in finding.message
    assert finding.mark.line == 4 + row.count("\n")


def test_the_links_of_our_data_lead_to_known_places() -> None:
    """Items of Wikidata, the EU's table of countries, and pages of the UN Treaty Collection.

    A treaty is linked by the number that our data has for it, and every row has its evidence.
    """
    records = {iri_of(e).value: e.record for e in read_dataset([place.DATA]).entries.values()}
    links = read_links([place.DATA], records)
    items = [link for link in links if link.target.startswith("http://www.wikidata.org/entity/")]
    pages = [link for link in links if link.target.startswith("https://treaties.un.org/")]
    rest = [(link.subject, link.target) for link in links if link not in [*items, *pages]]
    assert rest == [(ID + "kz", "http://publications.europa.eu/resource/authority/country/KAZ")]
    assert all(re.fullmatch(r"http://www.wikidata.org/entity/Q[0-9]+", x.target) for x in items)
    assert {link.predicate for link in items} == {expand("skos:exactMatch")}
    assert {link.target for link in pages} == {
        "https://treaties.un.org/Pages/ViewDetails.aspx?src=TREATY&mtdsg_no="
        f"{records[link.subject].number}&chapter=4"
        for link in pages
    }
    assert len(items) == 18
    assert len(pages) == 18
    assert len({link.target for link in items}) == len({link.subject for link in items}) == 18


def test_our_mapping_sets_have_the_columns_of_sssom() -> None:
    """The files can be read as SSSOM/TSV: a mapping set with an identifier, a licence, rows."""
    for _, path in list_files([place.DATA]):
        text = path.read_text("utf-8")
        assert "#mapping_set_id: https://" in text
        assert "#license: https://creativecommons.org/licenses/by/4.0/" in text
        rows = list(csv.DictReader([x for x in text.splitlines() if x[0] != "#"], delimiter="\t"))
        assert {row["mapping_justification"] for row in rows} == {"semapv:ManualMappingCuration"}


def test_links_are_published_as_turtle(read: Callable[[str], list[tuple[str, ...]]]) -> None:
    """The name that others give stands beside their IRI."""
    read(ROW)

    link = Link(ID + "xx/office/king", expand("skos:exactMatch"), "http://e/Q1", "monarch", "Seen.")
    assert b"\tskos:exactMatch <http://e/Q1> . # monarch\n" in render_links([link])
