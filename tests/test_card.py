"""The card of a thing or statement: everything about it, each line with its place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, parse

from cli.app import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STATEMENTS = """\
- selection: chancellor
  fills: office/chancellor
  says: With the consent of the Diet, the King appoints the Chancellor.
  steps:
    - consents: body/diet
      threshold: more than 1/2 of the total membership
    - appoints: office/king
  basis: charter art 5
  until: 1930-01-01
  cite: para 10
- selection: judges
  fills: office/judge
  seats: 3
  says: The Diet elects three judges.
  steps:
    - elects: body/diet
  cite: para 11
- removal: chancellor
  empties: office/chancellor
  grounds: [Loss of the great seal]
  says: The King dismisses a Chancellor who loses the great seal.
  steps:
    - dismisses: office/king
  cite: para 12
- term: chancellor
  of: office/chancellor
  years: 7
  says: The Chancellor serves seven years.
  cite: para 13
- subordination: chancellor
  subject: office/chancellor
  relation: accountable-to
  superior: body/diet
  says: The Chancellor answers to the Diet.
  cite: para 14
- composition: court
  of: body/court
  size: 4
  says: The court has four judges.
  cite: para 15
- silence: chancellor
  about: office/chancellor
  question: eligibility
  says: The report does not say who may become Chancellor.
  searched: para 10
  cite: para 10
- contradiction: judges
  about: body/court
  between: [selection/judges, composition/court]
  says: Three judges are elected to a court of four.
  cite: [para 11, para 15]
