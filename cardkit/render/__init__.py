"""Render: results to text; each function returns, none prints."""
