"""A hundred hostile names: each is found as the name that it is, on every engine, and no more.

Things are looked up by name and bound as IRIs; a topic is a text, and is bound as it was typed.
"""

from __future__ import annotations

import contextlib
from itertools import product
from typing import TYPE_CHECKING

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, serialize
from servers import LIMIT, SERVERS, clear_graph, put_graphs
from thorough import THOROUGH

from cli.app import main
from kg import place
from kg.answer import Scope, ask, read_rows, solve
from kg.endpoint import Endpoint
from kg.errors import EndpointProblem, UnknownName, UsageError
from kg.name import KEY, NAMES, fold
from kg.question import bind, find_question, read_catalogue
from kg.store import Opened
from kg.vocabulary import ID, expand, graph_iri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ATTACKS = [
    '"', "'", "\\", "\\\\", '\\"', '"""', "'''", "`", "{", "}", "{}", "} #", "#", "?target",
    "<x:y>", "<", ">", "UNDEF", "VALUES ?topic { UNDEF }", "\\g<0>", "\\1", "{topic}",
    "$target", "{0.__class__}",
    "\n", "\r\n", "\t", "\\n", "\\u0022", "\\\\U0000007d", "\1beef", "\0",
    '" } } DROP ALL #', '"@en } UNION { ?s ?p ?o', '" . ?s ?p ?o . "', "} } ; CLEAR ALL ; {",
    "SELECT * WHERE { ?s ?p ?o }", "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }",
    'FILTER(true) BIND("x" AS ?topic)', "OPTIONAL { ?a ?b ?c }", "; rm -rf /", "--", "-", "--data",
    "../..", "$(id)", "https://w3id.org/politeia/id/xx/office/king", "\u202egnik", "\u0451\u0493",
    "a" * 300,
]  # fmt: skip
REST = ' King " } #'
NAMED = [f"{attack}{rest}" for attack, rest in product(ATTACKS, ["", REST])]
TARGETS = [f"{name} {number}" for number, name in enumerate(NAMED)]
"""A number at the end tells apart the names that differ in their punctuation alone."""
NOT_IN_XML = {"\0", "\1"}
"""Those of the characters above that XML 1.0 has no way to write.

Nor has an answer in XML white space at the ends of a text, where a server does not escape it.
"""
GRAPH = NamedNode(graph_iri("xx", "asserted"))
SOURCE = NamedNode(ID + "xx/report")


def describe(subject: NamedNode, **values: NamedNode | Literal) -> Iterator[Quad]:
    """Yield quads of a subject; the names of the properties stand with two underscores."""
    for name, value in values.items():
        yield Quad(subject, NamedNode(expand(name.replace("__", ":"))), value, GRAPH)


def make_quads() -> list[Quad]:
    """Return a figure for each hostile topic, and an office with its rule for each hostile name."""
    quads = []
    common = {"prov__hadPrimarySource": SOURCE, "pol__ofState": NamedNode(ID + "xx"),
              "dcterms__bibliographicCitation": Literal("REP/1, para. 1")}  # fmt: skip
    for number, name in enumerate(NAMED):
        quads += describe(
            NamedNode(f"{ID}xx/report/figure/f{number}"),
            rdf__type=NamedNode(expand("pol:Figure")),
            pol__topic=Literal(name),
            pol__measure=Literal("Things."),
            pol__value=Literal(number),
            pol__unit=Literal("things"),
            **common,
        )
    for number, name in enumerate(TARGETS):
        office = NamedNode(f"{ID}xx/office/o{number}")
        quads += describe(office, rdfs__label=Literal(name, language="en"))
        quads += describe(
            NamedNode(f"{ID}xx/report/succession/s{number}"),
            pol__vacates=office,
            rdf__type=NamedNode(expand("pol:SuccessionRule")),
            rdfs__label=Literal(f"Rule {number}."),
            **common,
        )
        quads += [Quad(office, KEY, Literal(fold(name)), NAMES)]
    return quads


@pytest.fixture(scope="module")
def opened() -> Opened:
    """Return a store in memory with all hostile names."""
    store = Store()
    store.extend(make_quads())
    return Opened(store, read_catalogue(place.bundled("queries")), "")


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    """Return the same triples in rdflib."""
    triples = [quad.triple for quad in make_quads() if quad.graph_name == GRAPH]
    content = serialize(triples, format=RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=content, format="nt")


@pytest.fixture(scope="module")
def ask_engine(
    opened: Opened, graph: rdflib.Graph
) -> Callable[[str, str, str], list[tuple[str, ...]]]:
    """Return a function from an engine, a question and a name to the rows: heading, citation."""

    def answer(engine: str, question: str, name: str) -> list[tuple[str, ...]]:
        query = ask(opened, question, [name]).query
        if engine == "rdflib":
            return [(str(row[0]), str(row.citation)) for row in graph.query(query)]
        return read(opened, query)

    return answer


