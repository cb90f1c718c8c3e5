"""Rules of combination: a class for each kind, with its fields, its wording and its constraints."""
