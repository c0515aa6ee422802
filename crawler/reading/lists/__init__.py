"""Lists: which rows of a page are its list, and what each says."""
