"""Measurements: a generator of synthetic States, and a runner that times us beside others."""
