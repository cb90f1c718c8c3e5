"""Drafts of new files: what a kind of file needs is read from its shape, so nothing is listed twice."""
