"""A question, bound and run: rows in plain values, and what the sources say where there is none."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from pyoxigraph import Literal, NamedNode, QueryResultsFormat

from kg.errors import UnknownName, UsageError
from kg.language import check_language, translate
from kg.lateral import correlate
from kg.name import find_thing, label_of
from kg.question import Question, bind, day_literal, find_question, read_literal
from kg.vocabulary import ID, expand

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from pyoxigraph import QueryBoolean, QuerySolutions

    from kg.question import Bound
    from kg.store import Opened

Cell = str | int | float | bool | None

SERIALIZED = {
    "csv": QueryResultsFormat.CSV,
    "json": QueryResultsFormat.JSON,
    "tsv": QueryResultsFormat.TSV,
}
"""The W3C formats for query results, by the name of the format."""


def _read_decimal(lexical: str) -> int | float:
    """Return a decimal as people write it: 15595 and not 15595.0."""
    number = float(lexical)
    return int(number) if number.is_integer() else number


_NUMBERS: dict[str, Callable[[str], int | float]] = {
    expand("xsd:integer"): int,
    expand("xsd:decimal"): _read_decimal,
    expand("xsd:double"): float,
}
_BOOLEAN = expand("xsd:boolean")


class Scope(NamedTuple):
    """What a question is restricted to; an empty field restricts nothing.

    `source` is one name or several; `lang` is the language of names, English if there is none.
    """

    as_of: str = ""
    source: str | tuple[str, ...] = ""
    state: str = ""
    lang: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of the sources, however many were given."""
        return (
            (self.source,) if self.source and isinstance(self.source, str) else tuple(self.source)
        )


class Asked(NamedTuple):
    """A question with its parameters bound: what was asked, in words and in SPARQL.

    `about` is the first thing that was named, if any; `timeless` is the query without the day
    of the scope, and `states` are those of all things that were named, none if there are none.
    """

    question: Question
    sentence: str
    query: str
    about: NamedNode | None
    timeless: str
    states: frozenset[str]


def ask(
    opened: Opened, name: str, arguments: Sequence[str] = (), scope: Scope | None = None
) -> Asked:
    """Bind a question by name to its arguments, in the order of its parameters.

    Raises UnknownName or AmbiguousName for a question or thing, UsageError for too few or too
    many arguments.
    """
    scope = resolve_state(opened, scope or Scope())
    question = find_question(opened.catalogue, name)
    check_language(opened.store, scope.lang)
    values, words = _bind_arguments(opened, question, arguments, scope)
    text = translate(question.text, scope.lang)
    timeless = bind(text, values | bind_scope(opened, scope))
    query = timeless
    if scope.as_of:
        if "?day {" not in question.text:
            raise UsageError(f"'{question.name}' does not depend on a day; leave out --as-of.")
        query = bind(timeless, {"day": day_literal(scope.as_of)})
    things = [value for value in values.values() if isinstance(value, NamedNode)]
    states = {thing.value.removeprefix(ID).partition("/")[0] for thing in things}
    return Asked(
        question,
        question.sentence.format_map(words),
        query,
        things[0] if things else None,
        timeless,
        frozenset(states | {scope.state} - {""}),
    )


def solve(opened: Opened, query: str) -> QuerySolutions:
    """Run a SELECT over all graphs at once; the result can be read or serialized, once.

    Raises EndpointProblem if an endpoint is asked and no whole answer comes.
    """
    if opened.endpoint:
        return opened.endpoint.select(query)
    found = opened.store.query(correlate(query), use_default_graph_as_union=True)
    return cast("QuerySolutions", found)  # only a SELECT comes here


def serialize(found: QuerySolutions | QueryBoolean, name: str) -> bytes:
    """Return the solutions, or the answer to an ASK, in one of the formats of SERIALIZED."""
    content = found.serialize(format=SERIALIZED[name]) or b""
    return content if content.endswith(b"\n") else content + b"\n"


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
    words = {p.name: "anybody" if p.name == "actor" else "all" for p in parameters}
    for parameter, argument in zip(parameters, arguments, strict=False):
        if parameter.type:
            values[parameter.name] = read_literal(argument, parameter.type)
            words[parameter.name] = argument
            continue
        thing = find_named(opened, argument, parameter.kinds, scope.state)
        values[parameter.name] = thing
        words[parameter.name] = find_label(opened, thing, scope.lang)
    return values, words


