"""A plain rdflib script: `ask_rdflib.py DUMP.ttl QUERY.rq` parses the dump and prints the rows."""

import sys

import rdflib

graph = rdflib.Graph()
graph.parse(sys.argv[1], format="turtle")
with open(sys.argv[2], encoding="utf-8") as file:  # noqa: PTH123 - as short scripts have it
    found = graph.query(file.read())
for row in found:
    print("\t".join("" if term is None else term.n3() for term in row))  # type: ignore[union-attr] # a SELECT gives rows