"""


@pytest.fixture
def card(
    ruritania: Callable[..., Path], capfd: pytest.CaptureFixture[str]
) -> Callable[..., list[dict[str, object]]]:
    """Return a function that shows a thing and returns its rows."""
    folder = ruritania(STATEMENTS)

    def show(*words: str) -> list[dict[str, object]]:
        assert main(["show", *words, "--format", "records", "--data", str(folder)]) == 0
        rows: list[dict[str, object]] = json.loads(capfd.readouterr().out)
        return rows

    return show


def said(rows: list[dict[str, object]]) -> list[tuple[object, object]]:
    """Return section and citation of every statement, in order, each once."""
    return list(dict.fromkeys((r["section"], r["citation"]) for r in rows if r["rule"]))


def test_an_office_shows_all_that_is_stated_of_it_in_order(card: Callable[..., list]) -> None:
    """From how it is filled to what is not stated, every statement with its paragraph."""
    assert said(card("Chancellor")) == [
        ("filled by", "REP/1, para. 10"),
        ("emptied by", "REP/1, para. 12"),
        ("term", "REP/1, para. 13"),
        ("stands under", "REP/1, para. 14"),
        ("not stated", "REP/1, para. 10"),
    ]


def test_names_come_first_with_their_languages(card: Callable[..., list]) -> None:
    """Labels before alternative labels before the identifier."""
    names = [(r["term"], r["value"]) for r in card("Kanzlerin") if r["section"] == "names"]
    assert names == [
        ("name", "Chancellor (en)"),
        ("name", "Kanzlerin (de)"),
        ("also", "Bundeskanzlerin (de)"),
        ("also", "Cancellaria (la)"),
        ("also", "Cancellarius (la)"),
        ("identifier", "https://w3id.org/politeia/id/xx/office/chancellor"),
    ]


def test_steps_and_details_stand_below_their_statement(card: Callable[..., list]) -> None:
    """A rule has its steps in order with thresholds, and what else the record gives."""
    rows = card("Chancellor")
    steps = [
        (r["order"], r["role"], r["actor"], r["threshold"])
        for r in rows
        if r["section"] == "filled by" and r["order"]
    ]
    assert steps == [
        (1, "consents", "Diet of Ruritania", "more than 1/2 of the total membership"),
        (2, "appoints", "King", None),
    ]
    details = {(r["section"], r["term"], r["value"]) for r in rows if r["rule"]}
    assert ("emptied by", "ground", "Loss of the great seal") in details
    assert ("term", "years", "7") in details


def test_a_body_shows_its_posts_its_parts_in_rules_and_its_contradictions(
    card: Callable[..., list],
) -> None:
    """What fills the posts of a body, its size, and what cannot be right about it."""
    rows = card("Constitutional Court")
    assert said(rows) == [
        ("its posts are filled by", "REP/1, para. 11"),
        ("composition", "REP/1, para. 15"),
        ("contradictions", "REP/1, paras 11, 15"),
    ]
    things = {(r["term"], r["value"]) for r in rows if r["section"] == "what it is"}
    assert ("kind", "Court") in things
    assert ("has the post", "Judge of the Constitutional Court") in things
    assert [r["value"] for r in rows if r["section"] == "named"] == ["REP/1, para. 2"]


def test_an_actor_shows_what_it_takes_part_in(card: Callable[..., list]) -> None:
    """Each rule in which a body has a step is there once."""
    assert said(card("Diet of Ruritania")) == [
        ("takes part in", "REP/1, para. 10"),
        ("takes part in", "REP/1, para. 11"),
        ("stands above", "REP/1, para. 14"),
    ]


def test_an_act_shows_its_articles_and_what_rests_on_them(card: Callable[..., list]) -> None:
    """A statement whose legal basis is an article of the act is on the card of the act."""
    rows = card("Charter")
    assert said(rows) == [("rest on it", "REP/1, para. 10")]
    assert ("has the provision", "Charter, art. 5") in {(r["term"], r["value"]) for r in rows}


def test_a_statement_shows_its_own_parts(card: Callable[..., list]) -> None:
    """A statement is found by its IRI, short or whole, and shows what it links."""
    rows = card("xx/report/selection/judges")
    assert rows == card("https://w3id.org/politeia/id/xx/report/selection/judges")
    assert said(rows) == [
        ("statement", "REP/1, para. 11"),
        ("contradictions", "REP/1, paras 11, 15"),
    ]
    own = {(r["term"], r["value"]) for r in rows if r["section"] == "statement"}
    assert {("fills", "Judge of the Constitutional Court"), ("seats", "3")} <= own


def test_a_source_shows_how_many_statements_it_makes(card: Callable[..., list]) -> None:
    """A source is counted by kind of statement."""
    rows = card("report")
    counted = {r["term"]: r["value"] for r in rows if r["section"] == "statements"}
    assert (counted["Selection rule"], counted["Removal rule"]) == ("2", "1")


def test_a_day_leaves_out_what_is_over_by_then(card: Callable[..., list]) -> None:
    """The rule that ended is not there on the day of its end, and is there the day before."""
    sections = {section for section, _ in said(card("Chancellor", "--as-of", "1930-01-01"))}
    assert "filled by" not in sections
    assert {"term", "not stated"} <= sections
    before = said(card("Chancellor", "--as-of", "1929-12-31"))
    assert ("filled by", "REP/1, para. 10") in before


def test_turtle_holds_the_statement_with_its_steps_and_thresholds(
    ruritania: Callable[..., Path], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Subjects are the statement and its parts, and nothing else."""
    folder = str(ruritania(STATEMENTS))
    words = ["show", "xx/report/selection/chancellor", "--format", "ttl", "--data", folder]
    assert main(words) == 0
    whole = "https://w3id.org/politeia/id/xx/report/selection/chancellor"
    read = parse(capfdbinary.readouterr().out, format=RdfFormat.TURTLE)
    assert {quad.subject.value for quad in read} == {
        whole,
        whole + "/step/1",
        whole + "/step/1/threshold",
        whole + "/step/2",
    }


def test_turtle_of_a_state_is_the_state_alone(
    ruritania: Callable[..., Path], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """The IRI of a State begins all others of it, a cited place among them; none is its part."""
    state = "- state: xx\n  label: Ruritania\n  cite: report para 1\n"
    folder = ruritania(**{"xx/state.yaml": state})
    assert main(["show", "Ruritania", "--format", "ttl", "--data", str(folder)]) == 0
    read = parse(capfdbinary.readouterr().out, format=RdfFormat.TURTLE)
    assert {quad.subject.value for quad in read} == {"https://w3id.org/politeia/id/xx"}


def test_the_query_of_a_card_gives_its_rows(
    ruritania: Callable[..., Path], capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A card is one SPARQL query, printed by --show-query, that runs as it is."""
    folder = ["--data", str(ruritania(STATEMENTS))]
    assert main(["show", "Chancellor", "--show-query", *folder]) == 0
    file = tmp_path / "card.rq"
    file.write_text(capfd.readouterr().out)
    assert main(["sparql", str(file), *folder]) == 0
    pasted = capfd.readouterr().out
    assert main(["show", "Chancellor", *folder]) == 0
    assert capfd.readouterr().out == pasted
