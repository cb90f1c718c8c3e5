"""Expectations of a catalog, held against what cardkit answers."""
