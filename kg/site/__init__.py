"""The published graph as static pages: a page a thing, a statement and a module of the ontology."""
