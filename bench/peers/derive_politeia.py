"""Our rules: `derive_politeia.py DUMP.ttl ONTOLOGY.ttl` prints how many triples they derive."""

import sys

from pyoxigraph import RdfFormat, parse

from kg.classes import derive_classes
from kg.derive import derive_by_rules
from kg.notation import from_quads

data, ontology = (from_quads(parse(path=p, format=RdfFormat.TURTLE)) for p in sys.argv[1:3])
print(len({*derive_by_rules(data, ontology), *derive_classes(data, ontology)}))
