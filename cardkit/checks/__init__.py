"""Checks: what can be wrong with a catalog, one function each."""
