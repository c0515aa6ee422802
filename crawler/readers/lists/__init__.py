"""Reading lists of postings."""
