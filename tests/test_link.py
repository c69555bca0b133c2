"""Links to others: each with evidence, from a thing that exists, to a place that is written."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pytest

from kg import place
from kg.errors import DataError
from kg.folder import read_dataset
from kg.iri import iri_of
from kg.link import NAME, Link, list_files, read_links, render_links
from kg.notation import read_value
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
    known = {read_value(iri_of(entry)) for entry in read_dataset([folder]).entries.values()}

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


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (HEAD.replace("#  wd: http", "#  wd: [http") + ROW, "bad-yaml", 3),
        (HEAD.replace("#  wd:", "#  wd") + ROW, "bad-yaml", 3),
        ("#- a list\n" + HEAD.rpartition("#")[2].partition("\n")[2] + ROW, "wrong-type", 1),
        ("#curie_map: xx\n" + ROW, "wrong-type", 1),
        (HEAD + "\n\n" + ROW.replace("Seen.", ""), "missing-key", 7),
        (HEAD + ROW + "# no head\n", "missing-key", 6),
        ((HEAD + ROW).encode("utf-16"), "bad-yaml", 1),
    ],
)
def test_a_file_that_cannot_be_read_is_a_finding(
    ruritania: Callable[..., Path], text: str | bytes, code: str, line: int
) -> None:
    """Bad YAML in the head, no mapping, and another encoding are findings on their line.

    A line that is empty, or a comment below the head, counts as the editor counts it.
    """
    folder = ruritania()
    (folder / "xx" / NAME).write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(DataError) as caught:
        read_links([folder], {ID + "xx/office/king"})
    (finding,) = caught.value.findings
    assert (finding.code, finding.mark.line) == (code, line)


ITEMS = {
    # html/positions.csv
    "office/president": ("Q5256775", "President of Kazakhstan"),
    "office/prime-minister": ("Q2416315", "Prime Minister of Kazakhstan"),
    "office/deputy-prime-minister": ("Q97358527", "Deputy Prime Minister of Kazakhstan"),
    "office/minister-of-defence": ("Q107752328", "Minister of Defense"),
    "office/minister-of-foreign-affairs": (
        "Q107752338",
        "Minister of Foreign Affairs of Kazakhstan",
    ),
    "office/minister-of-internal-affairs": ("Q107752298", "Minister of Internal Affairs"),
    "office/minister-of-justice": ("Q107752344", "Minister of Justice"),
    "office/state-secretary": ("Q96406445", "State Secretary of Kazakhstan"),
    "office/secretary-of-security-council": (
        "Q108363284",
        "Secretary of the Security Council of Kazakhstan",
    ),
    "office/chair-of-national-security-committee": (
        "Q109497278",
        "Chairman of the National Security Committee of the Republic of Kazakhstan",
    ),
    "office/procurator-general": ("Q109497304", "Prosecutor General of Kazakhstan"),
    "office/chair-of-national-bank": ("Q109497334", "Governor of the National Bank of Kazakhstan"),
    "office/president-of-senate": ("Q104865340", "Chair of the Senate of Kazakhstan"),
    # wikidata/legislative-positions.csv
    "office/senator": ("Q21295141", "Member of the Senate of Kazakhstan"),
    "office/member-of-majilis": ("Q21328574", "Member of the Mazhilis"),
    # wikidata/xtra-positions.csv
    "office/deputy-chair-of-majilis": ("Q104865350", "Deputy Chair of the Mazhilis"),
    # wikidata/results/country-cabinets.csv of every-politician-scrapers/world
    "body/government": ("Q21686038", "Cabinet of Kazakhstan"),
    # meta.json, and data/wikidata.csv of every-politician-scrapers/world-leaders-2021
    "": ("Q232", "Kazakhstan"),
}
"""Things of Kazakhstan, and the items and names in every-politician-scrapers/kazakhstan-cabinet."""
PAGES = """\
icerd IV-2
  International Convention on the Elimination of All Forms of Racial Discrimination. New York, 7
  March 1966
icescr IV-3
  International Covenant on Economic, Social and Cultural Rights. New York, 16 December 1966
icescr-optional-protocol IV-3-a
  Optional Protocol to the International Covenant on Economic, Social and Cultural Rights. New
  York, 10 December 2008
iccpr IV-4
  International Covenant on Civil and Political Rights. New York, 16 December 1966
