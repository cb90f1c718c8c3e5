"""Canonical formatting of a catalog's files: whole lines are moved, nothing is written anew."""
