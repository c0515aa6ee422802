"""The list of the postings behind a unit's numbers."""
