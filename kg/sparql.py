"""SPARQL that the user wrote, run on what is published: reading only, errors with their place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, Store, Triple

from kg.errors import BadQuery
from kg.name import NAMES
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from kg.endpoint import Endpoint
    from kg.store import Opened

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_IRI_OR_COMMENT = re.compile(r"<[^<>\"{}|^`\\\s]*>|#[^\n]*")
_PROLOGUE = re.compile(r"\s*(?:PREFIX\s+\S*?:|BASE\b)\s*", re.IGNORECASE)
_UPDATE = re.compile(
    r"\s*(INSERT|DELETE|WITH|LOAD|CLEAR|DROP|CREATE|COPY|MOVE|ADD)\b", re.IGNORECASE
)


def run_query(opened: Opened, text: str) -> QuerySolutions | bool | list[Triple]:
    """Return what a query finds in the union of all published graphs.

    A SELECT gives solutions, an ASK a truth value, a CONSTRUCT or DESCRIBE triples. The prefixes
    of kg.vocabulary are declared. The index of names is no part of what is seen.
    Raises BadQuery for a text that does not parse, with the place, and for an update, and
    EndpointProblem if an endpoint is asked and no whole answer comes.
    """
    if opened.endpoint:
        return _run_there(opened.endpoint, text)
    graphs = [
        graph
        for graph in opened.store.named_graphs()
        if isinstance(graph, NamedNode) and graph != NAMES
    ]
    try:
        found = opened.store.query(
            text, prefixes=PREFIXES, default_graph=list(graphs), named_graphs=list(graphs)
        )
    except SyntaxError as error:
        raise BadQuery(_explain(text, str(error))) from None
    if isinstance(found, QuerySolutions):
        return found
    return bool(found) if isinstance(found, QueryBoolean) else list(found)


def _run_there(endpoint: Endpoint, text: str) -> QuerySolutions | bool | list[Triple]:
    """Do what run_query does at an endpoint; what is no SPARQL 1.1 is not sent."""
    rest = _skip_prologue(text)
    if not re.search(r"\bSERVICE\b", text, re.IGNORECASE):  # else the check would go there too
        try:
            Store().query(text, prefixes=PREFIXES)
        except SyntaxError as error:
            raise BadQuery(_explain(text, str(error))) from None
    declared = {name.lower() for name in re.findall(r"PREFIX\s+(\S*?):", text, re.IGNORECASE)}
    prologue = "".join(
        f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items() if name not in declared
    )
    form = re.match(r"\s*(\w*)", rest)
    match form[1].upper() if form else "":
        case "ASK":
            return endpoint.ask(prologue + text)
        case "CONSTRUCT" | "DESCRIBE":
            return endpoint.construct(prologue + text)
        case _:
            return endpoint.select(prologue + text)


def _explain(text: str, message: str) -> str:
    update = _find_update(text)
    if update:
        return (
            f"{update} changes a graph, and this one is only read: it is built from the data. "
            "Edit the YAML and run 'politeia build'."
        )
    if not text.strip():
        return "The query is empty."
    place = _PLACE.match(message)
    if not place:
        return f"The query cannot be run: {message}"
    line, column = int(place[1]), int(place[2])
    lines = text.splitlines()
    shown = lines[line - 1] if line <= len(lines) else ""
    reason = "a token was expected that is not there" if len(place[3]) > 120 else place[3]
    return (
        f"The query does not parse at line {line}, column {column}: {reason}\n"
        f"    {shown}\n    {' ' * (column - 1)}^"
    )


def _find_update(text: str) -> str:
    """Return the keyword of an update that a text begins with, after comments and prefixes."""
    found = _UPDATE.match(_skip_prologue(text))
    return found[1].upper() if found else ""


def _skip_prologue(text: str) -> str:
    """Return a text without its IRIs and comments, from its first keyword that is no prologue."""
    rest = _IRI_OR_COMMENT.sub("", text)
    while match := _PROLOGUE.match(rest):
        rest = rest[match.end() :]
    return rest