def find_named(
    opened: Opened, name: str, kinds: Collection[str] = (), state: str = ""
) -> NamedNode:
    """Return the one thing that a name means; raises as kg.name.find_thing.

    Names are looked up in the store. An endpoint may hold more, which goes there by its IRI.
    """
    try:
        return find_thing(opened.store, name, kinds, state, opened.generation + "/parts")
    except UnknownName:
        if opened.endpoint and name.startswith(ID):
            with contextlib.suppress(ValueError):  # it is no IRI
                thing = NamedNode(name)
                if opened.endpoint.ask(f"ASK {{ {thing} ?property ?value }}"):
                    return thing
        raise


def find_label(opened: Opened, thing: NamedNode, language: str = "") -> str:
    """Return the label of a thing, the English one if there is none in the language, or its IRI."""
    label = label_of(opened.store, thing, language)
    if opened.endpoint and label == thing.value:
        query = f"""
            PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
            SELECT ?label WHERE {{ {thing} rdfs:label ?label . FILTER(LANG(?label) = "en") }}
            ORDER BY ?label"""
        label = next((row["label"].value for row in opened.endpoint.select(query)), label)
    return label


def resolve_state(opened: Opened, scope: Scope) -> Scope:
    """Return the scope with the State by its identifier, however it was named; may raise as ask."""
    if not scope.state:
        return scope
    state = find_named(opened, scope.state, ("state",))
    return scope._replace(state=state.value.removeprefix(ID))


def bind_scope(opened: Opened, scope: Scope) -> dict[str, Bound]:
    """Return the sources and State of a resolved scope as parameters; raises as find_named."""
    values: dict[str, Bound] = {}
    if scope.sources:
        values["source"] = find_sources(opened, scope)
    if scope.state:
        values["state"] = NamedNode(ID + scope.state)
    return values


def find_sources(opened: Opened, scope: Scope) -> tuple[NamedNode, ...]:
    """Return the sources that a resolved scope names, each once; raises as find_named."""
    return tuple(
        dict.fromkeys(find_named(opened, name, ("source",), scope.state) for name in scope.sources)
    )


def _plain(term: Any) -> Cell:
    if term is None:
        return None
    if isinstance(term, Literal):
        datatype = term.datatype.value
        if datatype in _NUMBERS:
            return _NUMBERS[datatype](term.value)
        if datatype == _BOOLEAN:
            return term.value in {"true", "1"}
    return str(term.value)


def read_sources(
    opened: Opened, state: str = "", only: Collection[NamedNode] = ()
) -> tuple[tuple[str, str], ...]:
    """Return the sources that the store holds: short name, and the days of which each speaks.

    `state` is an identifier and `only` holds sources; where either is empty, all are returned.
    """
    query = """
        PREFIX pol: <https://w3id.org/politeia/ontology#>
        SELECT ?source ?name ?day
        WHERE { ?source a pol:Source ; pol:shortName ?name ; pol:speaksInPrint ?day }
        ORDER BY ?name"""
    prefix = f"{ID}{state}/" if state else ID
    return tuple(
        (row["name"].value, row["day"].value)
        for row in solve(opened, query)
        if row["source"].value.startswith(prefix) and (not only or row["source"] in only)
    )


def find_asked(opened: Opened, asked: Asked, scope: Scope) -> tuple[tuple[str, str], ...]:
    """Return the sources that were asked, short name and day: those of the State in question."""
    scope = resolve_state(opened, scope)
    state = scope.state
    if not state and asked.about:
        state = asked.about.value.removeprefix(ID).partition("/")[0]
    return read_sources(opened, state, find_sources(opened, scope))


def find_silences(
    opened: Opened, question: str, about: NamedNode, only: tuple[NamedNode, ...] = ()
) -> tuple[tuple[str, str], ...]:
    """Return what the sources are known not to say about a thing: our words, and the citation.

    `only` holds sources, none for all of them.
    """
    values: dict[str, Bound] = {"about": about, "question": Literal(question)}
    if only:
        values["source"] = only
    query = bind(
        """
        PREFIX dcterms: <http://purl.org/dc/terms/>
        PREFIX pol: <https://w3id.org/politeia/ontology#>
        PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?says ?citation
        WHERE {
          VALUES ?about { UNDEF }
          VALUES ?question { UNDEF }
          VALUES ?source { UNDEF }
          ?silence pol:about ?about ; pol:question ?question ; rdfs:label ?says ;
            prov:hadPrimarySource ?source ; dcterms:bibliographicCitation ?citation .
        }
        ORDER BY ?says""",
        values,
    )
    return tuple((row["says"].value, row["citation"].value) for row in solve(opened, query))
