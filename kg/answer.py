"""A question, bound and run: rows in plain values, and what the sources say where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from kg.errors import UsageError
from kg.name import find_thing, label_of
from kg.question import Question, bind, day_literal, find_question
from kg.vocabulary import ID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import QuerySolutions

    from kg.store import Opened

Cell = str | int | float | bool | None

_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question is restricted to; an empty field restricts nothing."""

    as_of: str = ""
    source: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its parameters bound: what was asked, in words and in SPARQL.

    `about` is the first thing that was named, if any.
    """

    question: Question
    sentence: str
    query: str
    about: NamedNode | None


def ask(
    opened: Opened, name: str, arguments: Sequence[str] = (), scope: Scope | None = None
) -> Asked:
    """Bind a question by name to its arguments, in the order of its parameters.

    Raises UnknownName or AmbiguousName for a question or thing, UsageError for too few or too
    many arguments.
    """
    scope = scope or Scope()
    question = find_question(opened.catalogue, name)
    values, words = _bind_arguments(opened, question, arguments, scope)
    query = bind(question.text, values | _bind_scope(opened, question, scope))
    about = next((v for v in values.values() if isinstance(v, NamedNode)), None)
    return Asked(question, question.sentence.format_map(words), query, about)


def solve(opened: Opened, query: str) -> QuerySolutions:
    """Run a SELECT over all graphs at once; the result can be read or serialized, once."""
    return opened.store.query(query, use_default_graph_as_union=True)  # type: ignore[return-value]


def read_rows(solutions: QuerySolutions) -> tuple[list[str], list[tuple[Cell, ...]]]:
    """Return the columns and the rows of solutions, in plain values: texts, numbers, None."""
    columns = [variable.value for variable in solutions.variables]
    return columns, [tuple(_plain(term) for term in solution) for solution in solutions]


def _bind_arguments(
    opened: Opened, question: Question, arguments: Sequence[str], scope: Scope
) -> tuple[dict[str, NamedNode | Literal], dict[str, str]]:
    parameters = question.parameters
    needed = sum(parameter.required for parameter in parameters)
    if not needed <= len(arguments) <= len(parameters):
        usage = " ".join(
            p.name.upper() if p.required else f"[{p.name.upper()}]" for p in parameters
        )
        raise UsageError(
            f"'{question.name}' takes {usage or 'no argument'}; {len(arguments)} given. "
            f"Try: politeia ask {question.name} --help"
        )
    values: dict[str, NamedNode | Literal] = {}
    words = {p.name: "anybody" if p.name == "actor" else "all offices" for p in parameters}
    for parameter, argument in zip(parameters, arguments, strict=False):
        thing = find_thing(opened.store, argument, parameter.kinds, scope.state)
        values[parameter.name] = thing
        words[parameter.name] = label_of(opened.store, thing)
    return values, words


def _bind_scope(
    opened: Opened, question: Question, scope: Scope
) -> dict[str, NamedNode | Literal]:
    values: dict[str, NamedNode | Literal] = {}
    if scope.as_of:
        if "?day {" not in question.text:
            raise UsageError(f"'{question.name}' does not depend on a day; leave out --as-of.")
        values["day"] = day_literal(scope.as_of)
    if scope.source:
        values["source"] = find_thing(opened.store, scope.source, ("source",), scope.state)
    if scope.state:
        values["state"] = find_thing(opened.store, scope.state, ("state",))
    return values


def _plain(term: Any) -> Cell:
    if term is None:
        return None
    if isinstance(term, Literal) and term.datatype.value == _INTEGER:
        return int(term.value)
    return str(term.value)


def read_sources(opened: Opened, state: str = "") -> tuple[tuple[str, str], ...]:
    """Return the sources that the store holds: short name, and the day of which each speaks."""
    query = """
        PREFIX pol: <https://w3id.org/politeia/ontology#>
        SELECT ?source ?name ?day
        WHERE { ?source a pol:Source ; pol:shortName ?name ; pol:describes ?day }
        ORDER BY ?name"""
    prefix = f"{ID}{state}/" if state else ID
    return tuple(
        (row["name"].value, row["day"].value)
        for row in solve(opened, query)
        if row["source"].value.startswith(prefix)
    )


def find_silences(
    opened: Opened, question: str, about: NamedNode
) -> tuple[tuple[str, str], ...]:
    """Return what the sources are known not to say about a thing: our words, and the citation."""
    query = bind(
        """
        PREFIX dcterms: <http://purl.org/dc/terms/>
        PREFIX pol: <https://w3id.org/politeia/ontology#>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?says ?citation
        WHERE {
          VALUES ?about { UNDEF }
          VALUES ?question { UNDEF }
          ?silence pol:about ?about ; pol:question ?question ; rdfs:label ?says ;
            dcterms:bibliographicCitation ?citation .
        }
        ORDER BY ?says""",
        {"about": about, "question": Literal(question)},
    )
    return tuple((row["says"].value, row["citation"].value) for row in solve(opened, query))
