"""owlrl: `derive_owlrl.py DUMP.ttl ONTOLOGY.ttl` prints how many triples OWL 2 RL adds."""

import sys

import owlrl
import rdflib

graph = rdflib.Graph()
for path in sys.argv[1:3]:
    graph.parse(path, format="turtle")
before = len(graph)
owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
print(len(graph) - before)
