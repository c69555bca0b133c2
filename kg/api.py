"""Politeia for programs: a handful of functions with typed results, the same as the command has.

Nothing is printed here, and every error is one of kg.errors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg import answer, card, diff, sparql
from kg.answer import Cell, Scope, read_rows
from kg.errors import BadQuery
from kg.name import label_of
from kg.question import Question, find_question
from kg.store import Opened, open_store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.diff import Difference

Graph = Opened
"""The graph of one or more data folders, open for reading."""


class Thing(NamedTuple):
    """What a name means: its IRI, and its English label."""

    iri: str
    label: str


class Spoken(NamedTuple):
    """A source by its short name, and the days of which it speaks."""

    name: str
    speaks_of: str


class Silence(NamedTuple):
    """What a source is known not to say, and the place that was searched."""

    says: str
    citation: str


class Answer(NamedTuple):
    """The answer to a question, or a card: rows of plain values under the names of columns.

    `sentence` says what was asked, `sources` who was asked, and `silences` what these are known
    not to state of it; `query` is SPARQL 1.1 with its parameters bound.
    """

    sentence: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sources: tuple[Spoken, ...]
    silences: tuple[Silence, ...]
    query: str

    def records(self) -> list[dict[str, Cell]]:
        """Return each row as a dictionary; every column is in it, an empty one as None."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def open_graph(*folders: str | Path) -> Graph:
    """Return the graph of data folders, of ours if none is named; it is built first if it must be.

    Raises DataError with all findings if the data is faulty, EnvironmentProblem if a folder is
    missing or the cache cannot be written.
    """
    opened = open_store(folders)
    if opened.stale:
        raise opened.stale
    return opened


def list_questions(graph: Graph) -> list[Question]:
    """Return all questions by name, each with its parameters and columns."""
    return [find_question(graph.catalogue, name) for name in sorted(graph.catalogue)]


def find(graph: Graph, name: str, state: str = "") -> Thing:
    """Return the one thing that a name means, in any language and spelling, or an identifier.

    Raises UnknownName with the nearest names, AmbiguousName with the candidates.
    """
    thing = answer.find_named(
        graph, name, (), answer.resolve_state(graph, Scope(state=state)).state
    )
    return Thing(thing.value, label_of(graph.store, thing))


def ask(
    graph: Graph,
    question: str,
    *arguments: str,
    as_of: str = "",
    source: str | Sequence[str] = (),
    state: str = "",
    lang: str = "",
) -> Answer:
    """Answer a question by its name, as `politeia ask` does; the options are those of the command.

    Raises UnknownName or AmbiguousName for a question or thing, UsageError for what cannot be
    asked so.
    """
    scope = _narrow(as_of, source, state, lang)
    asked = answer.ask(graph, question, arguments, scope)
    silences: tuple[tuple[str, str], ...] = ()
    if asked.about and asked.question.silence:
        only = answer.find_sources(graph, answer.resolve_state(graph, scope))
        silences = answer.find_silences(graph, asked.question.silence, asked.about, only)
    sources = answer.find_asked(graph, asked, scope)
    return _answer(graph, asked.sentence, asked.query, sources, silences)


def show(
    graph: Graph,
    thing: str,
    *,
    as_of: str = "",
    source: str | Sequence[str] = (),
    state: str = "",
    lang: str = "",
) -> Answer:
    """Return the card of one thing or statement, as `politeia show` does; raises as ask."""
    scope = _narrow(as_of, source, state, lang)
    subject = card.find_subject(graph, thing, scope)
    query = card.bind_card(graph, subject, scope)
    card.refuse_unsound(graph)
    name = card.name_subject(graph, subject, lang)
    return _answer(graph, name, query, card.find_card_sources(graph, subject, scope))


def compare(
    graph: Graph,
    first: str,
    second: str,
    *,
    source: str | Sequence[str] = (),
    state: str = "",
    lang: str = "",
) -> Difference:
    """Return what changed hands between two days, as `politeia diff` does; raises as ask."""
    return diff.find_difference(graph, first, second, _narrow("", source, state, lang))


def query(graph: Graph, text: str) -> list[dict[str, Cell]]:
    """Run a SELECT of one's own on all that is published and return a dictionary a row.

    The prefixes of the project are declared. Raises BadQuery where it does not parse, and for
    what is no SELECT.
    """
    found = sparql.run_query(graph, text)
    if isinstance(found, bool | list):
        raise BadQuery("Only a SELECT has rows.")
    columns, rows = read_rows(found)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _answer(
    graph: Graph,
    sentence: str,
    query: str,
    sources: Sequence[tuple[str, str]],
    silences: Sequence[tuple[str, str]] = (),
) -> Answer:
    """Run a query and return its rows with what is said around them."""
    columns, rows = read_rows(answer.solve(graph, query))
    return Answer(
        sentence,
        tuple(columns),
        tuple(rows),
        tuple(Spoken(*source) for source in sources),
        tuple(Silence(*silence) for silence in silences),
        query,
    )


def _narrow(as_of: str, source: str | Sequence[str], state: str, lang: str) -> Scope:
    return Scope(as_of, source if isinstance(source, str) else tuple(source), state, lang)
