"""The shapes are SHACL: they hold to the shapes that SHACL has for shapes."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyshacl.errors import ReportableRuntimeError

from kg.shape import read_shapes

SHAPES = Path(__file__).resolve().parent.parent / "shapes"
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")


def validate(graph: rdflib.Graph) -> bool:
    """Return whether nothing conforms to the shapes, after these were held to those of SHACL."""
    return bool(pyshacl.validate(rdflib.Graph(), shacl_graph=graph, meta_shacl=True)[0])


@pytest.mark.parametrize("path", sorted(SHAPES.glob("*.ttl")), ids=lambda path: path.stem)
def test_our_shapes_conform_to_the_shapes_of_shacl(path: Path) -> None:
    """Each file is a well-formed shapes graph, by the shapes of SHACL in pySHACL."""
    assert validate(rdflib.Graph().parse(path, format="turtle"))


def test_a_broken_shape_is_seen() -> None:
    """A count that is no number does not conform."""
    graph = rdflib.Graph()
    shape = rdflib.URIRef("urn:shape")
    graph.add((shape, rdflib.RDF.type, SH.PropertyShape))
    graph.add((shape, SH.path, rdflib.RDFS.label))
    graph.add((shape, SH.minCount, rdflib.Literal(1)))
    assert validate(graph)
    graph.set((shape, SH.minCount, rdflib.Literal("many")))
    with pytest.raises(ReportableRuntimeError, match="SHACL"):
        validate(graph)


UNKNOWN = "sh:property [ sh:path rdfs:label ; sh:equals rdfs:comment ]"
UNSEEN = """sh:sparql [ a sh:SPARQLConstraint ; sh:message "No." ; sh:select \"\"\"
  SELECT $this WHERE { $this rdfs:seeAlso ?other . ?other a ?class }
\"\"\" ]"""


@pytest.mark.parametrize(
    ("constraint", "said"),
    [(UNKNOWN, "sh:equals is not known"), (UNSEEN, "a class by a variable")],
    ids=["unknown", "unseen"],
)
def test_what_our_engine_cannot_judge_is_refused(
    constraint: str, said: str, tmp_path: Path
) -> None:
    """It never passes for a constraint that nothing breaks."""
    text = f"""
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix sh: <{SH}> .
    <urn:shape> a sh:NodeShape ; sh:targetClass <urn:class> ; {constraint} .
    """
    (tmp_path / "more.ttl").write_text(text)
    with pytest.raises(ValueError, match=said):
        read_shapes(tmp_path)
