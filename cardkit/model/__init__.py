"""Model: the entities of a catalog and the product expression."""
