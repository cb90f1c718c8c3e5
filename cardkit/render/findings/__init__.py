"""Findings in every format that people, editors and runners read."""
