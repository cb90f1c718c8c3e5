"""Preview: what the customer will read."""
