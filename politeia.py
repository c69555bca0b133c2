"""Politeia from Python: open a graph, ask it, and get rows with their citations.

>>> import politeia
>>> graph = politeia.open_graph()
>>> answer = politeia.ask(graph, "who-appoints", "Prime Minister", as_of="2019-01-04")
"""

from kg.api import (
    Answer,
    Graph,
    Silence,
    Spoken,
    Thing,
    ask,
    compare,
    find,
    list_questions,
    open_graph,
    query,
    show,
)
from kg.errors import (
    AmbiguousName,
    BadQuery,
    DataError,
    EndpointProblem,
    EnvironmentProblem,
    PoliteiaError,
    UnknownName,
    UsageError,
)

__all__ = [
    "AmbiguousName",
    "Answer",
    "BadQuery",
    "DataError",
    "EndpointProblem",
    "EnvironmentProblem",
    "Graph",
    "PoliteiaError",
    "Silence",
    "Spoken",
    "Thing",
    "UnknownName",
    "UsageError",
    "ask",
    "compare",
    "find",
    "list_questions",
    "open_graph",
    "query",
    "show",
]
