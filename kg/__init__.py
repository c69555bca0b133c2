"""Politeia: who appoints whom, as a cited knowledge graph, from YAML to answers."""