iccpr-optional-protocol IV-5
  Optional Protocol to the International Covenant on Civil and Political Rights. New York, 16
  December 1966
cedaw IV-8
  Convention on the Elimination of All Forms of Discrimination against Women. New York, 18
  December 1979
cedaw-optional-protocol IV-8-b
  Optional Protocol to the Convention on the Elimination of All Forms of Discrimination against
  Women. New York, 6 October 1999
cat IV-9
  Convention against Torture and Other Cruel, Inhuman or Degrading Treatment or Punishment. New
  York, 10 December 1984
cat-optional-protocol IV-9-b
  Optional Protocol to the Convention against Torture and Other Cruel, Inhuman or Degrading
  Treatment or Punishment. New York, 18 December 2002
crc IV-11
  Convention on the Rights of the Child. New York, 20 November 1989
crc-protocol-on-armed-conflict IV-11-b
  Optional Protocol to the Convention on the Rights of the Child on the involvement of children
  in armed conflict. New York, 25 May 2000
crc-protocol-on-sale-of-children IV-11-c
  Optional Protocol to the Convention on the Rights of the Child on the sale of children, child
  prostitution and child pornography. New York, 25 May 2000
crc-protocol-on-communications IV-11-d
  Optional Protocol to the Convention on the Rights of the Child on a communications procedure.
  New York, 19 December 2011
iccpr-second-optional-protocol IV-12
  Second Optional Protocol to the International Covenant on Civil and Political Rights, aiming
  at the abolition of the death penalty. New York, 15 December 1989
migrant-workers-convention IV-13
  International Convention on the Protection of the Rights of All Migrant Workers and Members of
  their Families. New York, 18 December 1990
crpd IV-15
  Convention on the Rights of Persons with Disabilities. New York, 13 December 2006
crpd-optional-protocol IV-15-a
  Optional Protocol to the Convention on the Rights of Persons with Disabilities. New York, 13
  December 2006
ced IV-16
  International Convention for the Protection of All Persons from Enforced Disappearance. New
  York, 20 December 2006
"""
"""Treaties, the number of each and below it its title, in index.csv of zmjones/untreaties."""


def test_the_links_of_our_data_are_those_of_the_sources() -> None:
    """Each thing leads to the item, the page or the entry that a source names as we print it."""
    records = {read_value(iri_of(e)): e.record for e in read_dataset([place.DATA]).entries.values()}
    kz, exact, see = ID + "kz", expand("skos:exactMatch"), expand("rdfs:seeAlso")
    country = "http://publications.europa.eu/resource/authority/country/KAZ"
    page = "https://treaties.un.org/Pages/ViewDetails.aspx?src=TREATY&mtdsg_no={}&chapter=4"
    expected = {(kz, exact, country, "Kazakhstan")}
    for thing, (item, name) in ITEMS.items():
        iri = f"{kz}/{thing}".rstrip("/")
        expected.add((iri, exact, f"http://www.wikidata.org/entity/{item}", name))
    for treaty, number, title in re.findall(r"^(\S+) (\S+)\n((?:  .*\n)+)", PAGES, re.MULTILINE):
        name = " ".join(title.split())
        expected.add((f"{kz}/treaty/{treaty}", see, page.format(number), name))
        assert records[f"{kz}/treaty/{treaty}"].number == number
    found = [tuple(link[:4]) for link in read_links([place.DATA], records)]
    assert set(found) == expected
    assert len(found) == len(expected) == 1 + 18 + 18


def test_our_mapping_sets_have_the_columns_of_sssom() -> None:
    """The files can be read as SSSOM/TSV: a mapping set with an identifier, a licence, rows."""
    for _, path in list_files([place.DATA]):
        text = path.read_text("utf-8")
        assert "#mapping_set_id: https://" in text
        assert "#license: https://creativecommons.org/licenses/by/4.0/" in text
        rows = list(csv.DictReader([x for x in text.splitlines() if x[0] != "#"], delimiter="\t"))
        assert {row["mapping_justification"] for row in rows} == {"semapv:ManualMappingCuration"}


def test_links_are_published_as_turtle() -> None:
    """The name that others give stands beside their IRI."""
    link = Link(ID + "xx/office/king", expand("skos:exactMatch"), "http://e/Q1", "monarch", "Seen.")
    assert b"\tskos:exactMatch <http://e/Q1> . # monarch\n" in render_links([link])
