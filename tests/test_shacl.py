"""The shapes are SHACL: they hold to the shapes that SHACL has for shapes."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyshacl.errors import ReportableRuntimeError

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
