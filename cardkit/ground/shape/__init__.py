"""Shapes: what a value in a catalog file may look like; schema, reading and documentation from one source."""
