"""Mechanics: what each kind of benefit grants, costs and says; one file each."""
