"""The catalogue as RDF: each question is an executable of SHACL, with all that its header says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyshacl
import pytest
import rdflib
from pyoxigraph import QuerySolutions, Store
from rdflib.namespace import DCTERMS, RDFS, SH

from cli.app import main
from kg import place
from kg.catalogue import render_questions
from kg.question import find_question, read_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CATALOGUE = read_catalogue(place.bundled("queries"))
SHAPES = """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
[] a sh:NodeShape ; sh:targetClass sh:SPARQLExecutable ; sh:nodeKind sh:IRI ;
  sh:property [ sh:path sh:select ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ] ,
    [ sh:path rdfs:label ; sh:minCount 1 ; sh:uniqueLang true ] ,
    [ sh:path rdfs:comment ; sh:minCount 1 ; sh:uniqueLang true ] ,
    [ sh:path schema:keywords ; sh:minCount 1 ] ,
    [ sh:path sh:parameter ; sh:class sh:Parameter ] .
[] a sh:NodeShape ; sh:targetClass sh:Parameter ; sh:nodeKind sh:IRI ;
  sh:property [ sh:path sh:path ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path sh:name ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path sh:description ; sh:minCount 1 ] ,
    [ sh:path sh:optional ; sh:minCount 1 ; sh:datatype xsd:boolean ] ,
    [ sh:path sh:order ; sh:minCount 1 ; sh:datatype xsd:integer ] ,
    [ sh:path skos:example ; sh:minCount 1 ] .
"""


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    """Return the catalogue, read by another library."""
    return rdflib.Graph().parse(data=render_questions(CATALOGUE, "ttl"), format="turtle")


def test_the_catalogue_keeps_its_shape(graph: rdflib.Graph) -> None:
    """Each executable has one query, a label, a comment, keywords and complete parameters."""
    shapes = rdflib.Graph().parse(data=SHAPES, format="turtle")
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes)
    assert conforms, text


def test_every_question_is_in_it(graph: rdflib.Graph) -> None:
    """The executables are the questions, and their texts are the files."""
    found = {
        str(graph.value(node, DCTERMS.identifier)): str(graph.value(node, SH.select))
        for node in graph.subjects(rdflib.RDF.type, SH.SPARQLExecutable)
    }
    assert found == {name: entry["text"] for name, entry in CATALOGUE.items()}


def test_every_query_runs_as_it_stands(graph: rdflib.Graph) -> None:
    """What is published needs no prefixes beside its own, and has rows or none, but no error."""
    for text in graph.objects(None, SH.select):
        assert isinstance(Store().query(str(text)), QuerySolutions)


def test_parameters_come_in_their_order(graph: rdflib.Graph) -> None:
    """`article ACT ARTICLE` has two, both needed, and the first is the act."""
    rows = graph.query(
        """SELECT ?name ?optional WHERE {
          ?question dcterms:identifier "article" ; sh:parameter ?parameter .
          ?parameter sh:order ?order ; sh:name ?name ; sh:optional ?optional } ORDER BY ?order""",
        initNs={"sh": SH, "dcterms": DCTERMS},
    )
    declared = [(p.name, not p.required) for p in find_question(CATALOGUE, "article").parameters]
    assert [(str(row[0]), row[1].toPython()) for row in rows] == declared
    assert declared[0] == ("act", False)


def test_the_catalogue_can_be_asked(graph: rdflib.Graph) -> None:
    """Keywords find the questions of a topic."""
    rows = graph.query(
        'SELECT ?label WHERE { ?q schema:keywords "treaties" ; rdfs:label ?label }',
        initNs={"schema": rdflib.Namespace("https://schema.org/"), "rdfs": RDFS},
    )
    assert "Which body monitors which treaty" in {str(row[0]) for row in rows}


@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld"])
def test_the_command_writes_it(
    form: str, ruritania: Callable[..., Path], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """`politeia ask --format FORM` is the catalogue, the same bytes each time, without blanks."""
    assert main(["ask", "--format", form, "--data", str(ruritania())]) == 0
    content = capfdbinary.readouterr().out
    assert content == render_questions(CATALOGUE, form)
    names = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld"}
    read = rdflib.Graph().parse(data=content, format=names[form])
    assert not [node for node in read.all_nodes() if isinstance(node, rdflib.BNode)]
    assert len(read) > len(CATALOGUE) * 7
