"""What a change of a catalog does: changes as values, and the promises that it breaks."""
