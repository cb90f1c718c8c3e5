"""Source: texts to a catalog, with every fault kept as a finding."""
