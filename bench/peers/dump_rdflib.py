"""rdflib's serializer: `dump_rdflib.py DUMP.nt` writes Turtle, and on stderr what took how long."""

import sys
import time

import rdflib

start = time.perf_counter()
graph = rdflib.Graph()
graph.parse(sys.argv[1], format="nt")
parsed = time.perf_counter()
content = graph.serialize(format="turtle", encoding="utf-8")
done = time.perf_counter()
sys.stdout.buffer.write(content)
sys.stderr.write(f"parse {parsed - start:.3f} serialize {done - parsed:.3f}\n")
