"""reasonable: `derive_reasonable.py DUMP.ttl ONTOLOGY.ttl` prints how many triples it adds."""

import sys

import reasonable

reasoner = reasonable.PyReasoner()
for path in sys.argv[1:3]:
    reasoner.load_file(path)
print(len(reasoner.reason()))
