"""rdflib on Oxigraph's store: `ask_oxrdflib.py DUMP.ttl QUERY.rq` prints the rows.

It parses with Oxigraph's own parser (`ox-turtle`), the fastest way that oxrdflib offers.
"""

import sys

import rdflib

graph = rdflib.Graph(store="Oxigraph")
graph.parse(sys.argv[1], format="ox-turtle")
with open(sys.argv[2], encoding="utf-8") as file:  # noqa: PTH123 - as short scripts have it
    found = graph.query(file.read())
for row in found:
    print("\t".join("" if term is None else term.n3() for term in row))  # type: ignore[union-attr] # a SELECT gives rows
