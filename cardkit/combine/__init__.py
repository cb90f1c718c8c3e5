"""What may be combined, compiled from the model for programs that do without cardkit."""
