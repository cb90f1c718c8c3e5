"""Pricing: integer terms that only add, and the price of a product."""
