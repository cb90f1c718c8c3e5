"""Ground: values that every other floor speaks in."""