def read(opened: Opened, query: str) -> list[tuple[str, ...]]:
    """Return the rows of a query, of each the first column and the citation."""
    columns, rows = read_rows(solve(opened, query))
    return [(str(row[0]), str(row[columns.index("citation")])) for row in rows]


@pytest.fixture(scope="module", params=SERVERS)
def remote(request: pytest.FixtureRequest, opened: Opened) -> Iterator[Opened]:
    """Return what asks a server for the same triples alone, which are removed at the end."""
    server = request.getfixturevalue(request.param)
    triples = [quad.triple for quad in make_quads() if quad.graph_name == GRAPH]
    put_graphs(server, {GRAPH.value: triples})
    yield opened._replace(endpoint=Endpoint(server.query, LIMIT, [GRAPH.value]))
    clear_graph(server, GRAPH.value)


def test_there_are_a_hundred_names() -> None:
    """So many the tests below try, and no two are one."""
    assert len(set(NAMED)) == len(set(TARGETS)) == 100


@pytest.mark.parametrize("engine", ["pyoxigraph", "rdflib"])
def test_a_hostile_text_finds_what_has_it(engine: str, ask_engine: Callable[..., list]) -> None:
    """A question with a text for a parameter gives the one row with that text."""
    for name in NAMED:
        assert ask_engine(engine, "figures", name) == [(name, "REP/1, para. 1")]


@pytest.mark.parametrize("engine", ["pyoxigraph", "rdflib"])
def test_a_hostile_name_finds_what_is_called_so(
    engine: str, ask_engine: Callable[..., list]
) -> None:
    """A question about a thing gives the one row on the thing of that name.

    The query holds an IRI and no name, so that a tenth of them is enough for rdflib, which is slow.
    """
    for name in TARGETS[:: 10 if engine == "rdflib" else 1]:
        assert ask_engine(engine, "succession", name) == [(name, "REP/1, para. 1")]


@pytest.mark.parametrize("part", range(4) if THOROUGH else [0])
def test_hostile_texts_find_what_has_them_on_a_server(part: int, remote: Opened) -> None:
    """What goes over the network in a query comes back, with a row for each text and no other.

    Each query holds twenty-five of them, because Virtuoso takes half a second for a query.
    """
    names = [name for name in NAMED[part::4] if not NOT_IN_XML & set(name)]
    topics = tuple(map(Literal, names))
    query = bind(find_question(remote.catalogue, "figures").text, {"topic": topics})
    wanted = [(name.strip(), "REP/1, para. 1") for name in names]
    assert sorted((topic.strip(), at) for topic, at in read(remote, query)) == sorted(wanted)


def test_a_hostile_name_finds_what_is_called_so_on_a_server(remote: Opened) -> None:
    """The thing of that name has its one row there too, under its name as it was written."""
    for name in TARGETS if THOROUGH else TARGETS[::10]:
        if not NOT_IN_XML & set(name):
            found = read(remote, ask(remote, "succession", [name]).query)
            assert [(called.strip(), at) for called, at in found] == [
                (name.strip(), "REP/1, para. 1")
            ]


@pytest.mark.parametrize("question", ["figures", "succession"])
def test_what_xml_cannot_hold_is_an_error_or_is_left_out(question: str, remote: Opened) -> None:
    """Such a text brings no row of another; the reader lets none into the data."""
    names = NAMED if question == "figures" else TARGETS
    for name in (name for name in names if NOT_IN_XML & set(name)):
        query = ask(remote, question, [name]).query
        with contextlib.suppress(EndpointProblem):
            assert read(remote, query) == [("", "REP/1, para. 1")]


@pytest.mark.parametrize("question", ["who-appoints", "act", "powers-of", "reports"])
def test_a_hostile_name_of_nothing_is_unknown(question: str, opened: Opened) -> None:
    """Where no thing is called so, the answer is an error, and the store is as before."""
    before = len(opened.store)
    for name in NAMED:
        with pytest.raises(UnknownName, match="Nothing is called"):
            ask(opened, question, [name])
    assert len(opened.store) == before


@pytest.mark.parametrize("option", ["as_of", "source", "state"])
def test_a_hostile_option_is_refused(option: str, opened: Opened) -> None:
    """A day, a source and a State are looked up as arguments are."""
    for name in NAMED:
        if name:
            with pytest.raises(UsageError):
                ask(opened, "succession", [TARGETS[0]], Scope(**{option: name}))


def test_a_hostile_question_is_unknown(opened: Opened) -> None:
    """The name of a question is no path and no text of a query."""
    for name in NAMED:
        with pytest.raises(UnknownName, match="There is no question"):
            ask(opened, name)


def test_the_command_refuses_them_alike(
    ruritania: Callable[..., Path], capfd: pytest.CaptureFixture[str]
) -> None:
    """Each is answered or exits with 2, on one of the two streams, without a traceback."""
    folder = str(ruritania())
    for name in NAMED[::4]:
        assert main(["show", f"--data={folder}", "--", name]) in {0, 2}
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        assert bool(out) != bool(err), name
